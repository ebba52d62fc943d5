from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.pipeline.cast import advance, apply, apply_many

from assay.app.pipeline.actions.applications import index_application
from assay.app.pipeline.models import Application, Job, Stage
from assay.app.pipeline.queries import applicants as listing
from assay.app.pipeline.queries.applicants import list_applicants
from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder, MustHaveState, Waiting
from assay.core.pipeline.status import ApplicationStatus, ScreeningState
from assay.core.screening.result import FlagKind

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DESCENDING = {
    ApplicantOrder.NEWEST,
    ApplicantOrder.WORST,
    ApplicantOrder.NAME_BACKWARD,
    ApplicantOrder.CLOCK_BACKWARD,
    ApplicantOrder.SHORTEST_IN_STAGE,
}
SLOW_IS_FINE = settings(max_examples=15, deadline=None)


def names(job: Job, **fields: object) -> list[str]:
    return [row.name for row in list_applicants(job_id=job.pk, filter_=ApplicantFilter(**fields)).rows]


def pages(job: Job, order: ApplicantOrder) -> list[listing.ApplicantPage]:
    found = [list_applicants(job_id=job.pk, filter_=ApplicantFilter(order=order))]
    while found[-1].next:
        found.append(list_applicants(job_id=job.pk, filter_=ApplicantFilter(order=order), at=found[-1].next))
    return found


def in_order(order: ApplicantOrder, rows: list[Application]) -> list[int]:
    def score(row: Application) -> float:
        return -1.0 if row.score is None else float(row.score)

    def by_clock(row: Application) -> tuple[object, ...]:
        """Running clocks first, the most overdue before all; then those at rest; then who owes nothing."""
        return (2 if row.is_paused else 3 if row.due_at is None else 1, row.due_at or NOW, row.pk)

    keys: dict[ApplicantOrder, Callable[[Application], tuple[object, ...]]] = {
        ApplicantOrder.BEST: lambda row: (-score(row), row.pk),
        ApplicantOrder.NEWEST: lambda row: (row.applied_at, row.pk),
        ApplicantOrder.OLDEST: lambda row: (row.applied_at, row.pk),
        ApplicantOrder.WORST: lambda row: (-score(row), row.pk),
        ApplicantOrder.NAME: lambda row: (row.person.name.lower(), row.person_id, row.pk),
        ApplicantOrder.NAME_BACKWARD: lambda row: (row.person.name.lower(), row.person_id, row.pk),
        ApplicantOrder.CLOCK: by_clock,
        ApplicantOrder.CLOCK_BACKWARD: by_clock,
        ApplicantOrder.LONGEST_IN_STAGE: lambda row: (row.entered_stage_at, row.pk),
        ApplicantOrder.SHORTEST_IN_STAGE: lambda row: (row.entered_stage_at, row.pk),
    }
    return [row.pk for row in sorted(rows, key=keys[order], reverse=order in DESCENDING)]


def with_waits(rows: list[Application]) -> list[Application]:
    """Give applications clocks that run, rest or are not there, and stays of several lengths, with ties."""
    for number, row in enumerate(rows):
        row.entered_stage_at = NOW - timedelta(days=number * 7 % 5)
        row.due_at = None if number % 4 == 0 else NOW + timedelta(hours=number * 11 % 7 - 3)
        row.is_paused = number % 5 == 1
        if row.is_paused:
            row.due_at = None
    Application.objects.bulk_update(rows, ["entered_stage_at", "due_at", "is_paused"])
    return rows


@pytest.mark.parametrize("order", [order for order in ApplicantOrder if order is not ApplicantOrder.RELEVANCE])
@SLOW_IS_FINE
@given(scores=st.lists(st.none() | st.sampled_from([0.0, 12.5, 50.0, 87.125, 100.0]), max_size=230))
def test_paging_returns_every_row_once_in_order_forwards_and_backwards(order, scores, job: Job):
    Application.objects.filter(job=job).delete()
    rows = with_waits(apply_many(job, scores))
    found = pages(job, order)
    shown = [row for page in found for row in page.rows]
    assert [row.id for row in shown] == in_order(order, rows)
    assert [row.number for row in shown] == list(range(1, len(rows) + 1))
    at = found[-1]
    for earlier in reversed(found[:-1]):
        at = list_applicants(job_id=job.pk, filter_=ApplicantFilter(order=order), at=at.previous)
        assert at.rows == earlier.rows
    assert at.previous == ""


def test_a_page_has_fifty_rows_and_counts_all(job: Job):
    apply_many(job, [50.0] * 51)
    page = list_applicants(job_id=job.pk, filter_=ApplicantFilter())
    assert (len(page.rows), page.total, page.total_is_capped, page.previous) == (50, 51, False, "")
    following = list_applicants(job_id=job.pk, filter_=ApplicantFilter(), at=page.next)
    assert (len(following.rows), following.next, following.total) == (1, "", 51)


def test_a_row_that_arrives_between_two_pages_moves_nobody_onto_both(job: Job):
    apply_many(job, [float(n % 90) for n in range(60)])
    first = list_applicants(job_id=job.pk, filter_=ApplicantFilter())
    apply(job, "Late and best", score=99)
    second = list_applicants(job_id=job.pk, filter_=ApplicantFilter(), at=first.next)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def test_a_position_of_another_order_or_of_nowhere_gives_the_first_page(job: Job):
    apply_many(job, [float(n % 100) for n in range(60)])
    by_name = list_applicants(job_id=job.pk, filter_=ApplicantFilter(order=ApplicantOrder.NAME)).next
    for at in (by_name, "!!!", "", "bm90IGpzb24", "W10"):
        assert list_applicants(job_id=job.pk, filter_=ApplicantFilter(), at=at).rows[0].number == 1


