"""Interviews that somebody holds today, and scorecards that they owe."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from assay.app.clocks.queries.views import ClockView
from assay.app.clocks.queries.waiting import list_waiting
from assay.app.inbox.asking import Asked
from assay.app.interviewing.queries.interviews import InterviewView, list_mine
from assay.core.clocks.kinds import ClockKind
from assay.core.inbox.items import Item, ItemKind
from assay.platform.numbers import read_id


def interview_items(asked: Asked) -> Iterator[Item]:
    """Yield the interviews of whoever asks that are today, and each whose scorecard is not in."""
    mine = list_mine(actor=asked.user, now=asked.now)
    for interview in mine.ahead:
        if _is_today(interview.starts_at, asked):
            yield _ahead(interview)
    clocks = _clocks(asked) if mine.owed else {}
    for interview in mine.owed:
        yield _owed(interview, clocks.get(interview.id))


def _ahead(interview: InterviewView) -> Item:
    return Item(
        key=f"interview:{interview.id}",
        kind=ItemKind.INTERVIEW,
        title=interview.candidate,
        about=f"{interview.kit.title or 'Interview'}, {interview.job_title}",
        href=reverse("interviewing:interview", args=[interview.id]),
        verb="Open the kit",
        yellow_at=interview.starts_at,
        due_at=interview.ends_at,
        can_snooze=False,
    )


def _owed(interview: InterviewView, clock: ClockView | None) -> Item:
    return Item(
        key=f"feedback:interview:{interview.id}",
        kind=ItemKind.FEEDBACK,
        title=interview.candidate,
        about=f"{interview.kit.title or 'Interview'}, {interview.job_title}",
        href=reverse("interviewing:scorecard", args=[interview.id]),
        verb="Rate",
        since=interview.ends_at,
        yellow_at=clock.yellow_at if clock else None,
        due_at=clock.due_at if clock else None,
        is_paused=clock.is_paused if clock else False,
    )


def _clocks(asked: Asked) -> dict[int, ClockView]:
    rows = list_waiting(user=asked.user, now=asked.now, kinds=(ClockKind.FEEDBACK,))
    return {interview_of(row.subject): row for row in rows if row.owner_id == asked.user.pk}


def interview_of(subject: str) -> int:
    """Return the interview that a clock of feedback is about; its subject begins with the interview's id."""
    return read_id(subject.partition(":")[0]) or 0


def _is_today(moment: datetime, asked: Asked) -> bool:
    zone = ZoneInfo(asked.user.time_zone)
    return moment.astimezone(zone).date() == asked.now.astimezone(zone).date()
