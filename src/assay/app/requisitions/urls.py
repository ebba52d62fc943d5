"""Addresses of the guided path and the requisitions."""

from django.urls import path

from assay.app.requisitions.pages import path as path_pages
from assay.app.requisitions.pages import requisition as pages

app_name = "requisitions"
urlpatterns = [
    path("define/", path_pages.define, name="define"),
    path("requisitions/new", path_pages.new, name="new"),
    path("requisitions/<int:requisition_id>/", pages.requisition, name="requisition"),
]
