"""Arranging, moving and calling off: frozen kits, letters in the candidate's time, clashes, and two people at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone
from tests.app.interviewing.cast import FOCUS, at, hand_in, held
from tests.app.pipeline.cast import advance, apply, make_job

from assay.app.interviewing.actions.arranging import Told, arrange, change
from assay.app.interviewing.actions.checking import Arrangement, FreeTalk, NeedsConfirming
from assay.app.interviewing.actions.ending import cancel, mark
from assay.app.interviewing.actions.plans import adopt_suggestion, change_focus
from assay.app.interviewing.actions.refusal import ChangedMeanwhile, InterviewRefused
from assay.app.interviewing.models import Interview, Panelist, PlannedInterview
from assay.app.interviewing.queries.facts import list_interview_facts
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application, Job, Stage
from assay.core.interviewing.states import InterviewState
from assay.core.pipeline.stage import StageGroup
from assay.platform.access.gate import Forbidden
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

Browse = Callable[[User], Client]
NOVEMBER = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)
WINTER = Arrangement(
    day=date(2027, 1, 12),
    at=time(16, 0),
    minutes=45,
    time_zone="Europe/Amsterdam",
    candidate_zone="America/New_York",
    place="https://meet.example.org/tallyport",
)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the November before the winter in which these tests arrange: no later, or that winter is past."""
    monkeypatch.setattr(timezone, "now", lambda: NOVEMBER)


def book(by: User, application: Application, when: Arrangement, **more: object) -> Told:
    wanted: dict[str, object] = {
        "planned_id": None,
        "free": FreeTalk("A first talk", focus=FOCUS),
        "with_letter": False,
    }
    return arrange(actor=by, application_id=application.pk, when=when, **(wanted | more))


def test_the_candidate_reads_the_time_on_their_own_wall(candidate: Application, recruiter: User, ivo: User) -> None:
    told = book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)), with_letter=True, about="We talk about work.")

    letter = Message.objects.get()
    assert told.has_letter
    assert "Tuesday 12 January 2027, 10:00 (America/New_York)" in letter.body
    assert "Ivo" in letter.body
    assert "We talk about work." in letter.body
    assert Interview.objects.get().starts_at == datetime(2027, 1, 12, 15, tzinfo=UTC)


def test_a_candidate_without_an_address_gets_no_letter_and_the_arranger_is_told(
    job: Job, recruiter: User, ivo: User
) -> None:
    nameless = advance(apply(job, "No Address"), 2)
    told = book(recruiter, nameless, replace(WINTER, panel=(ivo.pk,)), with_letter=True)
    assert not told.has_letter
    assert Interview.objects.count() == 1


def test_pressed_twice_it_is_arranged_once_and_one_letter_goes_out(
    candidate: Application, recruiter: User, ivo: User
) -> None:
    first = book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)), with_letter=True)
    second = book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)), with_letter=True)
    assert (first.interview_id, Interview.objects.count(), Message.objects.count()) == (second.interview_id, 1, 1)


def test_a_later_change_of_the_plan_leaves_arranged_kits_alone(
    candidate: Application, job: Job, recruiter: User, ivo: User
) -> None:
    adopt_suggestion(actor=recruiter, job_id=job.pk)
    planned = PlannedInterview.objects.order_by("pk").first()
    before = list(planned.focus)
    book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)), planned_id=planned.pk)

    change_focus(actor=recruiter, planned_id=planned.pk, competency=before[0], is_added=False)

    interview = Interview.objects.get()
    assert interview.kit["focus"] == before
    assert interview.kit["questions"]
    assert interview.stage_id == planned.stage_id


def test_somebody_in_two_places_at_once_is_warned_of_by_name_but_not_with_whom(
    candidate: Application, job: Job, recruiter: User, ivo: User
) -> None:
    book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)))
    other = advance(apply(job, "Secret Person"), 2)
    later = replace(WINTER, at=time(16, 30), panel=(ivo.pk,))

    with pytest.raises(NeedsConfirming) as asked:
        book(recruiter, other, later)
    assert asked.value.warnings == ("Ivo has another interview from 16:00 to 16:45.",)
    assert book(recruiter, other, later, is_confirmed=True).interview_id


