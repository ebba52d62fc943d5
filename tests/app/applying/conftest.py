"""What an application needs: an import's job with its advert up, and a stranger who applies."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from tests.app.applying.kit import Stranger
from tests.app.sourcing.conftest import job, outsider, own_files

from assay.app.pipeline.models import Job
from assay.app.postings.models import Advert, Publication
from assay.app.postings.writing import Draft, draft_to_content
from assay.core.postings.advert import Advert as AdvertText
from assay.core.postings.advert import Location, Terms
from assay.platform.accounts.models import User

__all__ = ["ADVERT", "job", "outsider", "own_files"]
ADVERT = AdvertText(
    title="Machine learning engineer, arrival times",
    problem="Our buses arrive when nobody expects them.",
    terms=Terms(organisation="Bus Company", locations=(Location("NL", locality="Utrecht"),)),
)


@pytest.fixture
def advert_of() -> Callable[[User, Job], str]:
    """Put an advert of a job out, as publishing does, and return the address part of it."""

    def let_out(actor: User, job: Job) -> str:
        content = draft_to_content(Draft(ADVERT))
        advert = Advert.objects.create(job=job, title=ADVERT.title, content=content, created_by=actor)
        slug = f"ml-engineer-{advert.pk}"
        Publication.objects.create(
            advert=advert, number=1, slug=slug, content=content, published_at=timezone.now(), published_by=actor
        )
        return slug

    return let_out


@pytest.fixture
def slug(recruiter: User, job: Job, advert_of: Callable[[User, Job], str]) -> str:
    return advert_of(recruiter, job)


@pytest.fixture
def stranger(slug: str) -> Stranger:
    return Stranger(slug)


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let a whole test happen in one moment: tries are counted by the hour, and a test may not run into the next."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


@pytest.fixture
def desk(recruiter: User, browse: Callable[[User], Client]) -> Client:
    """The recruiter's browser."""
    return browse(recruiter)
