"""Threads with candidates, the messages in them, drafts, templates, and addresses that want no mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from assay.core.messaging.states import Direction, MessageKind, MessageState

_PEOPLE = settings.AUTH_USER_MODEL


class Thread(models.Model):
    """One conversation about one application. ``token`` stands in the address that answers go to.

    ``awaits_reply_since`` is since when the candidate waits for an answer of ours; None when nothing is owed.
    ``settled_at`` is when somebody said last that what had come by then needs no answer.
    """

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="threads")
    subject = models.CharField(max_length=300)
    token = models.CharField(max_length=40, unique=True)
    awaits_reply_since = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["awaits_reply_since"], condition=Q(awaits_reply_since__isnull=False), name="thread_unanswered"
            ),
        ]
        ordering = ["-last_at", "-id"]


class Message(models.Model):
    """One message of a thread as people read it. ``letter`` is the id of the letter in the outbox, for outgoing ones.

    ``wish`` names what asked for it ("rejection:17"), so that asking twice writes one. ``body`` is plain text; an
    incoming message keeps the id of its stored bytes in ``arrival``, what it repeats of earlier letters in ``quoted``
    and the ids of those letters in ``references``. ``is_automatic``: no person pressed "send" (out) or wrote it (in).
    ``is_from_stranger``: it came from another address than the applicant's. ``matched_by``: how it found its thread.
    ``has_failed_checks``: our mail server found that it did not come from the domain it names.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=4, choices=[(d.value, d.value) for d in Direction])
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MessageKind])
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in MessageState])
    wish = models.CharField(max_length=120, unique=True, null=True, blank=True)
    author = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sender = models.CharField(max_length=254)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=400)
    body = models.TextField()
    quoted = models.TextField(blank=True)
    html = models.TextField(blank=True)
    template = models.CharField(max_length=80, blank=True)
    is_automatic = models.BooleanField(default=False)
    is_from_stranger = models.BooleanField(default=False)
    has_failed_checks = models.BooleanField(default=False, db_default=False)
    matched_by = models.CharField(max_length=12, blank=True)
    message_id = models.CharField(max_length=400, blank=True, db_index=True)
    references = models.TextField(blank=True)
    letter = models.BigIntegerField(null=True, blank=True, unique=True)
    arrival = models.BigIntegerField(null=True, blank=True, unique=True)
    decision = models.BigIntegerField(null=True, blank=True, db_index=True)
    send_after = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["send_after", "id"], condition=Q(state="waiting"), name="message_waiting"),
            models.Index(
                fields=["id"], condition=Q(state__in=["uncertain", "failed", "bounced"]), name="message_in_trouble"
            ),
        ]
        ordering = ["created_at", "id"]


class Attachment(models.Model):
    """A file that came with a message, kept as stored bytes and offered as a download, never shown in place.

    ``document`` is the id of the document that a person made of it, if somebody did.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    document = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]


class Draft(models.Model):
    """What somebody is writing to a candidate and has not sent: one for each writer and application.

    ``token`` becomes the wish of the message, so that a form sent twice writes one. ``saved_at`` also tells others that
    somebody is answering.
    """

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(_PEOPLE, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=40)
    template = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "author"], name="draft_once")]
        ordering = ["-saved_at", "-id"]


class UnmatchedMail(models.Model):
    """A letter that belongs to no application that we know: kept for a person to place or to put away.

    ``why`` says in words why it was not placed. The whole letter stays in its arrival. ``candidates`` are the
    applications it may be about; where there are any, only who sees one of them sees the letter.
    """

    arrival = models.BigIntegerField(unique=True)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    why = models.CharField(max_length=200, blank=True)
    is_automatic = models.BooleanField(default=False)
    arrived_at = models.DateTimeField()
    candidates = models.ManyToManyField("pipeline.Application", related_name="+")
    placed_in = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    put_away_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]


class Template(models.Model):
    """One version of the organisation's own words for a letter. The newest version of a key that is not retired counts;
    without one the shipped words do."""

    key = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MessageKind])
    subject = models.CharField(max_length=300)
    body = models.TextField()
    is_retired = models.BooleanField(default=False)
    written_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="template_version_once")]
        ordering = ["key", "-version"]


class NoContact(models.Model):
    """An address that wants no mail beyond what it is owed, by its own click or because somebody here said so."""

    address = models.CharField(max_length=254)
    reason = models.CharField(max_length=300, blank=True)
    is_own_wish = models.BooleanField(default=False)
    added_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("address"), condition=Q(lifted_at__isnull=True), name="no_contact_address_once"
            ),
        ]
        ordering = ["-id"]


class MailSettings(models.Model):
    """How long a rejection waits before it goes out, and who signs letters that nobody signed; one row at most."""

    rejection_delay_hours = models.PositiveSmallIntegerField(default=24)
    signature = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)


class Signature(models.Model):
    """How one person signs: the name that letters come from, and what stands under them."""

    user = models.OneToOneField(_PEOPLE, on_delete=models.CASCADE, related_name="+")
    sender_name = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)
