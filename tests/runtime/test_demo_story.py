"""The demo tells a story that is true in time, on whatever day and at whatever hour it is made."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone

from assay.app.applying.models import CandidateRequest
from assay.app.clocks.models import BreachReason, Clock
from assay.app.deciding.models import Decision
from assay.app.documents.models import Document
from assay.app.interviewing.models import Interview, Scorecard
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application
from assay.app.screening.models import Screening
from assay.core.clocks.kinds import ClockKind
from assay.core.messaging.states import Direction, MessageState
from assay.core.pipeline.status import ScreeningState
from assay.core.pipeline.work_state import WorkState
from assay.platform.audit.checking import check_log
from assay.platform.audit.models import Event
from assay.platform.mail.models import Letter
from assay.runtime.demo.days import Days
from assay.runtime.demo.diary import Diary
from assay.runtime.demo.moments import story_clock
from assay.runtime.demo.seed import seed_demo
from assay.runtime.demo.story import Applicant, load_story

# The first minutes of a Monday after holidays: the hour at which the least of today has passed.
NOW = datetime(2027, 1, 4, 0, 20, tzinfo=UTC)
HOLIDAYS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
EVERY_HOUR = [datetime(2026, 12, 21, tzinfo=UTC) + timedelta(hours=hours) for hours in range(15 * 24)]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the demo once for the tests of this module, and take it back."""
    with django_db_blocker.unblock(), tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", Path(folder))
        patch.setattr(settings, "FILES_DIR", Path(folder) / "files")
        patch.setattr(settings, "ORGANISATION", settings.ORGANISATION)
        with transaction.atomic():
            assert seed_demo(now=NOW) is not None
            yield
            transaction.set_rollback(True)


def is_open(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def applicants() -> list[tuple[str, Applicant]]:
    """Return everybody in the story with the moment at which they came."""
    found = []
    for job in load_story().jobs:
        found += [(one.at, person) for one in job.imports for person in one.people]
        found += [(one.at, one.who) for one in job.sent]
    return found


@pytest.mark.parametrize("weekday", range(7))
def test_whenever_it_is_made_each_applicants_story_is_told_in_order_and_ends_by_now(weekday: int) -> None:
    for now in [one for one in EVERY_HOUR if one.weekday() == weekday]:
        days = Days(now=now, is_open=is_open)
        for came, person in applicants():
            moments = [days.moment(came), *(days.moment(step.at) for step in person.steps)]
            assert all(before < after for before, after in pairwise(moments)), (now, person)
            assert moments[-1] < now


@pytest.mark.parametrize("weekday", range(7))
def test_whenever_it_is_made_an_interview_is_arranged_before_it_and_rated_after_it(weekday: int) -> None:
    for now in [one for one in EVERY_HOUR if one.weekday() == weekday]:
        days = Days(now=now, is_open=is_open)
        for _, person in applicants():
            talks = {step.talk: step for step in person.steps if step.do == "arrange"}
            for step in person.steps:
                if step.do == "arrange":
                    assert days.moment(step.at) < days.moment(step.on), (now, person)
                elif step.do == "card":
                    assert days.moment(talks[step.talk].on) + timedelta(minutes=45) < days.moment(step.at), (
                        now,
                        person,
                    )


@pytest.mark.parametrize("weekday", range(7))
def test_whenever_it_is_made_a_job_is_open_and_approved_before_anybody_comes(weekday: int) -> None:
    for now in [one for one in EVERY_HOUR if one.weekday() == weekday]:
        days = Days(now=now, is_open=is_open)
        for job in load_story().jobs:
            steps = [job.opened, *job.approved, *([job.published] if job.published else []), job.planned]
            first = min(days.moment(one.at) for one in (*job.imports, *job.sent))
            moments = [*map(days.moment, steps), first]
            assert all(before < after for before, after in pairwise(moments)), (now, job.job)


def test_a_moment_that_nobody_can_read_is_refused() -> None:
    with pytest.raises(ValueError, match="is no moment"):
        Days(now=NOW, is_open=is_open).moment("yesterday")


def test_the_diary_takes_nothing_that_lies_in_the_future() -> None:
    with pytest.raises(ValueError, match="lies in the future"):
        Diary(now=NOW).note(at=NOW + timedelta(minutes=1), act=lambda: None)


@pytest.mark.django_db
def test_after_the_story_every_clock_tells_the_real_time_again() -> None:
    with story_clock(starts_at=NOW) as clock, connection.cursor() as cursor:
        clock.turn(to=NOW + timedelta(hours=1))
        cursor.execute("SELECT clock_timestamp(), statement_timestamp(), now()")
        assert {*cursor.fetchone(), timezone.now()} == {NOW + timedelta(hours=1)}
        with pytest.raises(ValueError, match="cannot go back"):
            clock.turn(to=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), statement_timestamp(), now()")
        told = {*cursor.fetchone(), timezone.now()}
        assert NOW + timedelta(hours=1) not in told
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'clock_timestamp'")
        assert cursor.fetchone() == (1,)


def test_nothing_of_an_application_precedes_it(demo: None) -> None:
    for model, moment, way in (
        (Decision, "decided_at", "application"),
        (Document, "received_at", "application"),
        (Screening, "screened_at", "application"),
        (Interview, "created_at", "application"),
        (Interview, "starts_at", "application"),
        (Scorecard, "submitted_at", "interview__application"),
        (Message, "created_at", "thread__application"),
        (Message, "sent_at", "thread__application"),
        (CandidateRequest, "asked_at", "application"),
        (Clock, "started_at", "application"),
        (BreachReason, "given_at", "application"),
    ):
        rows = model._default_manager.all()
        assert rows.exists(), model
        assert not rows.filter(**{f"{moment}__lt": F(f"{way}__applied_at")}).exists(), (model, moment)
    came = dict(Application.objects.values_list("pk", "applied_at"))
    events = Event.objects.filter(object_type="application").values_list("object_id", "recorded_at")
    assert events
    assert all(at >= came[application] for application, at in events)


def test_nothing_lies_in_the_future_but_interviews_and_promises(demo: None) -> None:
    may = {"due_at", "yellow_at", "promised_at", "next_at", "expires_at", "send_after", "starts_at", "ends_at"}
    may |= {("clocks_wake", "at"), ("clocks_clock", "started_at"), ("clocks_clock", "stopped_at")}
    may |= {("mail_arrival", "next_try_at"), ("django_migrations", "applied"), ("procrastinate_events", "at")}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type LIKE 'timestamp%'"
        )
        for table, column in cursor.fetchall():
            if column not in may and (table, column) not in may:
                cursor.execute(f'SELECT max("{column}") FROM "{table}"')  # noqa: S608 - names out of the catalogue
                (latest,) = cursor.fetchone()
                assert latest is None or latest <= NOW, (table, column)


