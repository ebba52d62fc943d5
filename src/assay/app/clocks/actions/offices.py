"""Offices: added, changed, made the default, taken away; and which one a job belongs to. Running clocks follow."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404

from assay.app.clocks.actions.recounting import RecountState, begin_recount
from assay.app.clocks.calendars import freeze_hours, list_countries, list_regions, list_zones
from assay.app.clocks.models import JobOffice, Office
from assay.app.pipeline.funnel import find_job, job_resource
from assay.core.base.working_time import NoWorkingTimeError, WorkCalendar
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.text import TextTooLongError, clean_line

LONGEST_NAME = 120
MOST_CLOSED_DAYS = 400


class OfficeError(ValueError):
    """Raised for an office that cannot be kept as it was typed; ``field`` names the answer to correct."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """An office as somebody typed it. ``hours`` holds for each weekday its spans ("09:00-12:30, 13:30-18:00")."""

    name: str
    country: str
    region: str
    time_zone: str
    hours: tuple[str, ...]
    closed_days: tuple[str, ...]


@transaction.atomic
def add_office(*, actor: User, draft: OfficeDraft) -> int:
    """Add an office and return its id; the first one becomes the default. Raises ``Forbidden``, ``OfficeError``."""
    require(actor=actor, action=Action.EDIT_CLOCKS, resource=ORGANISATION)
    fields = _checked(draft)
    is_first = not Office.objects.filter(is_default=True).exists()
    try:
        with transaction.atomic():
            row = Office.objects.create(**fields, is_default=is_first)
    except IntegrityError as error:
        raise OfficeError("Another office has this name already. Choose another.", field="name") from error
    if is_first:
        begin_recount(actor=actor)
    record(actor=actor, verb="office.added", object_type="office", object_id=row.pk, data=_told(row))
    return row.pk


@transaction.atomic
def change_office(*, actor: User, office_id: int, draft: OfficeDraft, seen_revision: int) -> RecountState:
    """Change an office and work its clocks out again. Raises ``Http404``, ``Forbidden``, or ``OfficeError`` also when
    somebody else changed it since it was read."""
    require(actor=actor, action=Action.EDIT_CLOCKS, resource=ORGANISATION)
    fields = _checked(draft)
    row = _find(office_id)
    if row.revision != seen_revision:
        raise OfficeError("Somebody else changed this office in the meantime. Look at it again, then save.")
    for name, value in fields.items():
        setattr(row, name, value)
    row.revision += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise OfficeError("Another office has this name already. Choose another.", field="name") from error
    state = begin_recount(actor=actor)
    record(
        actor=actor,
        verb="office.changed",
        object_type="office",
        object_id=row.pk,
        data={**_told(row), "clocks_moved": state.moved},
    )
    return state


@transaction.atomic
def make_default(*, actor: User, office_id: int) -> RecountState:
    """Let jobs without an office run on this one's calendar. Raises ``Http404`` or ``Forbidden``."""
    require(actor=actor, action=Action.EDIT_CLOCKS, resource=ORGANISATION)
    row = _find(office_id)
    Office.objects.filter(is_default=True).exclude(pk=row.pk).update(is_default=False)
    Office.objects.filter(pk=row.pk).update(is_default=True)
    state = begin_recount(actor=actor)
    record(actor=actor, verb="office.made_default", object_type="office", object_id=row.pk)
    return state


@transaction.atomic
def remove_office(*, actor: User, office_id: int) -> None:
    """Take away an office on whose calendar nothing runs or ran. Raises ``Http404``, ``Forbidden``, ``OfficeError``."""
    require(actor=actor, action=Action.EDIT_CLOCKS, resource=ORGANISATION)
    row = _find(office_id)
    if row.is_default:
        raise OfficeError("This is the default office. Make another one the default first.")
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise OfficeError("Jobs or clocks run on this office's calendar. Give them another office first.") from error
    record(actor=actor, verb="office.removed", object_type="office", object_id=office_id)


@transaction.atomic
def set_job_office(*, actor: User, job_id: int, office_id: int | None) -> RecountState:
    """Let a job's clocks run on an office's calendar, or on the default one's (None).

    Raises ``Http404``, ``Forbidden``, ``OfficeError``.
    """
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.EDIT_JOB, resource=job_resource(job=job, user=actor))
    if office_id is None:
        JobOffice.objects.filter(job_id=job_id).delete()
    elif Office.objects.filter(pk=office_id).exists():
        JobOffice.objects.update_or_create(job_id=job_id, defaults={"office_id": office_id})
    else:
        raise OfficeError("This office is gone. Choose another.", field="office")
    state = begin_recount(actor=actor, job_id=job_id)
    data = {"office": office_id, "clocks_moved": state.moved}
    record(actor=actor, verb="job.office_set", object_type="job", object_id=job_id, data=data)
    return state


def _find(office_id: int) -> Office:
    row = Office.objects.select_for_update().filter(pk=office_id).first()
    if row is None:
        raise Http404("There is no such office.")
    return row


def _checked(draft: OfficeDraft) -> dict[str, object]:
    try:
        name = clean_line(draft.name, longest=LONGEST_NAME)
    except TextTooLongError as error:
        raise OfficeError(str(error), field="name") from error
    if not name:
        raise OfficeError("Give the office a name.", field="name")
    if draft.country and draft.country not in dict(list_countries()):
        raise OfficeError("Choose a country from the list.", field="country")
    regions = {region.casefold(): region for region in list_regions(country=draft.country)}
    if draft.region and draft.region.casefold() not in regions:
        known = ", ".join(list_regions(country=draft.country)) or "none"
        raise OfficeError(f"This country has no such region with holidays of its own. Known: {known}.", field="region")
    if draft.time_zone not in list_zones():
        raise OfficeError("Choose a time zone from the list, such as Europe/Amsterdam.", field="time_zone")
    return {
        "name": name,
        "country": draft.country,
        "region": regions.get(draft.region.casefold(), ""),
        "time_zone": draft.time_zone,
        "hours": _hours(draft),
        "closed_days": _days(draft.closed_days),
    }


def _hours(draft: OfficeDraft) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for day, text in enumerate(draft.hours[:7]):
        spans = [
            [part.strip() for part in span.replace("–", "-").split("-")] for span in text.split(",") if span.strip()
        ]
        if any(len(span) != 2 for span in spans):
            raise OfficeError("Write hours as 09:00-17:30, several with a comma between.", field=f"hours_{day}")
        if spans:
            found[str(day)] = spans
    try:
        WorkCalendar(ZoneInfo(draft.time_zone), freeze_hours(hours=found))
    except NoWorkingTimeError as error:
        raise OfficeError("Nobody works here on any day. Give at least one day hours.", field="hours_0") from error
    except ValueError as error:
        raise OfficeError(str(error), field="hours_0") from error
    return found


def _days(texts: tuple[str, ...]) -> list[str]:
    found = set()
    for text in (one.strip() for one in texts):
        if not text:
            continue
        try:
            found.add(date.fromisoformat(text).isoformat())
        except ValueError as error:
            raise OfficeError(f"{text[:20]!r} is not a day. Write days as 2026-12-24.", field="closed_days") from error
    if len(found) > MOST_CLOSED_DAYS:
        raise OfficeError(f"At most {MOST_CLOSED_DAYS} days fit.", field="closed_days")
    return sorted(found)


def _told(row: Office) -> dict[str, str | int]:
    return {"country": row.country, "region": row.region, "zone": row.time_zone, "closed_days": len(row.closed_days)}
