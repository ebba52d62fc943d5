"""Addresses of the style guide, to be included under ``/ui/`` in development and tests only."""

from django.urls import path

from assay.app.ui import pages

app_name = "ui"
urlpatterns = [
    path("", pages.styleguide, name="styleguide"),
    path("review/", pages.styleguide_review, name="styleguide_review"),
]
