"""What waits for somebody is in their inbox, and only there; putting it off is theirs alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.app.pipeline.cast import apply, make_job

from assay.app.inbox.models import InboxChoice, Snooze
from assay.app.inbox.queries import get_inbox
from assay.app.pipeline.actions.applications import Work
from assay.app.pipeline.actions.work import note_work_states
from assay.app.pipeline.models import Application, Job
from assay.core.inbox.items import ItemKind
from assay.core.pipeline.work_state import WorkState
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

Browse = Callable[[User], Client]


def waits(application: Application, state: WorkState, *, due_in: float) -> None:
    now = timezone.now()
    due = now + timedelta(hours=due_in)
    work = Work(state, now - timedelta(hours=1), due - timedelta(hours=4), due, is_paused=False)
    note_work_states(works={application.pk: work})


def kinds(user: User, *, whole_team: bool = False) -> dict[ItemKind, int]:
    found = get_inbox(actor=user, now=timezone.now(), whole_team=whole_team)
    return {item.kind: item.count for item in found.items}


def test_applications_to_review_are_one_line_a_job_for_who_reviews(
    job: Job, recruiter: User, manager: User, interviewer: User
) -> None:
    for name in ("Ada", "Ben", "Cleo"):
        waits(apply(job, name), WorkState.REVIEW, due_in=30)
    assert kinds(manager) == kinds(recruiter) == {ItemKind.REVIEW: 3}
    assert kinds(interviewer) == {}


def test_a_decision_waits_for_the_hiring_manager_and_the_recruiter_finds_it_under_everything(
    job: Job, recruiter: User, manager: User
) -> None:
    waits(apply(job, "Ada"), WorkState.DECISION, due_in=-2)
    assert kinds(manager) == {ItemKind.DECISION: 1}
    assert kinds(recruiter) == {}
    assert kinds(recruiter, whole_team=True) == {ItemKind.DECISION: 1}


def test_the_page_says_who_waits_and_how_long_they_are_over(job: Job, manager: User, browse: Browse) -> None:
    ada = apply(job, "Ada")
    waits(ada, WorkState.DECISION, due_in=-3)
    page = browse(manager).get("/inbox/").content.decode()
    assert "Needs a decision" in page
    assert f"/applications/{ada.pk}/" in page
    assert "3 h late" in page


def test_an_empty_inbox_says_what_would_come_to_it(outsider: User, browse: Browse) -> None:
    page = browse(outsider).get("/inbox/").content.decode()
    assert "Nothing waits for you" in page


def test_an_item_put_off_is_away_until_then_and_comes_back_at_a_press(job: Job, manager: User, browse: Browse) -> None:
    ada = apply(job, "Ada")
    waits(ada, WorkState.DECISION, due_in=90)
    client = browse(manager)
    key = f"decision:application:{ada.pk}"
    client.post("/inbox/put-off", {"item": key, "choice": "hours"})
    assert kinds(manager) == {}
    assert "Bring back" in client.get("/inbox/").content.decode()
    client.post("/inbox/take-back", {"item": key})
    assert kinds(manager) == {ItemKind.DECISION: 1}


def test_putting_something_off_hides_it_from_nobody_else(job: Job, recruiter: User, manager: User) -> None:
    waits(apply(job, "Ada"), WorkState.REVIEW, due_in=30)
    Snooze.objects.create(user=manager, item=f"review:job:{job.pk}", until=timezone.now() + timedelta(days=1))
    assert kinds(manager) == {}
    assert kinds(recruiter) == {ItemKind.REVIEW: 1}


@pytest.mark.parametrize(
    "fields",
    [{}, {"item": "x" * 500, "choice": "hours"}, {"item": "x", "choice": "never"}, {"item": "\0", "choice": "hours"}],
)
def test_nonsense_is_refused_with_words_and_keeps_nothing(
    fields: dict[str, str], manager: User, browse: Browse
) -> None:
    answer = browse(manager).post("/inbox/put-off", fields, follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "There is no such item" in page or "Choose one of" in page
    assert not Snooze.objects.exists()


def test_the_daily_letter_is_chosen_by_each_for_themself(manager: User, browse: Browse) -> None:
    browse(manager).post("/inbox/digest", {"hour": "17"})
    row = InboxChoice.objects.get()
    assert (row.user, row.wants_digest, row.digest_hour) == (manager, False, 17)
    browse(manager).post("/inbox/digest", {"wants": "on", "hour": "99"})
    assert InboxChoice.objects.get().digest_hour == 17


def test_a_confidential_job_waits_for_its_team_alone(account: Callable[..., User], recruiter: User) -> None:
    other = account("Rob", Role.RECRUITER)
    hidden = make_job(other, is_confidential=True)
    waits(apply(hidden, "Ada"), WorkState.REVIEW, due_in=1)
    assert kinds(other) == {ItemKind.REVIEW: 1}
    assert kinds(recruiter, whole_team=True) == {}
