"""Sign-ins leave a trace in the audit log."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver

from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


@receiver(user_logged_in, dispatch_uid="assay.accounts.signed_in")
def note_sign_in(sender: object, user: User, **kwargs: Any) -> None:
    """Write down who signed in."""
    with transaction.atomic():
        record(actor=user, verb="account.signed_in", object_type="account", object_id=user.pk)
