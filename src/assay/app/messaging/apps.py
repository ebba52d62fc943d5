"""Registers messaging with Django."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Messaging: what is written to candidates and what they answer."""

    name = "assay.app.messaging"
    label = "messaging"
