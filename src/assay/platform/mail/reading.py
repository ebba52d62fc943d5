"""Reading the mailbox: what is new in it is kept here, letter by letter, and goes on from there next time."""

import logging
import random
import time
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from assay.platform.mail.actions import mailboxes, outages
from assay.platform.mail.actions.mailboxes import Place
from assay.platform.mail.imap import MailboxFolder, MailboxTrouble
from assay.platform.mail.servers import Server, imap_server
from assay.platform.mail.slots import reading_slot

_LETTERS_AT_ONCE = 200
_SECONDS_AT_ONCE = 30.0
# How far back a mailbox is read that was never read before, or whose numbers changed. What is known is kept once.
_LOOK_BACK = timedelta(days=30)
_TRIES_WHOLE = 3
_TRIES = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one round brought. ``is_more`` when letters were left for the next."""

    taken: int = 0
    is_more: bool = False
    problem: str = ""


def mailbox_name(server: Server) -> str:
    """Return what a mailbox is remembered by: its account, server and folder."""
    return f"{server.user}@{server.name}/{settings.IMAP_FOLDER}"[:200]


def read_mailbox() -> Reading:
    """Read what is new, for a while. One process at a time does; others return at once. Never raises for a server."""
    server = imap_server()
    if server is None:
        return Reading()
    name = mailbox_name(server)
    with reading_slot() as is_mine:
        if not is_mine or outages.is_left_alone(server=name):
            return Reading()
        try:
            with MailboxFolder(server, folder=settings.IMAP_FOLDER, can_mark=settings.IMAP_MARKS_READ) as folder:
                reading = _read(folder, mailboxes.begin_reading(name=name, uid_validity=folder.uid_validity))
        except MailboxTrouble as trouble:
            words = str(trouble)
            _log.warning("the mailbox %s cannot be read: %s", name, words)
            mailboxes.note_trouble(name=name, words=words)
            outages.note_outage(server=name, words=words, draw=random.random(), takes_letters=False)
            return Reading(problem=words)
        outages.end_outage(server=name)
    return reading


def _read(folder: MailboxFolder, place: Place) -> Reading:
    last_uid = _first_look(folder, place) if place.is_new else place.last_uid
    letters = folder.list_after(last_uid)
    ends_at, taken = time.monotonic() + _SECONDS_AT_ONCE, 0
    for uid, size in letters:
        if taken >= _LETTERS_AT_ONCE or time.monotonic() > ends_at:
            return Reading(taken=taken, is_more=True)
        _take(folder, place, uid=uid, size=size)
        taken += 1
    mailboxes.note_read(mailbox_id=place.mailbox_id)
    return Reading(taken=taken)


def _first_look(folder: MailboxFolder, place: Place) -> int:
    # Listed before the search: a letter that comes in between is found by it.
    there = folder.list_after(0)
    first = folder.first_uid_since(_day(place) - _LOOK_BACK)
    last_uid = first - 1 if first is not None else max((uid for uid, _ in there), default=0)
    mailboxes.go_on(mailbox_id=place.mailbox_id, uid=last_uid)
    return last_uid


def _day(place: Place) -> date:
    return (place.read_at or timezone.now()).date()


def _take(folder: MailboxFolder, place: Place, *, uid: int, size: int) -> None:
    tries = place.stuck_tries if place.stuck_uid == uid else 0
    if tries >= _TRIES:
        _log.error("letter %s in the mailbox could not be fetched in %s tries; it stays there unread", uid, tries)
        mailboxes.go_on(mailbox_id=place.mailbox_id, uid=uid)
        return
    is_cut = size > settings.MAIL_LARGEST or tries >= _TRIES_WHOLE
    try:
        source = folder.fetch(uid, head_only=is_cut)
    except MailboxTrouble:
        mailboxes.note_stuck(mailbox_id=place.mailbox_id, uid=uid)
        raise
    if source is None:
        mailboxes.go_on(mailbox_id=place.mailbox_id, uid=uid)
        return
    full_size = max(size, len(source) + 1) if is_cut else None
    mailboxes.take_in(mailbox_id=place.mailbox_id, uid=uid, source=source, full_size=full_size)
    if settings.IMAP_MARKS_READ:
        folder.mark_read(uid)
