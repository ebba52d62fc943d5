"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, and the invitations that let them."""

    name = "assay.platform.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what happens at sign-in, and how moments are read from every connection."""
        from django.db.backends.signals import connection_created

        from assay.platform.accounts import signals  # noqa: F401
        from assay.platform.moments import read_moments_quickly

        connection_created.connect(read_moments_quickly)
