"""Registers the palette with Django."""

from django.apps import AppConfig


class PaletteConfig(AppConfig):
    """The palette: go anywhere and do anything by typing. It keeps nothing."""

    name = "assay.app.palette"
    label = "palette"
