"""Registers evidence with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence: the profile of an application, read from all that was measured. It keeps nothing of its own."""

    name = "assay.app.evidence"
    label = "evidence"
