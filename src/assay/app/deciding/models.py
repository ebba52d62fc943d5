"""Decisions: who, when, why, on which evidence. Rows are written once and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from assay.core.deciding.decision import DecisionKind, RejectReason, WithdrawReason

KNOWN_REASONS = sorted({reason.value for kind in (RejectReason, WithdrawReason) for reason in kind})


class Decision(models.Model):
    """One act on an application by one named person. An undo is a further decision that names what it undoes.

    ``revision_before`` is the application's revision that the decider saw; the ``..._before`` fields are what
    an undo restores. ``evidence_shown`` is what was on the screen, each item saying if the decision rests on it.
    ``decided_by`` is empty for one thing alone: a candidate who withdrew on their status page.
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
                condition=Q(decided_by__isnull=False) | Q(kind="withdraw"), name="only_candidates_act_without_account"
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
