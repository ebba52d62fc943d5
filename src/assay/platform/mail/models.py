"""Letters on their way out and letters that came in, as the mail servers see them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from assay.platform.mail.states import LetterState

LONGEST_ERROR = 500

_WENT = Q(state="sent", sent_at__isnull=False)
_CAME_BACK = Q(state="bounced")
_DID_NOT_GO = ~Q(state__in=["sent", "bounced"]) & Q(sent_at__isnull=True)


class Letter(models.Model):
    """One letter to one address, whole (headers and parts), from the moment somebody's transaction wanted it sent.

    ``key`` names the wish ("receipt:17"): the same wish is stored once. ``message_id`` is the letter's own, made once,
    so that a receiver that saw it twice can tell. ``source`` lacks only the Date, which is added when it goes.
    ``state`` says how far it came; a letter is ``handing_over`` from just before its text goes to the server until the
    server's answer is stored. A process that dies in between leaves it there, and it becomes ``uncertain``: never sent
    again by itself, never forgotten.

    ``wanted_at`` is since when it should be out: its time, or the moment somebody said "send again". A ``is_private``
    letter holds a secret (a link that signs in), so its text is dropped as soon as it has gone. ``recall_wanted``:
    somebody called it back, so it never goes again, even when that came too late to stop the try that was under way.
    """

    key = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    sender = models.CharField(max_length=254)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=400)
    source = models.BinaryField()
    is_private = models.BooleanField(default=False)
    recall_wanted = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in LetterState])
    send_after = models.DateTimeField()
    wanted_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=LONGEST_ERROR, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_WENT | _CAME_BACK | _DID_NOT_GO, name="sent_letter_says_when"),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="letter_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="handing_over"), name="letter_handed_over"),
            models.Index(fields=["-sent_at"], condition=Q(state="sent"), name="letter_recently_sent"),
            models.Index(fields=["state", "-id"], name="letter_by_state"),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class Outage(models.Model):
    """A mail server that could not be used at all: since when, how often it was tried, when it is tried next.

    There is a row only while it lasts; its letters wait, and none of their own tries is used up.
    """

    server = models.CharField(max_length=260, unique=True)
    began_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=LONGEST_ERROR, blank=True)


class Mailbox(models.Model):
    """How far a mailbox was read: the numbers that IMAP gives a folder and its letters.

    ``stuck_uid`` is a letter that could not be fetched, and ``stuck_tries`` how often that was tried.
    """

    name = models.CharField(max_length=200, unique=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    stuck_uid = models.BigIntegerField(default=0)
    stuck_tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=LONGEST_ERROR, blank=True)


class Arrival(models.Model):
    """A letter that came in, its bytes kept as a stored file before anything else is done with it.

    The same letter read twice (by its Message-ID and its bytes) is stored once. Of a letter that was too large only
    the headers are kept; ``full_size`` says how large it was.
    """

    identity = models.CharField(max_length=255, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    full_size = models.PositiveBigIntegerField()
    arrived_at = models.DateTimeField(db_default=Now(), editable=False)
    handled_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=LONGEST_ERROR, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(handled_at__isnull=True), name="arrival_unhandled"),
        ]
        ordering = ["-id"]
