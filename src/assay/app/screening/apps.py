"""Registers the screening app with Django."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Screening results and the measurements drawn from them."""

    name = "assay.app.screening"
    label = "screening"
