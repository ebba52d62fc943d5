"""Registers the sourcing app with Django."""

from django.apps import AppConfig


class SourcingConfig(AppConfig):
    """Imports: how applicants get in."""

    name = "assay.app.sourcing"
    label = "sourcing"
