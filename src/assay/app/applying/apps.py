"""Registers applying with Django."""

from django.apps import AppConfig


class ApplyingConfig(AppConfig):
    """Applying: the candidate's side, from the form to the status page."""

    name = "assay.app.applying"
    label = "applying"

    def ready(self) -> None:
        """Say which files are kept."""
        from assay.app.applying.queries.files import is_from_form
        from assay.platform.files.naming import still_named

        still_named.connect(is_from_form, dispatch_uid="applying.is_from_form")
