"""Documents of an application and what was read from them."""

from django.db import models
from django.db.models import Q

from assay.core.documents.document import DocumentKind, UnreadableReason


class Document(models.Model):
    """A file as submitted. What cannot be read is kept all the same, with the reason and advice."""

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="documents")
    stored_file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=16, blank=True, choices=[(k.value, k.value) for k in DocumentKind])
    unreadable_reason = models.CharField(
        max_length=16, blank=True, choices=[(r.value, r.value) for r in UnreadableReason]
    )
    advice = models.TextField(blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "stored_file"], name="document_once_per_application"),
            models.CheckConstraint(
                condition=Q(unreadable_reason="") | ~Q(advice=""), name="unreadable_document_has_advice"
            ),
        ]
        ordering = ["application_id", "id"]


class Reading(models.Model):
    """The text of a document in reading order, with its pages, hidden stretches and notes."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="reading", primary_key=True)
    text = models.TextField()
    pages = models.JSONField()
    hidden = models.JSONField(default=list)
    notes = models.JSONField(default=list)