def test_filters_keep_those_who_match(job: Job):
    met = apply(job, "Met", score=80, must_haves_met=3, must_haves_total=3)
    apply(job, "Unclear", score=60, must_haves_met=2, must_haves_total=3, needs_review=False)
    apply(job, "Missing", score=40, must_haves_met=1, must_haves_missing=2, must_haves_total=3)
    apply(job, "Flagged", score=20, flags=[FlagKind.HIDDEN_TEXT.value, FlagKind.THIN_TEXT.value], needs_review=False)
    apply(job, "Unread", screening_state=ScreeningState.NEEDS_PERSON, needs_review=False)
    apply(job, "Held", status=ApplicationStatus.HELD)
    advance(met)
    assert names(job) == ["Met", "Unclear", "Missing", "Flagged", "Unread"]
    assert names(job, status=ApplicationStatus.HELD) == ["Held"]
    assert set(names(job, status=None)) == {"Met", "Unclear", "Missing", "Flagged", "Unread", "Held"}
    assert names(job, must_haves=MustHaveState.ALL_MET) == ["Met"]
    assert names(job, must_haves=MustHaveState.NONE_MISSING) == ["Met", "Unclear"]
    assert names(job, must_haves=MustHaveState.SOME_UNCLEAR) == ["Unclear"]
    assert names(job, must_haves=MustHaveState.SOME_MISSING) == ["Missing"]
    assert names(job, score_from=60) == ["Met", "Unclear"]
    assert names(job, score_from=40, score_below=80) == ["Unclear", "Missing"]
    assert names(job, flag=FlagKind.THIN_TEXT) == ["Flagged"]
    assert names(job, waiting=Waiting.REVIEW) == ["Missing"]
    assert names(job, waiting=Waiting.PERSON) == ["Unread"]
    assert names(job, stage_id=Stage.objects.get(job=job, position=2).pk) == ["Met"]
    assert names(job, stage_id=2**52) == []


def test_nobody_of_another_job_is_listed(job: Job, recruiter):
    from tests.app.pipeline.cast import make_job

    apply(make_job(recruiter, title="Another"), "Elsewhere", score=99)
    assert names(job, status=None) == []


@pytest.fixture
def searchable(job: Job) -> Job:
    for name, score, text, skills in (
        ("Will Hastings", 90, "Deployed forecasting models and the feature store.", ["Kafka"]),
        ("Ann-Kathrin Öz", 80, "Was on-call for streaming pipelines. Never deployed alone.", ["Flink"]),
        ("María José Núñez", 70, "Teaching assistant, wrote Java code in the store.", ["Java"]),
    ):
        index_application(application_id=apply(job, name, score=score).pk, text=text, skills=skills)
    return job


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("hastings", ["Will Hastings"]),
        ("Hastings deploying", ["Will Hastings"]),
        ("kafka", ["Will Hastings"]),
        ("deploy", ["Will Hastings", "Ann-Kathrin Öz"]),
        ("deployed -streaming", ["Will Hastings"]),
        ('"feature store"', ["Will Hastings"]),
        ("feature store", ["Will Hastings"]),
        ("kafka or flink", ["Will Hastings", "Ann-Kathrin Öz"]),
        ("on call", ["Ann-Kathrin Öz"]),
        ("on-call", ["Ann-Kathrin Öz"]),
        ("the streaming", ["Ann-Kathrin Öz"]),
        ("will", ["Will Hastings"]),
        ("öz", ["Ann-Kathrin Öz"]),
        ("núñez java", ["María José Núñez"]),
        ("-java", ["Will Hastings", "Ann-Kathrin Öz"]),
        ("cobol", []),
    ],
)
def test_a_search_finds_names_skills_and_words_in_any_form(searchable: Job, asked: str, found: list[str]):
    assert names(searchable, text=asked) == found


def test_relevance_puts_a_hit_in_the_name_before_a_hit_in_the_text(job: Job):
    index_application(application_id=apply(job, "Anna", score=99).pk, text="Worked with Kafka Müller.", skills=[])
    index_application(application_id=apply(job, "Kafka Müller", score=1).pk, text="", skills=[])
    assert names(job, text="kafka müller", order=ApplicantOrder.RELEVANCE) == ["Kafka Müller", "Anna"]


def test_relevance_pages_through_every_hit_once(job: Job):
    rows = apply_many(job, [None] * 120)
    for row in rows:
        index_application(application_id=row.pk, text="kafka " * (row.pk % 3 + 1), skills=[])
    chosen = ApplicantFilter(text="kafka", order=ApplicantOrder.RELEVANCE)
    seen: list[int] = []
    at = ""
    while True:
        page = list_applicants(job_id=job.pk, filter_=chosen, at=at)
        seen += [row.id for row in page.rows]
        at = page.next
        if not at:
            break
    assert len(seen) == 120
    assert set(seen) == {row.pk for row in rows}


@SLOW_IS_FINE
@given(text=st.text(max_size=60))
def test_no_search_text_breaks_the_statement(text, job: Job):
    for order in (ApplicantOrder.BEST, ApplicantOrder.RELEVANCE):
        with transaction.atomic():
            list_applicants(job_id=job.pk, filter_=ApplicantFilter(text=text.replace("\0", ""), order=order))


def test_more_rows_than_are_counted_are_said_to_be_at_least_that_many(job: Job, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_COUNTED", 10)
    apply_many(job, [1.0] * 12)
    page = list_applicants(job_id=job.pk, filter_=ApplicantFilter())
    assert (page.total, page.most, page.total_is_capped) == (11, 10, True)
