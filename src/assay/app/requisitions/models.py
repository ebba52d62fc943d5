"""The request for headcount that joins the desks, and who sits at it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assay.core.requisitions.approval import VerdictKind
from assay.core.requisitions.status import ReadinessGate, RequisitionReason, RequisitionStatus
from assay.platform.access.roles import RequisitionSeat


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(member.value, member.value.replace("_", " ")) for member in kind]  # type: ignore[attr-defined]


class Requisition(models.Model):
    """A request to hire ``headcount`` people for one problem, inside a budget, with an approved band.

    What the desks found for it (readiness, band, cost, hiring model, advert) points here; the newest one counts.
    The role version is pinned, ``role_chosen_at`` says since when: a newer result of the role desk replaces it.
    ``revision`` counts changes: whoever writes names the revision they saw.
    """

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    problem = models.TextField(blank=True)
    team = models.CharField(max_length=120, blank=True)
    location = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=16, choices=_choices(RequisitionReason), default=RequisitionReason.GROWTH)
    headcount = models.PositiveSmallIntegerField(default=1)
    needed_by = models.DateField(null=True, blank=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    is_confidential = models.BooleanField(default=False)
    readiness_gate = models.CharField(max_length=8, choices=_choices(ReadinessGate), default=ReadinessGate.BLOCK)
    status = models.CharField(max_length=12, choices=_choices(RequisitionStatus), default=RequisitionStatus.DRAFT)
    role_version = models.ForeignKey(
        "roles.RoleVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="requisitions"
    )
    role_chosen_at = models.DateTimeField(null=True, blank=True)
    job = models.OneToOneField(
        "pipeline.Job", on_delete=models.PROTECT, null=True, blank=True, related_name="requisition"
    )
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(headcount__gte=1, headcount__lte=200), name="requisition_headcount"),
            models.CheckConstraint(condition=Q(budget__isnull=True) | Q(budget__gte=0), name="requisition_budget"),
        ]
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class RequisitionMember(models.Model):
    """Somebody's seat at a requisition: who owns it, who helps with it, who approves it."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seat = models.CharField(max_length=16, choices=_choices(RequisitionSeat))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["requisition", "user", "seat"], name="requisition_member_once")]
        ordering = ["requisition_id", "id"]


class ApprovalStep(models.Model):
    """A step of the plan that the next submission follows: ``needed`` of its people approve, one step after another."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    needed = models.PositiveSmallIntegerField(default=1)
    submitter_counts = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requisition", "position"], name="approval_step_position_once"),
            models.UniqueConstraint(fields=["requisition", "key"], name="approval_step_key_once"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="approval_step_needs_someone"),
        ]
        ordering = ["requisition_id", "position"]


class StepApprover(models.Model):
    """Somebody whose word a step asks for."""

    step = models.ForeignKey(ApprovalStep, on_delete=models.CASCADE, related_name="places")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "user"], name="step_approver_once")]
        ordering = ["step_id", "id"]


class Submission(models.Model):
    """What was put forward, word for word: the guarded facts, their hash, the plan, and what the desks said then.

    Written once. ``number`` counts the submissions of one requisition from 1.
    """

    requisition = models.ForeignKey(Requisition, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    facts_hash = models.CharField(max_length=64)
    plan = models.JSONField()
    shown = models.JSONField(default=dict)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["requisition", "number"], name="submission_number_once")]
        ordering = ["requisition_id", "-number"]


class ApprovalVerdict(models.Model):
    """One person's word on one submission, about exactly its facts. Written once, one per person and submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="verdicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=_choices(VerdictKind))
    reason = models.CharField(max_length=2000, blank=True)
    facts_hash = models.CharField(max_length=64)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="approval_verdict_once"),
            models.CheckConstraint(condition=~Q(kind="send_back") | ~Q(reason=""), name="send_back_says_why"),
        ]
        ordering = ["submission_id", "id"]


class Withdrawal(models.Model):
    """The request was taken back: no submission numbered up to ``number``, and no word on one, counts any more.

    Written once. ``number`` is 0 when nothing had been put forward.
    """

    requisition = models.ForeignKey(Requisition, on_delete=models.PROTECT, related_name="withdrawals")
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=4000)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["requisition_id", "id"]


class RequisitionComment(models.Model):
    """Something said about a requisition. Nothing depends on it."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=4000)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["requisition_id", "id"]
