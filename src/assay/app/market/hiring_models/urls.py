"""Addresses of the hiring-model desk."""

from django.urls import path

from assay.app.market.hiring_models import pages

urlpatterns = [
    path("market/model/", pages.model, name="model"),
    path("market/model/save", pages.save, name="save_model"),
    path("market/model/<int:comparison_id>/", pages.comparison, name="comparison"),
]