def test_a_candidate_in_two_places_and_a_time_gone_by_are_warned_of(
    candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)))
    with pytest.raises(NeedsConfirming, match="candidate has another interview"):
        book(recruiter, candidate, replace(WINTER, panel=(ines.pk,)), free=FreeTalk("Second"))
    with pytest.raises(NeedsConfirming, match="time is past"):
        book(recruiter, candidate, at(-3, panel=(ivo.pk,)), free=FreeTalk("Yesterday"))


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        ({"panel": ()}, "panel"),
        ({"panel": (999_999,)}, "panel"),
        ({"minutes": 0}, "minutes"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"candidate_zone": "\0"}, "candidate_zone"),
        ({"day": date(2027, 3, 28), "at": time(2, 30)}, "at"),
        ({"place": "x" * 1_000_000}, "place"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_field(
    candidate: Application, recruiter: User, ivo: User, spoil: dict[str, object], field: str
) -> None:
    with pytest.raises(InterviewRefused) as refused:
        book(recruiter, candidate, replace(replace(WINTER, panel=(ivo.pk,)), **spoil))
    assert refused.value.field == field
    assert not Interview.objects.exists()


def test_somebody_who_may_not_write_cards_cannot_be_put_on_the_panel(
    candidate: Application, recruiter: User, outsider: User
) -> None:
    with pytest.raises(InterviewRefused, match="may not hand in scorecards"):
        book(recruiter, candidate, replace(WINTER, panel=(outsider.pk,)))


def test_an_ended_application_and_a_band_without_approval_take_no_interview(
    candidate: Application, recruiter: User, ivo: User, account: Callable[..., User]
) -> None:
    Application.objects.filter(pk=candidate.pk).update(status="withdrawn")
    with pytest.raises(InterviewRefused, match="has ended"):
        book(recruiter, candidate, replace(WINTER, panel=(recruiter.pk,)))

    unapproved = make_job(recruiter, title="Another")
    talks = Stage.objects.filter(job=unapproved, group=StageGroup.INTERVIEW)[0]
    with pytest.raises(InterviewRefused, match="band"):
        book(
            recruiter, advance(apply(unapproved, "Early Bird"), talks.position), replace(WINTER, panel=(recruiter.pk,))
        )


def test_a_planned_interview_of_a_stage_that_left_the_plan_is_not_arranged(
    candidate: Application, job: Job, recruiter: User, ivo: User
) -> None:
    adopt_suggestion(actor=recruiter, job_id=job.pk)
    planned = PlannedInterview.objects.order_by("pk").first()
    Stage.objects.filter(pk=planned.stage_id).update(retired_at=candidate.applied_at)

    with pytest.raises(InterviewRefused, match="no longer in the plan"):
        book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)), planned_id=planned.pk)


def move(by: User, interview: Interview, when: Arrangement, seen: int, *, with_letter: bool = True) -> Told:
    return change(actor=by, interview_id=interview.pk, seen_revision=seen, when=when, with_letter=with_letter)


def test_two_people_who_move_one_interview_do_not_overwrite_each_other(
    candidate: Application, recruiter: User, manager: User, ivo: User
) -> None:
    book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)))
    interview = Interview.objects.get()

    move(recruiter, interview, replace(WINTER, at=time(17), panel=(ivo.pk,)), seen=1)
    with pytest.raises(ChangedMeanwhile):
        move(manager, interview, replace(WINTER, at=time(9), panel=(ivo.pk,)), seen=1)

    interview.refresh_from_db()
    assert interview.starts_at == datetime(2027, 1, 12, 16, tzinfo=UTC)
    assert Message.objects.get().template == "interview_moved"
    assert Event.objects.filter(verb="interview.moved").count() == 1


def test_a_change_of_panel_alone_sends_no_letter(
    candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)))
    told = move(recruiter, Interview.objects.get(), replace(WINTER, panel=(ivo.pk, ines.pk)), seen=1)
    assert not told.has_letter
    assert not Message.objects.exists()


