"""What waits for one person, and the clocks of one application."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assay.app.clocks.models import Clock
from assay.app.clocks.queries.views import ClockView, list_views, owing, shown_rows
from assay.app.pipeline.funnel import visible_jobs
from assay.core.clocks.kinds import ClockKind
from assay.core.pipeline.status import TeamRole
from assay.platform.accounts.models import User

OWNER_FIRST = timedelta(days=2)
"""How long the owner of a late clock is asked alone, before those who run the job are asked too."""

_EXPLAINS = (TeamRole.RECRUITER, TeamRole.HIRING_MANAGER, TeamRole.COORDINATOR)


def list_waiting(
    *, user: User, now: datetime, limit: int = 200, kinds: tuple[ClockKind, ...] = ()
) -> tuple[ClockView, ...]:
    """Return the running clocks that are this person's, the soonest due first: those they own, and those that nobody
    owns at jobs where they have a seat, or that they may see when nobody has. ``kinds`` keeps these alone."""
    own = Q(owner=user) | Q(owner=None, application__job__in=_jobs_without_owner(user))
    rows = Clock.objects.filter(own, stopped_at=None, started_at__lte=now, application__job__in=visible_jobs(user=user))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return list_views(rows=shown_rows(rows=rows).order_by("due_at", "id")[:limit], now=now)


def list_reasons_owed(*, user: User, now: datetime, limit: int = 200) -> tuple[ClockView, ...]:
    """Return the clocks that were not kept and ended without a word, for whoever is asked for it, the latest first:
    the owner at first, and after two days, or where nobody active owns it, those who run the job too."""
    rows = Clock.objects.filter(owing(now=now), _asked(user, now), application__job__in=visible_jobs(user=user))
    return list_views(rows=shown_rows(rows=rows).order_by("-stopped_at", "-id")[:limit], now=now)


def clock_lines(*, application_id: int, now: datetime | None = None) -> tuple[ClockView, ...]:
    """Return the clocks of an application that run or are owed a reason, the soonest due first, then those at rest.

    No access check: for pages that have shown the application to somebody who may see it. Clocks of others' feedback
    name who owes it; leave these out for interviewers (``kind``).
    """
    now = timezone.now() if now is None else now
    rows = Clock.objects.filter(Q(stopped_at=None, started_at__lte=now) | owing(now=now), application=application_id)
    views = list_views(rows=shown_rows(rows=rows), now=now)
    return tuple(sorted(views, key=lambda one: (one.is_paused, one.due_at is None, one.due_at or now, one.id)))


def _asked(user: User, now: datetime) -> Q:
    seats = user.job_memberships.filter(job=OuterRef("application__job"), team_role__in=_EXPLAINS)
    is_open_to_others = Q(owner=None) | Q(owner__is_active=False) | Q(stopped_at__lte=now - OWNER_FIRST)
    return Q(owner=user) | (Q(Exists(seats)) & is_open_to_others)


def _jobs_without_owner(user: User) -> object:
    seated = visible_jobs(user=user).filter(members__user=user)
    empty = visible_jobs(user=user).filter(members=None)
    return (seated | empty).distinct().values("pk")
