"""Sending what is due, in its order, over one connection, for a short while at a time."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from assay.platform.mail.actions import handing, outages
from assay.platform.mail.actions.handing import Claim
from assay.platform.mail.addresses import sender_address
from assay.platform.mail.carrying import Carrier, ConnectionLost, Envelope, NotNow, Refused, ServerTrouble, Unanswered
from assay.platform.mail.dropping import DropCarrier
from assay.platform.mail.servers import drop_folder, smtp_server, way_name
from assay.platform.mail.slots import sending_slot
from assay.platform.mail.smtp import connect

_LETTERS_AT_ONCE = 100
_SECONDS_AT_ONCE = 10.0
# So many letters in a row that were not taken say that it is the server's trouble and not theirs.
_TROUBLES_IN_A_ROW = 5
_PATIENCE_SECONDS = (0.2, 1, 2, 4, 8, 16)
_SOON = timedelta(seconds=5)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WayOut:
    """Where letters go: a name to remember its outages by, and how to open it."""

    name: str
    open: Callable[[], Carrier]


@dataclass(frozen=True, slots=True)
class Progress:
    """What one round did. ``again_in`` is when the next one is worth its while; None when nothing is due."""

    sent: int = 0
    again_in: timedelta | None = None
    problem: str = ""


def way_out() -> WayOut | None:
    """Return where letters go by the settings; a folder comes before a server."""
    folder, server = drop_folder(), smtp_server()
    if folder is not None:
        return WayOut(name=way_name(), open=lambda: DropCarrier(folder))
    if server is not None:
        return WayOut(name=way_name(), open=lambda: connect(server, our_name=sender_address().domain))
    return None


def send_due() -> Progress:
    """Send letters that are due until none is left, the round is over, or the server cannot be used.

    Any number of processes may call it at once: as many as there are places (``ASSAY_SMTP_CONNECTIONS``) send, the
    others return at once. It never raises for what a mail server does.
    """
    way = way_out()
    with sending_slot(slots=max(settings.EMAIL_CONNECTIONS, 1)) as slot:
        if slot is None:
            return Progress()
        handing.take_over_claims(slot=slot)
        if way is None or not handing.is_any_due() or outages.is_left_alone(server=way.name):
            return Progress()
        return _Round(way, by=f"{slot}:{random.getrandbits(64):016x}").run()


class _Round:
    """One round of sending over one connection, opened again when it is lost."""

    def __init__(self, way: WayOut, *, by: str) -> None:
        self._way = way
        self._by = by
        self._ends_at = time.monotonic() + _SECONDS_AT_ONCE
        self._sent = 0
        self._tried = 0
        self._troubles = 0
        self._is_up = False

    def run(self) -> Progress:
        """Send until there is a reason to stop."""
        try:
            while self._send_over_one_connection() and handing.is_any_due():
                pass
        except ServerTrouble as trouble:
            words = str(trouble)
            _log.warning("no letters can be sent through %s: %s", self._way.name, words)
            pause = outages.note_outage(server=self._way.name, words=words, draw=random.random())
            return Progress(sent=self._sent, again_in=pause, problem=words)
        return Progress(sent=self._sent, again_in=_SOON if handing.is_any_due() else None)

    def _send_over_one_connection(self) -> bool:
        carrier = self._way.open()
        try:
            return self._send_over(carrier)
        finally:
            carrier.leave()

    def _send_over(self, carrier: Carrier) -> bool:
        """Send over this connection; return whether to go on over another."""
        while carrier.is_open():
            if self._tried >= _LETTERS_AT_ONCE or time.monotonic() > self._ends_at or _is_too_fast():
                return False
            claim = handing.claim_next(by=self._by)
            if claim is None:
                return False
            self._tried += 1
            self._send(carrier, claim)
        return True

    def _send(self, carrier: Carrier, claim: Claim) -> None:
        source = f"Date: {format_datetime(timezone.now())}\r\n".encode() + claim.source
        envelope = Envelope(claim.letter_id, claim.sender, claim.recipient, len(source))
        try:
            carrier.offer(envelope)
            if not handing.begin_handing_over(claim):
                # Called back between its claim and now. Hanging up is the only way out of the middle of a letter.
                carrier.close()
                return
            carrier.hand_over(source)
        except Refused as refusal:
            words = str(refusal)
            _insist(lambda: handing.note_refused(claim, words=words))
        except NotNow as problem:
            self._note_not_now(claim, problem)
            return
        except Unanswered as silence:
            words = str(silence)
            _insist(lambda: handing.note_unanswered(claim, words=words))
        except ServerTrouble:
            _insist(lambda: handing.release(claim))
            raise
        else:
            self._sent += 1
            _insist(lambda: handing.note_sent(claim))
        self._troubles = 0
        if not self._is_up:
            self._is_up = True
            outages.end_outage(server=self._way.name)

    def _note_not_now(self, claim: Claim, problem: NotNow) -> None:
        words = str(problem)
        _insist(lambda: handing.note_not_now(claim, words=words, draw=random.random()))
        self._troubles += 1
        if self._troubles >= _TROUBLES_IN_A_ROW:
            lost = "the connection was lost" if isinstance(problem, ConnectionLost) else "not taken"
            raise ServerTrouble(f"{self._troubles} letters in a row: {lost}. The last: {words}")


def _is_too_fast() -> bool:
    return bool(settings.EMAIL_RATE) and handing.count_sent_in_last_minute() >= settings.EMAIL_RATE


def _insist(store: Callable[[], None]) -> None:
    """Store what a server answered, through a restart of the database if need be: nobody else knows it."""
    for seconds in _PATIENCE_SECONDS:
        try:
            store()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            _log.warning("the database went away while a letter was sent; trying again")
            connection.close()
            time.sleep(seconds)
        else:
            return
    store()
