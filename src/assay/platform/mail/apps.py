"""Registers mail with Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail: letters on their way out, letters that came in. It knows nothing of hiring."""

    name = "assay.platform.mail"
    label = "mail"

    def ready(self) -> None:
        """Say which stored letters are still kept."""
        from assay.platform.files.naming import still_named
        from assay.platform.mail.arrivals import is_letter

        still_named.connect(is_letter, dispatch_uid="mail.is_letter")
