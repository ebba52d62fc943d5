"""Interview plans, interviews with their panels, and scorecards that stay closed until one's own is in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assay.core.interviewing.states import InterviewState, Recommendation


class PlannedInterview(models.Model):
    """One conversation of a stage's plan: what it is for, what kind it is, what it looks at, what is asked.

    ``format`` is an id of the kinds of conversation, or empty. ``focus`` lists competency keys; ``questions`` lists
    what is asked, in order: {"id": bank id, "ask", "competency", "minutes"}, the id empty for own words. ``revision``
    counts changes.
    """

    stage = models.ForeignKey("pipeline.Stage", on_delete=models.CASCADE, related_name="planned_interviews")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    format = models.CharField(max_length=20, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    focus = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="planned_minutes_are_sane"),
        ]
        ordering = ["stage_id", "position", "id"]

    def __str__(self) -> str:
        return self.title


class DefaultPanelist(models.Model):
    """Somebody who holds a planned interview unless another is named."""

    planned = models.ForeignKey(PlannedInterview, on_delete=models.CASCADE, related_name="panel")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["planned", "user"], name="default_panelist_once")]


class Interview(models.Model):
    """One conversation with one candidate. ``kit`` is the plan as it stood when it was arranged (title, purpose,
    format, minutes, focus, questions), so that a later change of plan changes nothing here.

    ``time_zone`` is the arranger's, ``candidate_zone`` the candidate's where it is known. ``note`` says why it was
    cancelled.
    """

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="interviews")
    planned = models.ForeignKey(
        PlannedInterview, on_delete=models.SET_NULL, null=True, blank=True, related_name="interviews"
    )
    stage = models.ForeignKey("pipeline.Stage", on_delete=models.PROTECT, related_name="interviews")
    kit = models.JSONField(default=dict)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64, default="UTC")
    candidate_zone = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in InterviewState], default=InterviewState.SCHEDULED
    )
    note = models.CharField(max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="interview_ends_later")]
        indexes = [models.Index(fields=["state", "starts_at"], name="interview_by_time")]
        ordering = ["application_id", "starts_at", "id"]


class Panelist(models.Model):
    """Somebody who holds an interview and owes a scorecard for it."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="panel")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interviews")
    excused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "user"], name="panelist_once")]
        ordering = ["interview_id", "id"]


class Scorecard(models.Model):
    """What one interviewer saw. A draft is its author's alone; once submitted it is never changed, only added to.

    ``draft`` holds the form as last saved and by which page ({"fields", "writer", "turn"}), ``draft_number`` counts the
    saves (an older one never replaces a newer).
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="scorecards")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scorecards")
    draft = models.JSONField(default=dict)
    draft_number = models.PositiveIntegerField(default=0)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField(
        max_length=12, blank=True, choices=[(r.value, r.value) for r in Recommendation], default=""
    )
    takeaways = models.TextField(blank=True)
    private_note = models.TextField(blank=True)
    left_open = models.TextField(blank=True)
    addendum = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "author"], name="scorecard_once"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(recommendation=""), name="submitted_card_recommends"
            ),
        ]
        ordering = ["interview_id", "id"]


class Rating(models.Model):
    """One competency as one interviewer saw it: a level with what was said or done, or "not assessed" (no level)."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="ratings")
    competency = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "competency"], name="rating_once"),
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(level__lte=4), name="rating_level_in_range"),
            models.CheckConstraint(condition=Q(level__isnull=True) | ~Q(evidence=""), name="rating_rests_on_evidence"),
        ]
        ordering = ["scorecard_id", "id"]