def test_people_of_the_house_act_on_working_days_within_office_hours(demo: None) -> None:
    acts = Event.objects.exclude(actor=None).values_list("verb", "recorded_at")
    assert len(acts) > 100
    for verb, at in acts:
        assert is_open(at.date()), (verb, at)
        assert 8 <= at.hour <= 17, (verb, at)


def test_the_audit_log_lies_in_order_and_is_whole(demo: None) -> None:
    moments = list(Event.objects.order_by("sequence").values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    assert moments[0] < NOW - timedelta(days=35)
    assert check_log().is_whole


def test_clocks_of_every_colour_run_and_some_that_broke_have_a_reason(demo: None) -> None:
    running = Clock.objects.filter(stopped_at=None, is_paused=False, started_at__lte=NOW)
    assert running.filter(yellow_at__gt=NOW).count() >= 5
    assert running.filter(yellow_at__lte=NOW, due_at__gt=NOW).count() >= 2
    assert 2 <= running.filter(due_at__lte=NOW).count() <= 8
    kept = Clock.objects.filter(kind=ClockKind.REVIEW, stopped_at__lte=F("due_at"))
    assert len({at.isocalendar().week for at in kept.values_list("stopped_at", flat=True)}) >= 3
    assert BreachReason.objects.count() >= 5


def test_applicants_wait_for_every_kind_of_work(demo: None) -> None:
    states = set(Application.objects.values_list("work_state", flat=True))
    assert states == {state.value for state in WorkState}


def test_who_applies_twice_without_a_document_is_not_shown_as_being_read(demo: None) -> None:
    assert not Application.objects.filter(screening_state=ScreeningState.WAITING).exists()
    twin = Application.objects.get(person__email__startswith="again.")
    assert twin.screening_state == ScreeningState.NO_DOCUMENT
    assert Application.objects.filter(job=twin.job, person__name=twin.person.name).count() == 2


def test_every_letter_of_the_past_has_gone_and_the_candidates_wrote_too(demo: None) -> None:
    assert not Letter.objects.exclude(state="sent").exists()
    assert not Message.objects.filter(state=MessageState.WAITING, send_after__lte=NOW).exists()
    assert Message.objects.filter(direction=Direction.IN).count() >= 3
    latest = Letter.objects.aggregate(latest=Max("sent_at"))["latest"]
    assert NOW - timedelta(days=3) < latest <= NOW
