"""Invented applicants by the thousand, as the files that applicants send. The same seed gives the same files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from assay.runtime.demo.company import load_company
from assay.runtime.demo.rendering import RENDERERS
from assay.runtime.demo.resume import DemoResume, draw_resumes

MIXED = ("pdf", "pdf", "two_columns", "docx", "docx", "text", "html")


@dataclass(frozen=True, slots=True)
class ApplicantFile:
    """One file: its name and bytes."""

    name: str
    content: bytes


def applicant_files(*, count: int, forms: Sequence[str] = MIXED, seed: int = 17) -> Iterator[ApplicantFile]:
    """Yield files of different people in turn of their forms (keys of the demo's renderers)."""
    for number, resume in enumerate(_resumes(count=count, random=Random(seed))):
        ending, render = RENDERERS[forms[number % len(forms)]]
        yield ApplicantFile(f"{resume.name.replace(' ', '_')}_{number}{ending}", render(resume))


def _resumes(*, count: int, random: Random) -> Iterator[DemoResume]:
    company, made = load_company(), 0
    job = company.jobs[0]
    while made < count:
        for resume in draw_resumes(company=company, job=job, random=random, taken=set()):
            if made == count:
                return
            yield replace(resume, email=f"applicant{made}@mail.example", phone=f"+44 7700 {made:06d}")
            made += 1


def open_bench_job() -> tuple[Any, int]:
    """Make a recruiter, open a job of hers, and return both. Django must be set up."""
    from assay.app.pipeline.actions.jobs import JobDraft, open_job
    from assay.app.pipeline.plans import planned_stages
    from assay.app.roles.actions import adopt_role
    from assay.platform.access.roles import Role
    from assay.platform.accounts.models import User

    user = User.objects.create_user("rita@bench.example", "a long password", name="Rita", role=Role.RECRUITER)
    draft = JobDraft("Bench", "Long lists.", "", is_confidential=False, openings=1, posting="")
    version = adopt_role(actor=user, role_key=load_company().jobs[0].role)
    return user, open_job(actor=user, draft=draft, role_version_id=version, plan=planned_stages(plan_id=""), team=[])


def sign_in(user: Any) -> dict[str, str]:
    """Return the headers of a browser in which this person is signed in. Django must be set up."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"}
