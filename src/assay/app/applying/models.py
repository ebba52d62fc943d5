"""Application forms, what came in through them, status pages, and what candidates ask for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from assay.core.applying.states import RequestKind, RequestState


class ApplicationForm(models.Model):
    """What a job asks of applicants beside the résumé: ``questions`` as core/applying reads them."""

    job = models.OneToOneField("pipeline.Job", on_delete=models.CASCADE, related_name="application_form")
    questions = models.JSONField(default=list)
    asks_demographics = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)


class Submission(models.Model):
    """What somebody sent through the form, word for word, in the same transaction as the application that it made.

    ``form_token`` is that of the form they filled: sent twice, it is stored once. ``consent`` keeps the text that was
    shown, its version, the place whose rules asked for it, and until when data is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_token = models.CharField(max_length=64, unique=True)
    application = models.OneToOneField(
        "pipeline.Application", on_delete=models.CASCADE, null=True, blank=True, related_name="submission"
    )
    publication = models.ForeignKey("postings.Publication", on_delete=models.PROTECT, related_name="submissions")
    fields = models.JSONField(default=dict)
    answers = models.JSONField(default=list)
    consent = models.JSONField(default=dict)
    resume_name = models.CharField(max_length=255, blank=True)
    resume_digest = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-received_at"]


class PendingResume(models.Model):
    """A résumé that somebody chose on the form and has not sent yet: read in front of them, thrown away after a day."""

    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    parsed = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="pending_resume_by_age")]


class StatusLink(models.Model):
    """The private address of a status page. Only the hash of its secret is kept.

    ``is_mailed`` tells that it went to the person's own address and nowhere else, which proves whose it is. One that
    stood on the page after sending a form was seen by whoever sent it, whatever address they typed.
    """

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="status_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    is_mailed = models.BooleanField(default=False, db_default=False)


class CandidateRequest(models.Model):
    """What a candidate asked for: an accommodation, a correction, their data, or to be erased."""

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in RequestKind])
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in RequestState], default=RequestState.OPEN
    )
    text = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="open"), name="open_request")]
        ordering = ["-asked_at", "-id"]


class DemographicAnswers(models.Model):
    """What somebody chose to say about themselves, kept apart: no link to a person or an application, only the job
    and the month, so that nobody who reviews can see whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey("pipeline.Job", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    answers = models.JSONField(default=dict)
    sheet_version = models.CharField(max_length=20)


class Attempt(models.Model):
    """How often something was tried from one place within one window. ``key`` is a keyed hash of the place, made new
    each day, so that addresses of visitors are not kept; ``purpose`` says what was tried."""

    purpose = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "key", "began_at"], name="attempts_counted_once")]
        indexes = [models.Index(fields=["began_at"], name="attempts_by_age")]
