"""Decisions: who, when, why, on which evidence. Rows are written once and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from assay.core.deciding.bulk import BULK_KINDS, BulkItemState, BulkState, SkipCause
from assay.core.deciding.decision import DecisionKind, RejectReason, WithdrawReason

KNOWN_REASONS = sorted({reason.value for kind in (RejectReason, WithdrawReason) for reason in kind})


class Decision(models.Model):
    """One act on an application by one named person. An undo is a further decision that names what it undoes.

    ``revision_before`` is the application's revision that the decider saw; the ``..._before`` fields are what
    an undo restores. ``evidence_shown`` is what was on the screen, each item saying if the decision rests on it.
    ``decided_by`` is empty for two things alone: a candidate who withdrew on their status page, and a hold that ended
    by itself on its day.
    Triggers (migration 0002) refuse changing or deleting rows, and a rejection without a decision behind it.
    """

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in DecisionKind])
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=40, blank=True, choices=[(r, r) for r in KNOWN_REASONS])
    note = models.TextField(blank=True)
    evidence_shown = models.JSONField(default=list)
    screening = models.ForeignKey(
        "screening.Screening", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_stage = models.ForeignKey("pipeline.Stage", on_delete=models.PROTECT, related_name="+")
    to_stage = models.ForeignKey("pipeline.Stage", on_delete=models.PROTECT, related_name="+")
    status_before = models.CharField(max_length=16)
    held_until = models.DateField(null=True, blank=True)
    held_until_before = models.DateField(null=True, blank=True)
    needs_review_before = models.BooleanField(default=True)
    revision_before = models.PositiveIntegerField()
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "revision_before"], name="one_decision_per_revision"),
            models.CheckConstraint(
                condition=Q(reason="")
                | Q(kind="reject", reason__in=[reason.value for reason in RejectReason])
                | Q(kind="withdraw", reason__in=[reason.value for reason in WithdrawReason]),
                name="reason_is_known_and_of_its_kind",
            ),
            models.CheckConstraint(condition=~Q(kind="withdraw") | ~Q(reason=""), name="withdrawal_has_reason"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=False) | Q(kind__in=["withdraw", "resume"]),
                name="only_candidates_and_calendars_act_without_account",
            ),
            models.CheckConstraint(condition=~Q(reason="other") | ~Q(note=""), name="other_reason_is_written_down"),
            models.CheckConstraint(
                condition=~Q(kind="reject")
                | (~Q(reason="") & Q(RawSQL("jsonb_array_length(evidence_shown) > 0", (), models.BooleanField()))),
                name="rejection_has_reason_and_evidence",
            ),
            models.CheckConstraint(
                condition=(Q(kind="undo") & Q(undoes__isnull=False)) | (~Q(kind="undo") & Q(undoes__isnull=True)),
                name="only_undo_undoes",
            ),
        ]
        ordering = ["application_id", "-id"]


class Bulk(models.Model):
    """One decision about many applications of a job: what was chosen, by whom, and how far it is.

    Every application has a decision of its own all the same. A draft is a preview; it holds who was chosen and the
    revision of each as it was shown.
    """

    job = models.ForeignKey("pipeline.Job", on_delete=models.CASCADE, related_name="bulks")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in BULK_KINDS])
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in BulkState], default="draft")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=40, blank=True, choices=[(r.value, r.value) for r in RejectReason])
    note = models.TextField(blank=True)
    letter = models.CharField(max_length=8, default="usual")
    to_stage = models.ForeignKey("pipeline.Stage", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_until = models.DateField(null=True, blank=True)
    back = models.CharField(max_length=1200, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undo_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]


class BulkItem(models.Model):
    """One application of a decision about many: as it was shown, and what became of it.

    ``screening_id`` is the screening whose evidence was shown (None without one).
    """

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="items")
    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="+")
    seen_revision = models.PositiveIntegerField()
    screening_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in BulkItemState], default="waiting")
    cause = models.CharField(max_length=12, blank=True, choices=[(c.value, c.value) for c in SkipCause])
    why = models.CharField(max_length=400, blank=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="bulk_item")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulk", "application"], name="application_once_in_bulk"),
            models.CheckConstraint(
                condition=Q(decision__isnull=False) | Q(state__in=["waiting", "skipped"]), name="done_item_has_decision"
            ),
        ]
        indexes = [models.Index(fields=["bulk", "state", "id"], name="bulk_item_by_state")]
        ordering = ["id"]
