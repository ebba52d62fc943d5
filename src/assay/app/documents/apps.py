"""Registers the documents app with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents that came with an application, and what was read from them."""

    name = "assay.app.documents"
    label = "documents"
