"""Registers applying with Django."""

from django.apps import AppConfig


class ApplyingConfig(AppConfig):
    """Applying: the candidate's side, from the form to the status page."""

    name = "assay.app.applying"
    label = "applying"
