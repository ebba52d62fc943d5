"""Fills an empty installation with the demo company, through the same actions that people use, each at its own time."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assay.app.clocks.actions.offices import OfficeDraft, add_office
from assay.app.clocks.rulebook import load_rulebook
from assay.app.documents.reader import ContainedReader
from assay.core.clocks.kinds import ClockKind
from assay.platform.access.roles import Role
from assay.platform.accounts.actions.invitations import accept_invitation, invite, issue_first_admin_link
from assay.platform.accounts.models import User
from assay.runtime.demo.company import Company, Staff, load_company
from assay.runtime.demo.days import ZONE, Days
from assay.runtime.demo.defining import note_requests
from assay.runtime.demo.diary import Diary
from assay.runtime.demo.jobs import note_jobs
from assay.runtime.demo.moments import story_clock
from assay.runtime.demo.rounds import forget_tasks, note_rounds, post_letters
from assay.runtime.demo.story import load_story
from assay.runtime.organisation import UNNAMED, keep_organisation

_KEPT_IN = "demo_password"
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """How to enter the demo: the addresses of the staff and the password they share."""

    emails: tuple[str, ...]
    password: str

    def __str__(self) -> str:
        """Say it in one line."""
        names = ", ".join(email.split("@")[0] for email in self.emails)
        return f"{names} (each @{self.emails[0].split('@')[1]}), password {self.password}"


def seed_demo(*, now: datetime | None = None) -> DemoSignIn | None:
    """Fill an empty installation and return how to sign in; a second call only says how. Django must be set up.

    ``now`` is the moment at which its story ends, the present one if it is left out; all that happened follows from it.
    Returns ``None`` and changes nothing when the installation belongs to somebody else.
    """
    company = load_company()
    emails = tuple(person.email for person in company.staff)
    password_file = Path(settings.DATA_DIR) / _KEPT_IN
    if password_file.exists():
        return DemoSignIn(emails, password_file.read_text().strip())
    if User.objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    if settings.ORGANISATION == UNNAMED:  # The letters of the demo are signed while this process runs.
        settings.ORGANISATION = company.organisation
    with transaction.atomic():
        _fill(company=company, password=password, now=now or timezone.now())
    keep_organisation(data_dir=settings.DATA_DIR, name=company.organisation)
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    return DemoSignIn(emails, password)


def _fill(*, company: Company, password: str, now: datetime) -> None:
    first_day = Days(now=now, is_open=_is_weekday).moment(f"{load_story().first_day}d 09:00")
    with story_clock(starts_at=first_day) as clock:
        cast = _hire_staff(company=company, password=password)
        hours = ("09:00-17:30",) * 5 + ("", "")
        add_office(actor=cast[Role.ADMIN], draft=OfficeDraft("Leeds", "GB", "ENG", ZONE.key, hours, ()))
        days = Days(now=now, is_open=_is_open())
        diary = Diary(now=now)
        note_requests(cast=cast, days=days, diary=diary)
        with ContainedReader() as reader:
            note_jobs(cast=cast, company=company, days=days, diary=diary, reader=reader)
            note_rounds(diary=diary, days=days)
            diary.live_through(clock=clock, meanwhile=post_letters)
    forget_tasks()


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


def _is_open() -> Callable[[date], bool]:
    """Return which days the office works, its holidays left out, as its clocks count them."""
    calendar = load_rulebook(now=timezone.now()).setting(kind=ClockKind.REVIEW, job_id=0, stage_id=None).ruler.calendar
    return lambda day: calendar.is_open_on(day=day)


def _hire_staff(*, company: Company, password: str) -> dict[Role, User]:
    path = issue_first_admin_link()
    if path is None:
        raise RuntimeError("the demo needs an installation without an administrator")
    admin = _accept(path=path, person=company.staff[0], password=password)
    cast = {Role.ADMIN: admin}
    for person in company.staff[1:]:
        issued = invite(actor=admin, email=person.email, role=Role(person.role))
        cast[Role(person.role)] = _accept(path=issued.path, person=person, password=password)
    return cast


def _accept(*, path: str, person: Staff, password: str) -> User:
    token = path.strip("/").rsplit("/", 1)[-1]
    return accept_invitation(token=token, name=person.name, email=person.email, password=password, time_zone=ZONE.key)
