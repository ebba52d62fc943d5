"""Registers inbox with Django."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Inbox: what waits for whom, derived from facts."""

    name = "assay.app.inbox"
    label = "inbox"
