"""Registers mail with Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail: letters on their way out, letters that came in. It knows nothing of hiring."""

    name = "assay.platform.mail"
    label = "mail"
