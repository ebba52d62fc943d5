"""Keep how somebody wants their inbox."""

from django.db import transaction

from assay.app.inbox.models import InboxChoice
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


class ChoiceError(ValueError):
    """Raised for an hour that no day has."""


@transaction.atomic
def choose_digest(*, actor: User, wants_digest: bool, digest_hour: int) -> None:
    """Keep whether the actor wants the daily letter, and the hour (0-23) of their own day. Raises ``ChoiceError``."""
    require(actor=actor, action=Action.USE_INBOX, resource=ORGANISATION)
    if not 0 <= digest_hour <= 23:
        raise ChoiceError("Choose an hour from 0 to 23.")
    row, _ = InboxChoice.objects.update_or_create(
        user=actor, defaults={"wants_digest": wants_digest, "digest_hour": digest_hour}
    )
    data = {"wants_digest": wants_digest, "digest_hour": digest_hour}
    record(actor=actor, verb="inbox.digest_chosen", object_type="inbox_choice", object_id=row.pk, data=data)
