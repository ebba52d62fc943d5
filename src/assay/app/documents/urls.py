"""Addresses of documents."""

from django.urls import path

from assay.app.documents import pages

app_name = "documents"
urlpatterns = [
    path("documents/<int:document_id>/pages/<int:number>.png", pages.page_picture, name="page"),
    path("documents/<int:document_id>/download", pages.original, name="download"),
]
