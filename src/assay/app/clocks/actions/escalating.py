"""The ladder: letters to those whose clocks are over, each step once for each person, however often this runs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from assay.app.clocks.models import Clock, Escalation
from assay.app.clocks.owners import told_by
from assay.app.clocks.queries.views import ClockView, list_views, shown_rows
from assay.app.clocks.rulebook import Rulebook, load_rulebook
from assay.app.clocks.rules import ladder
from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.queries.waits import list_seats
from assay.core.clocks.kinds import ClockKind, Counting
from assay.core.clocks.ladder import Step, list_due_steps
from assay.platform.accounts.models import User
from assay.platform.mail.actions import post

# Somebody with many clocks gets one letter an hour about all of them, not one for each.
QUIET = timedelta(hours=1)
MOST_LINES = 20
_PIECE = 1_000

Taken = tuple[int, str, str, datetime, str, int]


@dataclass(frozen=True, slots=True)
class _Due:
    row: Clock
    step: Step
    user_id: int

    @property
    def taken(self) -> Taken:
        """What makes this step, for this person, the same one next time."""
        return (
            self.row.application_id,
            self.row.kind,
            self.row.subject,
            self.row.started_at,
            self.step.key,
            self.user_id,
        )


def escalate(*, now: datetime) -> int:
    """Take every step whose time has come and return how many letters were put into the outbox."""
    book, due = load_rulebook(now=now), []
    after = 0
    while piece := list(_over(now).filter(pk__gt=after).order_by("pk")[:_PIECE]):
        after = piece[-1].pk
        due += _not_taken(_steps(piece, book, now))
    by_person: dict[int, list[_Due]] = {}
    for one in due:
        by_person.setdefault(one.user_id, []).append(one)
    quiet = set(Escalation.objects.filter(at__gt=now - QUIET).values_list("told_id", flat=True))
    people = User.objects.filter(pk__in=set(by_person) - quiet, is_active=True)
    return sum(_tell(person, by_person[person.pk], now) for person in people)


def _over(now: datetime) -> QuerySet[Clock]:
    rows = Clock.objects.filter(stopped_at=None, is_paused=False, due_at__lte=now).select_related("application")
    own = [field.attname for field in Clock._meta.concrete_fields]
    # An application holds all that was handed in and the words of its documents; here only its job is asked for.
    return rows.only(*own, "application__job_id")


def _steps(rows: Iterable[Clock], book: Rulebook, now: datetime) -> list[_Due]:
    rows = list(rows)
    seats = list_seats(job_ids={row.application.job_id for row in rows})
    steps = [step for step in ladder() if step.by_letter]
    seen = _seen_jobs({row.owner_id for row in rows if row.owner_id is not None})
    found = []
    for row in rows:
        ruler = book.rulers.get(row.office_id, book.rulers[None])[Counting(row.counting)]
        due = list_due_steps(steps=steps, yellow_at=row.yellow_at, due_at=row.due_at, now=now, ruler=ruler)
        # Whoever left the team or the house hears no names of its candidates; then the next one is told.
        owner_id = row.owner_id if row.application.job_id in seen.get(row.owner_id, ()) else None
        for step in due:
            told = told_by(audience=step.audience, owner_id=owner_id, seats=seats.get(row.application.job_id, ()))
            found += [_Due(row, step, user_id) for user_id in told]
    return found


def _seen_jobs(owner_ids: Collection[int]) -> dict[int | None, frozenset[int]]:
    """Return which jobs each of these people with a working account may see."""
    owners = User.objects.filter(pk__in=owner_ids, is_active=True)
    return {one.pk: frozenset(visible_jobs(user=one).values_list("pk", flat=True)) for one in owners}


def _not_taken(due: list[_Due]) -> list[_Due]:
    taken = set(
        Escalation.objects.filter(application_id__in={one.row.application_id for one in due}).values_list(
            "application_id", "kind", "subject", "started_at", "step", "told_id"
        )
    )
    return [one for one in due if one.taken not in taken]


@transaction.atomic
def _tell(person: User, due: list[_Due], now: datetime) -> int:
    # Of two runs at once the second waits here, and finds what the first has told.
    list(User.objects.select_for_update(no_key=True).filter(pk=person.pk))
    due = _not_taken(due)
    if not due or Escalation.objects.filter(at__gt=now - QUIET, told=person).exists():
        return 0
    keys = ("application_id", "kind", "subject", "started_at", "step", "told_id")
    rows = [Escalation(**dict(zip(keys, one.taken, strict=True))) for one in due]
    Escalation.objects.bulk_create(rows, ignore_conflicts=True)
    ids = {one.row.pk for one in due}
    views = list_views(rows=shown_rows(rows=Clock.objects.filter(pk__in=ids)).order_by("due_at")[:MOST_LINES], now=now)
    subject = f"{len(ids)} clocks are over" if len(ids) > 1 else f"A clock is over: {views[0].label}"
    text = "\n".join(_lines(person, views, more=len(ids) - len(views)))
    key = f"escalation:{person.pk}:{now:%Y%m%d%H%M}"
    headers = {"Auto-Submitted": "auto-generated"}
    # It names candidates, so that its text is dropped once it has gone.
    post(key=key, recipient=person.email, subject=subject, text=text, headers=headers, is_private=True)
    return 1


def _lines(person: User, views: Iterable[ClockView], *, more: int) -> list[str]:
    lines = [f"Hello {person.display_name},", "", "somebody waits longer than we said they would:", ""]
    for view in views:
        lines += [f"{view.name}, {view.job_title}: {view.label}, {view.time_words}.", f"  {_address(view)}", ""]
    if more > 0:
        lines += [f"... and {more} more: {settings.SITE_ADDRESS}{reverse('clocks:list')}?show=over", ""]
    lines.append("A clock stops when the work is done. If it cannot be done yet, say why on its page.")
    return lines


def _address(view: ClockView) -> str:
    names: Mapping[ClockKind, str] = {ClockKind.FEEDBACK: "interviewing:of_application"}
    page = reverse(names.get(view.kind, "review:application"), args=[view.application_id])
    return f"{settings.SITE_ADDRESS}{page}"
