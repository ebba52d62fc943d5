"""What people typed on the pages of clocks, read without trust."""

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict

from assay.app.clocks.actions.limits import LimitDraft
from assay.app.clocks.actions.offices import OfficeDraft
from assay.app.clocks.queries.kept import Show, Which
from assay.app.clocks.queries.settings import OfficeView
from assay.core.clocks.kinds import ClockKind
from assay.knowledge.clocks.sheets import OfficeNote
from assay.platform.numbers import read_id

_LONGEST_FIELD = 20_000


def read_which(*, fields: Mapping[str, str]) -> Which:
    """Read a choice of clocks from an address. What means nothing is taken as "any"."""
    show, kind = fields.get("show", ""), fields.get("kind", "")
    return Which(
        show=Show(show) if show in set(Show) else Show.RUNNING,
        kind=ClockKind(kind) if kind in set(ClockKind) else None,
        owner_id=read_id(fields.get("owner", "")),
        job_id=read_id(fields.get("job", "")),
        week=_day(fields.get("week", "")),
    )


def read_office(*, post: QueryDict) -> OfficeDraft:
    """Read the form of an office."""
    typed = {key: post.get(key, "")[:_LONGEST_FIELD].strip() for key in ("name", "country", "region", "time_zone")}
    closed = post.get("closed_days", "")[:_LONGEST_FIELD].replace(",", " ").split()
    return OfficeDraft(
        name=typed["name"],
        country=typed["country"].upper(),
        region=typed["region"],
        time_zone=typed["time_zone"],
        hours=tuple(post.get(f"hours_{day}", "")[:200] for day in range(7)),
        closed_days=tuple(closed),
    )


def office_draft(*, view: OfficeView) -> OfficeDraft:
    """Return a stored office as its form shows it."""
    return OfficeDraft(view.name, view.country, view.region, view.time_zone, view.hours, view.closed_days)


def first_draft(*, note: OfficeNote) -> OfficeDraft:
    """Return the form of an office that nobody has typed yet."""
    hours = tuple(f"{note.opens}-{note.closes}" if day in note.days else "" for day in range(7))
    return OfficeDraft("", "", "", note.time_zone, hours, ())


def read_limit(*, post: QueryDict, job_id: int | None) -> LimitDraft:
    """Read the form of a limit."""
    return LimitDraft(
        kind=post.get("kind", "")[:20],
        hours=post.get("hours", ""),
        counting=post.get("counting", "")[:20],
        yellow_percent=post.get("yellow", ""),
        is_off=post.get("off", "") == "on",
        seen_revision=read_id(post.get("revision", "")) or 0,
        job_id=job_id,
        stage_id=read_id(post.get("stage", "")),
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1990 < found.year < 2200 else None
