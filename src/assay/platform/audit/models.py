"""One row for every write somebody or something made. The database itself numbers, times and chains the rows."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """Who did what to which object, and why. Appended through ``actions.record``, never changed.

    ``sequence``, ``recorded_at``, ``previous_hash`` and ``hash`` are set by the trigger in migration 0002;
    what is passed for them is ignored. ``hash`` is sha256 in hexadecimal over the previous hash and the row.
    """

    sequence = models.BigIntegerField(primary_key=True, db_default=0)
    recorded_at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    why = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, db_default="")
    hash = models.CharField(max_length=64, db_default="")

    class Meta:
        ordering = ("-sequence",)
        indexes = (
            models.Index(name="audit_event_object", fields=("object_type", "object_id", "-sequence")),
            models.Index(name="audit_event_actor", fields=("actor", "-sequence")),
            models.Index(name="audit_event_verb", fields=("verb", "-sequence")),
            models.Index(name="audit_event_time", fields=("recorded_at",)),
        )

    def __str__(self) -> str:
        return f"{self.sequence}: {self.verb} {self.object_type} {self.object_id}"


class ChainCheck(models.Model):
    """The outcome of one check of the whole chain, so that a page can show it without checking again."""

    checked_at = models.DateTimeField(db_default=Now(), editable=False)
    rows = models.BigIntegerField()
    head_sequence = models.BigIntegerField()
    anchors = models.IntegerField()
    fault_count = models.IntegerField()
    first_fault = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.fault_count} faults"
