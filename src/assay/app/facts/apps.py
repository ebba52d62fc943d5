"""Registers the page of facts with Django."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """What the field says, and which guide says it."""

    name = "assay.app.facts"
    label = "facts"
