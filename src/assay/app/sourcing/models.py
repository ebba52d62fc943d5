"""Imports: a batch of files or rows, and what became of each of them."""

from django.conf import settings
from django.db import models

from assay.core.sourcing.import_state import BatchKind, BatchState, ItemKind, ItemState


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
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["job", "-id"], name="import_batch_by_job")]
        ordering = ["-id"]


class ImportItem(models.Model):
    """One file or one CSV row. Its state moves on once, so that a restarted import repeats nothing.

    ``parent`` is the archive or table that an item came out of; ``joined_to`` is the row that takes a file along.
    ``finding`` is what a dry run read from a file, ``expected`` the state that an import would bring it to.
    ``message`` is the sentence shown beside the item; ``problems`` names the cells of a row that need a change.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ItemKind], default=ItemKind.FILE)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="members")
    joined_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="files")
    name = models.CharField(max_length=400)
    size = models.BigIntegerField(default=0)
    row_number = models.PositiveIntegerField(null=True, blank=True)
    stored_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    row = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ItemState], default=ItemState.WAITING)
    expected = models.CharField(max_length=12, blank=True, choices=[(s.value, s.value) for s in ItemState])
    finding = models.JSONField(null=True, blank=True)
    message = models.TextField(blank=True)
    problems = models.JSONField(default=list)
    application = models.ForeignKey(
        "pipeline.Application", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_person = models.BooleanField(default=False)
    made_application = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="import_item_position_once")]
        indexes = [
            models.Index(fields=["batch", "state", "position"], name="import_item_by_state"),
            models.Index(fields=["batch", "kind", "position"], name="import_item_by_kind"),
            models.Index(fields=["batch", "finished_at"], name="import_item_by_end"),
        ]
        ordering = ["batch_id", "position"]
