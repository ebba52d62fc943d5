"""Jobs and the people who pursue them. Person, application, job, opening, posting and stage stay separate things."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower

from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus, JobStatus, OpeningState, ScreeningState, TeamRole


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(member.value, member.value.replace("_", " ")) for member in kind]  # type: ignore[attr-defined]


class Job(models.Model):
    """One hiring effort: a pinned role, a team, a plan of stages."""

    title = models.CharField(max_length=200)
    problem = models.TextField()
    role = models.ForeignKey("roles.RoleVersion", on_delete=models.PROTECT, related_name="jobs")
    status = models.CharField(max_length=16, choices=_choices(JobStatus), default=JobStatus.OPEN)
    is_confidential = models.BooleanField(default=False)
    location = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title


class JobMember(models.Model):
    """A seat on a job's hiring team."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="job_memberships")
    team_role = models.CharField(max_length=20, choices=_choices(TeamRole))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "user", "team_role"], name="job_member_once")]
        ordering = ["job_id", "id"]


class Stage(models.Model):
    """A step of a job's plan. The group lets stages of different jobs be compared."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=80)
    group = models.CharField(max_length=20, choices=_choices(StageGroup))
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "position"], name="stage_position_once")]
        ordering = ["job_id", "position"]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """One advert of a job. Its text is what the outside reads; its id is not the job's id."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="postings")
    title = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["job_id", "id"]


class Person(models.Model):
    """A human being, once, whatever they applied to.

    Whoever applied to a confidential job alone stands behind its wall (``walled_by``): elsewhere the same address is
    somebody new, so that nothing about them can be learnt or changed from another job.
    """

    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    location = models.CharField(max_length=200, blank=True)
    links = models.JSONField(default=list)
    walled_by = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), F("walled_by"), condition=~Q(email=""), nulls_distinct=False, name="person_email_once"
            ),
        ]
        indexes = [models.Index(Lower("name"), F("id"), name="person_by_name")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or self.email or f"Person {self.pk}"


class Application(models.Model):
    """One person's pursuit of one job, with a snapshot of what was submitted.

    ``score``, its interval and ``best_quote`` (the strongest counted claim) repeat the current screening so that
    lists need one table. ``rank_key`` sorts from the best score to the worst, those without one last.
    ``revision`` counts changes: whoever writes names the revision they saw (optimistic concurrency).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    posting = models.ForeignKey(Posting, on_delete=models.SET_NULL, null=True, blank=True, related_name="applications")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="applications")
    status = models.CharField(max_length=16, choices=_choices(ApplicationStatus), default=ApplicationStatus.ACTIVE)
    held_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)
    applied_at = models.DateTimeField()
    submitted = models.JSONField(default=dict)
    screening_state = models.CharField(max_length=16, choices=_choices(ScreeningState), default=ScreeningState.WAITING)
    needs_review = models.BooleanField(default=True)
    score = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    score_low = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    score_high = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    must_haves_met = models.PositiveSmallIntegerField(default=0)
    must_haves_missing = models.PositiveSmallIntegerField(default=0)
    must_haves_total = models.PositiveSmallIntegerField(default=0)
    flags = models.JSONField(default=list)
    best_quote = models.CharField(max_length=400, blank=True, default="")
    best_quote_page = models.PositiveSmallIntegerField(null=True, blank=True)
    rank_key = models.GeneratedField(
        expression=-Coalesce(F("score"), Decimal(-1)),
        output_field=models.DecimalField(max_digits=6, decimal_places=3),
        db_persist=True,
    )
    revision = models.PositiveIntegerField(default=1)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "job"],
                condition=Q(status__in=["active", "hired"]),
                name="one_live_application_per_job",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100), name="score_in_range"
            ),
        ]
        indexes = [
            models.Index(F("job"), F("status"), F("score").desc(nulls_last=True), F("id"), name="application_ranked"),
            models.Index(fields=["job", "stage", "status"], name="application_by_stage"),
            models.Index(fields=["job", "rank_key", "id"], name="application_in_rank_order"),
            models.Index(fields=["job", "applied_at", "id"], name="application_in_time_order"),
            GinIndex(fields=["search"], name="application_search"),
        ]
        ordering = ["id"]


class Opening(models.Model):
    """One seat under a job, filled by at most one application."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="openings")
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=_choices(OpeningState), default=OpeningState.OPEN)
    filled_by = models.OneToOneField(Application, on_delete=models.PROTECT, null=True, blank=True, related_name="fills")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "code"], name="opening_code_once"),
            models.CheckConstraint(
                condition=Q(state="filled", filled_by__isnull=False) | (~Q(state="filled") & Q(filled_by__isnull=True)),
                name="filled_opening_names_application",
            ),
        ]
        ordering = ["job_id", "id"]


class SavedFilter(models.Model):
    """A list of applicants that someone wants to come back to: the query string, under a name."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="saved_filters")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "owner", "name"], name="saved_filter_name_once")]
        ordering = ["name", "id"]
