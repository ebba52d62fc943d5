"""The file store as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files named by their content."""

    name = "assay.platform.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
