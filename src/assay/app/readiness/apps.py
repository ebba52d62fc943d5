"""Registers the readiness desk with Django."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """Readiness: should we hire at all, and what first?"""

    name = "assay.app.readiness"
    label = "readiness"
