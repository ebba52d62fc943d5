"""How far a mailbox was read, kept together with the letters it brought."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from assay.platform.mail.actions.arriving import store_arrival
from assay.platform.mail.models import LONGEST_ERROR, Mailbox


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading goes on. ``is_new`` when no letter of this numbering was read yet."""

    mailbox_id: int
    last_uid: int
    is_new: bool
    read_at: datetime | None
    stuck_uid: int
    stuck_tries: int


@transaction.atomic
def begin_reading(*, name: str, uid_validity: int) -> Place:
    """Return where to go on in a mailbox; from its beginning when the server has numbered its letters anew."""
    mailbox, _ = Mailbox.objects.select_for_update().get_or_create(name=name)
    is_new = mailbox.uid_validity != uid_validity or not mailbox.last_uid
    if mailbox.uid_validity != uid_validity:
        Mailbox.objects.filter(pk=mailbox.pk).update(uid_validity=uid_validity, last_uid=0, stuck_uid=0, stuck_tries=0)
    return Place(
        mailbox_id=mailbox.pk,
        last_uid=0 if is_new else mailbox.last_uid,
        is_new=is_new,
        read_at=mailbox.read_at,
        stuck_uid=0 if is_new else mailbox.stuck_uid,
        stuck_tries=0 if is_new else mailbox.stuck_tries,
    )


@transaction.atomic
def take_in(*, mailbox_id: int, uid: int, source: bytes, full_size: int | None) -> int:
    """Keep a letter, and that the mailbox was read up to it; return the arrival's id. Raises ``StorageFull``."""
    arrival_id = store_arrival(source=source, full_size=full_size)
    go_on(mailbox_id=mailbox_id, uid=uid)
    return arrival_id


def go_on(*, mailbox_id: int, uid: int) -> None:
    """Keep that the mailbox was read up to a letter."""
    Mailbox.objects.filter(pk=mailbox_id).update(last_uid=uid, stuck_uid=0, stuck_tries=0)


def note_stuck(*, mailbox_id: int, uid: int) -> None:
    """Keep that a letter could not be fetched, and how often."""
    Mailbox.objects.filter(pk=mailbox_id, stuck_uid=uid).update(stuck_tries=F("stuck_tries") + 1)
    Mailbox.objects.filter(pk=mailbox_id).exclude(stuck_uid=uid).update(stuck_uid=uid, stuck_tries=1)


def note_read(*, mailbox_id: int) -> None:
    """Keep that a mailbox was read to its end just now."""
    Mailbox.objects.filter(pk=mailbox_id).update(read_at=Now(), last_error="")


@transaction.atomic
def note_trouble(*, name: str, words: str) -> None:
    """Keep why a mailbox could not be read."""
    mailbox, _ = Mailbox.objects.get_or_create(name=name)
    Mailbox.objects.filter(pk=mailbox.pk).update(last_error=words[:LONGEST_ERROR])
