"""Fills an empty installation with the demo company, through the same actions that people use."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assay.app.clocks.actions.offices import OfficeDraft, add_office
from assay.app.pipeline.actions.jobs import JobDraft, Seat, open_job
from assay.app.roles.actions import adopt_role
from assay.core.pipeline.stage import PlannedStage, StageGroup
from assay.core.pipeline.status import TeamRole
from assay.knowledge.pipeline.sheets import load_plans
from assay.platform.access.roles import Role
from assay.platform.accounts.actions.invitations import accept_invitation, invite, issue_first_admin_link
from assay.platform.accounts.models import User
from assay.runtime.demo.arrivals import bring_in, draft_import
from assay.runtime.demo.company import Company, DemoJob, Staff, load_company
from assay.runtime.demo.defining import approve_band, publish_advert, raise_requests
from assay.runtime.demo.resume import draw_resumes
from assay.runtime.demo.reviews import review_some
from assay.runtime.demo.talking import talk
from assay.runtime.organisation import UNNAMED, keep_organisation

_KEPT_IN = "demo_password"
_LEFT_AS_DRAFT = 4


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """How to enter the demo: the addresses of the staff and the password they share."""

    emails: tuple[str, ...]
    password: str

    def __str__(self) -> str:
        """Say it in one line."""
        names = ", ".join(email.split("@")[0] for email in self.emails)
        return f"{names} (each @{self.emails[0].split('@')[1]}), password {self.password}"


def seed_demo() -> DemoSignIn | None:
    """Fill an empty installation and return how to sign in; a second call only says how. Django must be set up.

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
        _fill(company=company, password=password)
    keep_organisation(data_dir=settings.DATA_DIR, name=company.organisation)
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    return DemoSignIn(emails, password)


def _fill(*, company: Company, password: str) -> None:
    cast = _hire_staff(company=company, password=password)
    hours = ("09:00-17:30",) * 5 + ("", "")
    add_office(actor=cast[Role.ADMIN], draft=OfficeDraft("Leeds", "GB", "ENG", "Europe/London", hours, ()))
    taken: set[str] = set()
    for index, job in enumerate(company.jobs):
        _open_and_fill(company=company, job=job, cast=cast, seed=company.seed + index, taken=taken)
    raise_requests(cast=cast)


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
    return accept_invitation(
        token=token, name=person.name, email=person.email, password=password, time_zone="Europe/London"
    )


def _open_and_fill(*, company: Company, job: DemoJob, cast: dict[Role, User], seed: int, taken: set[str]) -> None:
    recruiter, random = cast[Role.RECRUITER], Random(seed)
    job_id = open_job(
        actor=recruiter,
        draft=JobDraft(
            title=job.title,
            problem=job.problem,
            location=job.location,
            is_confidential=job.confidential,
            openings=job.openings,
            posting=job.posting,
        ),
        role_version_id=adopt_role(actor=recruiter, role_key=job.role),
        plan=[PlannedStage(stage.name, StageGroup(stage.group)) for stage in load_plans().plans[0].stages],
        team=_team(cast),
    )
    approve_band(cast=cast, job_id=job_id, job_title=job.title)
    publish_advert(cast=cast, job_id=job_id, job_title=job.title)
    resumes = draw_resumes(company=company, job=job, random=random, taken=taken)
    bring_in(actor=recruiter, job_id=job_id, resumes=resumes[:-_LEFT_AS_DRAFT], random=random)
    draft_import(actor=recruiter, job_id=job_id, resumes=resumes[-_LEFT_AS_DRAFT:], random=random)
    now = timezone.now()
    review_some(actor=cast[Role.HIRING_MANAGER], job_id=job_id, held_until=now.date() + timedelta(days=14))
    if not job.confidential:
        talk(cast=cast, job_id=job_id, now=now)


def _team(cast: dict[Role, User]) -> list[Seat]:
    return [
        Seat(cast[Role.HIRING_MANAGER].pk, TeamRole.HIRING_MANAGER),
        Seat(cast[Role.RECRUITER].pk, TeamRole.RECRUITER),
        Seat(cast[Role.INTERVIEWER].pk, TeamRole.INTERVIEWER),
        Seat(cast[Role.APPROVER].pk, TeamRole.APPROVER),
        Seat(cast[Role.VIEWER].pk, TeamRole.INTERVIEWER),
    ]
