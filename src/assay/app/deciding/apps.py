"""Registers the deciding app with Django."""

from django.apps import AppConfig


class DecidingConfig(AppConfig):
    """Decisions by named people, on evidence."""

    name = "assay.app.deciding"
    label = "deciding"
