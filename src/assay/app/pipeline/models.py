"""Jobs and the people who pursue them. Person, application, job, opening, posting and stage stay separate things."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower, Now

from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus, JobStatus, OpeningState, ScreeningState, TeamRole
from assay.core.pipeline.work_state import WorkState


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
    """A step of a job's plan. The group lets stages of different jobs be compared.

    A stage that was taken out of the plan is retired, not deleted: what happened in it keeps its name.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=80)
    group = models.CharField(max_length=20, choices=_choices(StageGroup))
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "position"], condition=Q(retired_at__isnull=True), name="stage_position_once"
            ),
        ]
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
    somebody new, so that nothing about them can be learnt or changed from another job. Who was found to be the same
    as another is ``merged_into`` that one, and lists leave them out.
    """

    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    location = models.CharField(max_length=200, blank=True)
    links = models.JSONField(default=list)
    walled_by = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                F("walled_by"),
                condition=~Q(email="") & Q(merged_into__isnull=True),
                nulls_distinct=False,
                name="person_email_once",
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
    ``work_state`` and the times after it repeat what the clocks worked out (``note_work_states``), for the same reason:
    since when somebody waits, from when that is a warning, by when it is due. ``entered_stage_at`` is a fact.
    ``applied_at`` is when they applied, wherever that was; ``recorded_at`` is when we learnt of it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    posting = models.ForeignKey(Posting, on_delete=models.SET_NULL, null=True, blank=True, related_name="applications")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="applications")
    status = models.CharField(max_length=16, choices=_choices(ApplicationStatus), default=ApplicationStatus.ACTIVE)
    held_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)
    applied_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
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
    entered_stage_at = models.DateTimeField(db_default=Now())
    is_internal = models.BooleanField(default=False, db_default=False)
    transferred_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="transferred_to"
    )
    work_state = models.CharField(
        max_length=12, choices=_choices(WorkState), default=WorkState.REVIEW, db_default="review"
    )
    work_since = models.DateTimeField(null=True, blank=True)
    yellow_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    is_paused = models.BooleanField(default=False, db_default=False)
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
            models.Index(F("job"), F("stage"), F("rank_key"), F("id"), name="application_on_board"),
            models.Index(fields=["job", "work_state", "due_at"], name="application_by_work"),
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


class TeamFilter(models.Model):
    """A view of a job's applicants that its whole team finds among its own: the default when ``is_default``."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="team_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    is_default = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "name"], name="team_filter_name_once"),
            models.UniqueConstraint(fields=["job"], condition=Q(is_default=True), name="one_default_team_filter"),
        ]
        ordering = ["name", "id"]


class PersonMerge(models.Model):
    """Two records found to be one human being: what was moved and what stood there before, so that it can be undone.

    ``moved`` holds the ids of applications that changed hands and the fields of the survivor that were filled in.
    """

    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_by")
    moved = models.JSONField(default=dict)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at__isnull=True), name="absorbed_once"),
            models.CheckConstraint(condition=~Q(survivor=F("absorbed")), name="nobody_merges_into_themselves"),
        ]
        ordering = ["-id"]


class DifferentPeople(models.Model):
    """Two records that look alike and that somebody said are two people; ``first`` has the lower id."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="different_people_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="different_people_in_order"),
        ]
