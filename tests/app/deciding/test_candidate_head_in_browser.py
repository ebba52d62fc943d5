"""What stands above the parts of a candidate's page: short on a phone, whole on a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.app.pipeline.cast import apply
from tests.tabs import OpenTab

from assay.app.applying.models import CandidateRequest
from assay.app.clocks.models import Clock
from assay.app.pipeline.models import Application, Job
from assay.core.clocks.kinds import ClockKind
from assay.platform.accounts.models import User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PHONE_SCREEN = 844


@pytest.fixture
def ada(job: Job) -> Application:
    """Somebody with four clocks."""
    ada = apply(job, "Ada", score=90)
    now = timezone.now()
    Clock.objects.filter(application=ada).delete()
    for number, words in enumerate(("A room without steps", "A later hour", "A larger print")):
        asked = CandidateRequest.objects.create(application=ada, kind="accommodation", text=words)
        Clock.objects.create(
            application=ada,
            hours=24,
            kind=ClockKind.REQUEST,
            subject=str(asked.pk),
            started_at=now - timedelta(hours=1),
            due_at=now + timedelta(days=number + 1),
            yellow_at=now + timedelta(days=number + 1),
        )
    return ada


def test_on_a_phone_the_parts_of_the_page_stand_on_the_first_screen(
    ada: Application, recruiter: User, open_tab: OpenTab
) -> None:
    page = open_tab(recruiter, width=390)
    page.goto(f"/applications/{ada.pk}/")
    top = page.get_by_role("navigation", name="Parts of the candidate's page").bounding_box()
    assert top is not None
    assert top["y"] + top["height"] < PHONE_SCREEN * 0.7
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    clocks = page.get_by_role("region", name="Clocks")
    expect(clocks.get_by_role("listitem").filter(has_text="A room without steps")).to_be_visible()
    expect(clocks.get_by_text("A later hour")).to_be_hidden()
    clocks.get_by_text("2 more clocks").click()
    expect(clocks.get_by_text("A later hour")).to_be_visible()


def test_on_a_desk_every_clock_is_open_and_says_what_it_is(
    ada: Application, recruiter: User, open_tab: OpenTab
) -> None:
    page = open_tab(recruiter)
    page.goto(f"/applications/{ada.pk}/")
    clocks = page.get_by_role("region", name="Clocks")
    for words in ("A room without steps", "A later hour", "A larger print"):
        expect(clocks.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    expect(clocks.get_by_text("2 more clocks")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
def test_whether_somebody_works_here_stands_with_who_they_are(
    width: int, ada: Application, recruiter: User, open_tab: OpenTab
) -> None:
    page = open_tab(recruiter, width=width)
    page.goto(f"/applications/{ada.pk}/")
    about = page.get_by_role("complementary", name="Contact and what was submitted")
    about.get_by_role("button", name="Mark as a colleague").click()
    expect(page.locator(".profile-standing")).to_contain_text("works here")
    expect(about.get_by_role("button", name="Not a colleague")).to_be_visible()
