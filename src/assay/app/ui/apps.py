"""Registers the look as a Django app, so that its static files are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The shared look: templates, styles, scripts. Has no models."""

    name = "assay.app.ui"
    label = "ui"
