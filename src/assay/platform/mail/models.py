"""Letters on their way out and letters that came in, as the mail servers see them."""

from django.db import models
from django.db.models import Q

from assay.platform.mail.states import LetterState


class Letter(models.Model):
    """One letter to one address, whole (headers and parts), from the moment somebody's transaction wanted it sent.

    ``key`` names the wish ("receipt:17"): the same wish is stored once. ``message_id`` is the letter's own, made once,
    so that a receiver that saw it twice can tell. ``state`` says how far it came; a letter is ``handing_over`` from
    just before its text goes to the server until the server's answer is stored. A process that dies in between leaves
    it there, and it becomes ``uncertain``: never sent again by itself, never forgotten.
    """

    key = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    sender = models.CharField(max_length=254)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=400)
    source = models.BinaryField()
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in LetterState])
    send_after = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sent_letter_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="letter_due"),
            models.Index(fields=["state", "-id"], name="letter_by_state"),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class Mailbox(models.Model):
    """How far a mailbox was read: the numbers that IMAP gives a folder and its letters."""

    name = models.CharField(max_length=200, unique=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)


class Arrival(models.Model):
    """A letter that came in, its bytes kept as a stored file before anything else is done with it.

    The same letter read twice (by its Message-ID, or by its bytes when it has none) is stored once.
    """

    identity = models.CharField(max_length=255, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    arrived_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
