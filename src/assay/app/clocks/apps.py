"""Registers clocks with Django."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """Clocks: how long somebody may wait, on which calendar, and what happens when it is too long."""

    name = "assay.app.clocks"
    label = "clocks"
