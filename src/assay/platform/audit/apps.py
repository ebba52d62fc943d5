"""The audit chain as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only, hash-chained events."""

    name = "assay.platform.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