def test_calling_off_takes_a_reason_tells_the_candidate_and_is_done_once(
    candidate: Application, recruiter: User, ivo: User
) -> None:
    told = book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)))
    with pytest.raises(InterviewRefused):
        cancel(actor=recruiter, interview_id=told.interview_id, why=" \0 ", with_letter=True)

    for _ in range(2):
        cancel(actor=recruiter, interview_id=told.interview_id, why="The team is ill.", with_letter=True)

    assert Message.objects.get().template == "interview_cancelled"
    assert "ill" not in Message.objects.get().body
    with pytest.raises(InterviewRefused, match="over"):
        move(recruiter, Interview.objects.get(), replace(WINTER, panel=(ivo.pk,)), seen=2)


def test_an_interview_with_a_card_keeps_its_time(candidate: Application, recruiter: User, ivo: User) -> None:
    interview = held(recruiter, candidate, ivo)
    hand_in(ivo, interview)
    with pytest.raises(InterviewRefused, match="took place"):
        move(recruiter, interview, replace(WINTER, panel=(ivo.pk,)), seen=1)


def test_nothing_is_said_to_be_held_before_it_begins(candidate: Application, recruiter: User, ivo: User) -> None:
    told = book(recruiter, candidate, replace(WINTER, panel=(ivo.pk,)))
    with pytest.raises(InterviewRefused, match="not begun"):
        mark(actor=recruiter, interview_id=told.interview_id, state=InterviewState.HELD)


def test_only_who_schedules_arranges_and_a_stranger_learns_nothing(
    candidate: Application, ivo: User, outsider: User
) -> None:
    with pytest.raises(Forbidden):
        book(ivo, candidate, replace(WINTER, panel=(ivo.pk,)))
    with pytest.raises(Http404):
        book(outsider, candidate, replace(WINTER, panel=(ivo.pk,)))


def test_clocks_are_told_who_still_owes_a_card_in_one_statement_however_many_there_are(
    candidate: Application, recruiter: User, ivo: User, ines: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    first = held(recruiter, candidate, ivo, ines)
    hand_in(ivo, first)
    for hours in (5, 9, 14):
        held(recruiter, candidate, ivo, hours=hours, title=f"Talk in {hours}")

    with django_assert_max_num_queries(1):
        facts = list_interview_facts(application_ids=[candidate.pk, 10**9])[candidate.pk]

    assert [fact.state for fact in facts] == ["held", "scheduled", "scheduled", "scheduled"]
    assert [(card.user_id, card.submitted_at is not None) for card in facts[0].cards] == [
        (ivo.pk, True),
        (ines.pk, False),
    ]


def test_a_card_of_somebody_who_left_the_panel_counts_as_in_and_an_interview_nobody_holds_is_told_too(
    candidate: Application, recruiter: User, ivo: User, ines: User
) -> None:
    talk, empty = held(recruiter, candidate, ivo, ines), held(recruiter, candidate, ivo, hours=5)
    hand_in(ivo, talk)
    Panelist.objects.filter(user=ivo).delete()

    first, second = list_interview_facts(application_ids=[candidate.pk])[candidate.pk]

    cards = [(card.user_id, card.submitted_at is not None, card.is_excused) for card in first.cards]
    assert cards == [(ines.pk, False, False), (ivo.pk, True, True)]
    assert (second.interview_id, second.state, second.cards) == (empty.pk, "scheduled", ())


def test_warnings_on_the_page_are_confirmed_by_sending_it_again(
    browse: Browse, candidate: Application, recruiter: User, ivo: User
) -> None:
    browser = browse(recruiter)
    sent = {
        "title": "Yesterday",
        "focus": "deployment",
        "day": "2026-01-12",
        "at": "10:00",
        "minutes": "45",
        "time_zone": "UTC",
        "panel": str(ivo.pk),
        "letter": "on",
    }
    asked = browser.post(f"/applications/{candidate.pk}/interviews/new", sent)
    assert asked.status_code == 422
    assert "That time is past" in asked.content.decode()

    assert browser.post(f"/applications/{candidate.pk}/interviews/new", sent | {"confirmed": "1"}).status_code == 302
    assert Interview.objects.get().kit["title"] == "Yesterday"
