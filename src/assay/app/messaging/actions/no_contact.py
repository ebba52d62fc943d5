"""Addresses that want no mail beyond what they are owed: by their own click, or because somebody here said so."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from assay.app.messaging.models import NoContact
from assay.app.messaging.standing import find_no_contact
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.mail.addresses import read_address
from assay.platform.text import clean_line

LONGEST_REASON = 300


@transaction.atomic
def add_no_contact(*, actor: User, address: str, reason: str) -> int:
    """Keep letters from an address and return the entry's id; one that is there already stays as it is.

    Raises ``Forbidden`` without the right, ``BadAddress`` and ``TextTooLongError``.
    """
    require(actor=actor, action=Action.EDIT_MAIL, resource=ORGANISATION)
    kept = read_address(address).address.lower()
    return _add(address=kept, reason=clean_line(reason, longest=LONGEST_REASON), actor=actor)


@transaction.atomic
def unsubscribe(*, address: str) -> int:
    """Note that the owner of an address wants no more letters; who calls has checked the link. Twice counts once."""
    return _add(address=address.lower(), reason="", actor=None)


@transaction.atomic
def lift_no_contact(*, actor: User, entry_id: int) -> None:
    """Let letters go to an address again. The entry stays, with who lifted it and when."""
    require(actor=actor, action=Action.EDIT_MAIL, resource=ORGANISATION)
    changed = NoContact.objects.filter(pk=entry_id, lifted_at__isnull=True).update(
        lifted_at=timezone.now(), lifted_by=actor
    )
    if changed:
        record(actor=actor, verb="no_contact.lifted", object_type="no_contact", object_id=entry_id)


def _add(*, address: str, reason: str, actor: User | None) -> int:
    known = find_no_contact(address=address)
    if known is not None:
        return known.pk
    try:
        with transaction.atomic():
            made = NoContact.objects.create(address=address, reason=reason, is_own_wish=actor is None, added_by=actor)
    except IntegrityError:
        return find_no_contact(address=address).pk  # type: ignore[union-attr]
    record(actor=actor, verb="no_contact.added", object_type="no_contact", object_id=made.pk)
    return made.pk
