"""Imports: a batch of files or rows, and what became of each of them."""

from django.conf import settings
from django.db import models

from assay.core.sourcing.import_state import BatchKind, BatchState, ItemState


class ImportBatch(models.Model):
    """One import into one job by one person. ``mapping`` says which CSV column feeds which field."""

    job = models.ForeignKey("pipeline.Job", on_delete=models.CASCADE, related_name="import_batches")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in BatchKind])
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in BatchState], default=BatchState.DRAFT)
    source = models.CharField(max_length=80, blank=True)
    mapping = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    file_name = models.CharField(max_length=255, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]


class ImportItem(models.Model):
    """One file or one CSV row. Its state moves on once, so that a restarted import repeats nothing."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=400)
    stored_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    row = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ItemState], default=ItemState.WAITING)
    message = models.TextField(blank=True)
    application = models.ForeignKey(
        "pipeline.Application", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_person = models.BooleanField(default=False)
    made_application = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="import_item_position_once")]
        indexes = [models.Index(fields=["batch", "state", "position"], name="import_item_by_state")]
        ordering = ["batch_id", "position"]
