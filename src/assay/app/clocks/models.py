"""Clocks over applications, the calendars they run on, what was promised, and why a clock was not kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assay.core.clocks.kinds import BreachCause, ClockKind, Counting

_COUNTINGS = [(c.value, c.value) for c in Counting]


class Office(models.Model):
    """A place with working hours and holidays. ``hours`` maps weekday 0-6 to [["09:00", "17:30"], ...];
    ``closed_days`` are extra days off (ISO dates) beside the country's. ``revision`` counts changes."""

    name = models.CharField(max_length=120, unique=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64)
    hours = models.JSONField(default=dict)
    closed_days = models.JSONField(default=list)
    is_default = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_office"),
        ]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class ClockRule(models.Model):
    """A limit that differs from the shipped one: for a whole installation, for one job, or for one stage of it.

    ``hours`` are counted as ``counting`` says. ``office`` is for a rule that runs on another calendar than its job.
    """

    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ClockKind])
    job = models.ForeignKey("pipeline.Job", on_delete=models.CASCADE, null=True, blank=True, related_name="clock_rules")
    stage = models.ForeignKey(
        "pipeline.Stage", on_delete=models.CASCADE, null=True, blank=True, related_name="clock_rules"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="rules")
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    counting = models.CharField(max_length=12, choices=_COUNTINGS, default=Counting.OPEN_DAYS)
    yellow_share = models.DecimalField(max_digits=4, decimal_places=3)
    is_off = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "job", "stage"], nulls_distinct=False, name="clock_rule_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="clock_rule_has_hours"),
            models.CheckConstraint(
                condition=Q(yellow_share__gt=0, yellow_share__lt=1), name="clock_rule_is_yellow_before_red"
            ),
        ]


class JobOffice(models.Model):
    """The office on whose calendar a job's clocks run; without one it is the default office's."""

    job = models.OneToOneField("pipeline.Job", on_delete=models.CASCADE, related_name="office")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="jobs")


class Clock(models.Model):
    """One wait of one application, worked out from facts and worked out again whenever a fact changes.

    ``subject`` tells clocks of one kind apart (an interview, a person's scorecard, a thread). ``pauses`` are
    [[from, until or null, why], ...] in UTC. Nobody writes here but the synchroniser: what people add (a reason for a
    breach, a snooze) stands in tables of its own, so that this table can be thrown away and worked out again.
    """

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ClockKind])
    subject = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="clocks"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="clocks")
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    pauses = models.JSONField(default=list)
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    counting = models.CharField(max_length=12, choices=_COUNTINGS, default=Counting.OPEN_DAYS)
    is_paused = models.BooleanField(default=False)
    yellow_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "subject", "started_at"], name="clock_once"),
        ]
        indexes = [
            models.Index(
                F("owner"), F("due_at"), F("id"), condition=Q(stopped_at__isnull=True), name="clock_running_by_owner"
            ),
            models.Index(F("due_at"), F("id"), condition=Q(stopped_at__isnull=True), name="clock_running"),
            models.Index(fields=["stopped_at", "id"], condition=Q(stopped_at__isnull=False), name="clock_stopped"),
        ]
        ordering = ["id"]


class Wake(models.Model):
    """The next moment at which time alone changes an application's clocks or work state: a hold ends, an interview is
    over. Looked at every minute, so that nothing has to be asked about all applications."""

    application = models.OneToOneField("pipeline.Application", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="wake_next")]


class Pause(models.Model):
    """A time in which the candidate holds the ball, kept as a fact: clocks rest in it."""

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="pauses")
    why = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "why"], condition=Q(ended_at__isnull=True), name="one_open_pause_per_cause"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="pause_ends_after_start"
            ),
        ]
        ordering = ["application_id", "started_at", "id"]


class BreachReason(models.Model):
    """Why a clock was not kept, said by a person. Clocks come and go; the reason names which one by its facts."""

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="breach_reasons")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ClockKind])
    subject = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    cause = models.CharField(max_length=30, choices=[(c.value, c.value) for c in BreachCause])
    note = models.CharField(max_length=1000, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "subject", "started_at"], name="breach_reason_once"),
        ]


class Escalation(models.Model):
    """One step of the ladder that was taken for one clock: taken once, whatever happens to the worker."""

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="escalations")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    step = models.CharField(max_length=20)
    told = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "subject", "started_at", "step", "told"], name="escalation_once"
            ),
        ]


class Promise(models.Model):
    """A moment by which a candidate was told they would hear. A new one replaces it before it passes, never in silence.

    ``kind`` is the clock that it was taken from. It is kept when the candidate was told something by then. ``message``
    is the letter that tells of a delay and ``next_at`` the moment it names: the promise is replaced once that letter is
    out, and broken if the moment passed before. ``taken_over_by`` is the promise that goes on where an application goes
    on as another, kept so that it comes back with an undo.
    """

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="promises")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ClockKind])
    promised_at = models.DateTimeField()
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    message = models.BigIntegerField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    taken_over_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="takes_over"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(kept_at__isnull=True, replaced_at__isnull=True),
                name="one_open_promise",
            ),
        ]
        indexes = [
            models.Index(
                fields=["promised_at"],
                condition=Q(kept_at__isnull=True, replaced_at__isnull=True),
                name="promise_open",
            ),
        ]
        ordering = ["application_id", "made_at", "id"]


class Recount(models.Model):
    """Clocks being worked out again because a limit or a calendar changed: how far it is, so that it can go on after
    a crash, and how many ends moved. ``job`` when only that job's clocks are concerned."""

    job = models.ForeignKey("pipeline.Job", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    last_id = models.BigIntegerField(default=0)
    applications = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
