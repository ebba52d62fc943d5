"""A list that a search narrows is the whole list less those who lack the words, however many are found."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.pipeline.cast import apply, apply_many, apply_with_clocks, make_job

from assay.app.pipeline.listing_sql import applicant_statement
from assay.app.pipeline.models import Application, Job
from assay.app.pipeline.queries.applicants import ApplicantPage, list_applicants
from assay.app.pipeline.queries.neighbours import find_neighbours
from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
BY_CLOSENESS = ApplicantOrder.RELEVANCE
ORDERS = [order for order in ApplicantOrder if order is not BY_CLOSENESS]
TEXTS = ("kafka", "kafka feature", '"feature store"', "kafka or store", "kafka -intern", "-intern", '-"feature store"')
RESUMES = ("Kafka.", "Kafka, intern.", "A feature store.", "The store has a feature in Kafka.", "Nothing.")
SLOW_IS_FINE = settings(max_examples=3, deadline=None)


def write(rows: Sequence[Application], resumes: Sequence[str]) -> None:
    """Give applications the words of their documents, as indexing does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pipeline_application a SET search = setweight(to_tsvector('english', new.text), 'C')"
            " FROM unnest(%s::bigint[], %s::text[]) AS new(id, text) WHERE a.id = new.id",
            [[row.pk for row in rows], list(resumes)],
        )


def has(resume: str, text: str) -> bool:
    """Say whether a résumé of ``RESUMES`` is found by a search of ``TEXTS``, without a database."""
    words = resume.lower().replace(".", "").replace(",", "").split()
    is_store = "feature store" in " ".join(words)
    return {
        "kafka": "kafka" in words,
        "kafka feature": "kafka" in words and "feature" in words,
        '"feature store"': is_store,
        "kafka or store": "kafka" in words or "store" in words,
        "kafka -intern": "kafka" in words and "intern" not in words,
        "-intern": "intern" not in words,
        '-"feature store"': not is_store,
    }[text]


def pages(job: Job, filter_: ApplicantFilter) -> list[ApplicantPage]:
    found = [list_applicants(job_id=job.pk, filter_=filter_, now=NOW)]
    while found[-1].next:
        found.append(list_applicants(job_id=job.pk, filter_=filter_, at=found[-1].next, now=NOW))
    return found


def ids(found: Sequence[ApplicantPage]) -> list[int]:
    return [row.id for page in found for row in page.rows]


@pytest.fixture(params=["few", "many"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let a search find few, or more than are counted, by lowering what counts as many."""
    if request.param == "many":
        monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_COUNTED", 4)
        monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_READ", 2)
    return str(request.param)


@pytest.mark.parametrize("order", ORDERS)
@SLOW_IS_FINE
@given(data=st.data(), text=st.sampled_from(TEXTS))
def test_a_searched_list_is_the_whole_list_less_those_who_lack_the_words(order, data, text, size: str, job: Job):
    Application.objects.filter(job=job).delete()
    scores = data.draw(st.lists(st.none() | st.sampled_from([0.0, 12.5, 100.0]), max_size=70))
    rows = apply_with_clocks(job, scores, now=NOW)
    resumes = data.draw(st.lists(st.sampled_from(RESUMES), min_size=len(rows), max_size=len(rows)))
    write(rows, resumes)
    asked = {row.pk for row, resume in zip(rows, resumes, strict=True) if has(resume, text)}
    found = pages(job, ApplicantFilter(order=order, text=text))
    assert ids(found) == [pk for pk in ids(pages(job, ApplicantFilter(order=order))) if pk in asked]
    shown = found[0]
    if shown.rows:
        assert shown.total_is_capped == (len(asked) > shown.most)
        assert shown.most < shown.total <= len(asked) if shown.total_is_capped else shown.total == len(asked)
    at = found[-1]
    for earlier in reversed(found[:-1]):
        at = list_applicants(job_id=job.pk, filter_=ApplicantFilter(order=order, text=text), at=at.previous, now=NOW)
        assert at.rows == earlier.rows


@pytest.mark.parametrize("order", ORDERS)
@SLOW_IS_FINE
@given(scores=st.lists(st.none() | st.sampled_from([0.0, 12.5]), min_size=1, max_size=12), text=st.sampled_from(TEXTS))
def test_neighbours_in_a_search_are_those_of_its_list_however_many_are_found(order, scores, text, size: str, job: Job):
    Application.objects.filter(job=job).delete()
    rows = apply_with_clocks(job, scores, now=NOW)
    write(rows, [RESUMES[number % len(RESUMES)] for number in range(len(rows))])
    filter_ = ApplicantFilter(order=order, text=text)
    listed = ids(pages(job, filter_))
    for row in rows:
        around = find_neighbours(job_id=job.pk, filter_=filter_, application_id=row.pk, now=NOW, nearest=2)
        assert around is not None
        assert around.is_inside == (row.pk in listed)
        if around.is_inside:
            at = listed.index(row.pk)
            assert (list(around.before), list(around.after)) == (listed[:at][::-1][:2], listed[at + 1 : at + 3])
            assert (around.place, around.total) == (at + 1, len(listed))


def ranked_by_closeness(job: Job) -> list[Application]:
    """Make seventy applicants of whom sixty wrote of Kafka, the worse scored the more."""
    rows = apply_many(job, [float(90 - number) for number in range(70)])
    write(rows, [f"{'Kafka ' * (number + 1)} again and again." for number in range(60)] + ["Nothing."] * 10)
    return rows


def test_of_few_everybody_found_is_listed_by_closeness(job: Job):
    rows = ranked_by_closeness(job)
    found = pages(job, ApplicantFilter(text="kafka", order=BY_CLOSENESS))
    assert ids(found) == [row.pk for row in reversed(rows[:60])]
    assert (found[0].total, found[0].listed, found[0].total_is_capped) == (60, 60, False)


@pytest.mark.parametrize(("text", "most"), [("kafka", 20), ('"kafka again"', 5)])
def test_of_many_the_best_scored_are_listed_by_closeness_and_the_neighbours_agree(
    text: str, most: int, job: Job, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_COUNTED", 20)
    monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_READ", 5)
    monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_RANKED_OF_MANY", 8)
    rows = ranked_by_closeness(job)
    filter_ = ApplicantFilter(text=text, order=BY_CLOSENESS)
    found = pages(job, filter_)
    assert set(ids(found)) == {row.pk for row in rows[:8]}
    assert (found[0].most, found[0].total_is_capped, found[0].listed) == (most, True, 8)
    listed = ids(found)
    for at, one in enumerate(listed):
        around = find_neighbours(job_id=job.pk, filter_=filter_, application_id=one, now=NOW)
        assert around is not None
        assert (list(around.before), list(around.after)) == (listed[:at][::-1][:1], listed[at + 1 : at + 2])
    assert find_neighbours(job_id=job.pk, filter_=filter_, application_id=rows[30].pk, now=NOW) is None


def test_a_list_by_closeness_says_how_many_of_how_many_are_in_it(
    job: Job, recruiter, browse, monkeypatch: pytest.MonkeyPatch
):
    ranked_by_closeness(job)
    client = browse(recruiter)
    whole = client.get(f"/jobs/{job.pk}/?q=kafka&sort=relevance").content.decode()
    assert "1 to 50 of 60" in whole
    assert "All 60 that match" in whole
    monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_RANKED", 55)
    best = client.get(f"/jobs/{job.pk}/?q=kafka&sort=relevance").content.decode()
    assert "1 to 50 of the 55 best scored of 60" in best
    monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_COUNTED", 20)
    monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_RANKED_OF_MANY", 8)
    capped = client.get(f"/jobs/{job.pk}/?q=kafka&sort=relevance").content.decode()
    assert "1 to 8 of the 8 best scored of 20+" in capped
    assert "All 20+ that match" in capped
    assert "All" not in client.get(f"/jobs/{job.pk}/?q=cobol").content.decode().split("data-bulk-count")[1][:200]


def test_nobody_of_another_job_or_beside_the_filter_is_found_few_or_many(size: str, job: Job, recruiter):
    other = make_job(recruiter, title="Another")
    for place in (job, other):
        write(apply_many(place, [float(number) for number in range(9)]), ["Kafka."] * 9)
    held = apply(job, "Held", score=99, status="held")
    write([held], ["Kafka."])
    mine = set(Application.objects.filter(job=job, status="active").values_list("pk", flat=True))
    for order in ApplicantOrder:
        found = pages(job, ApplicantFilter(text="kafka", order=order))
        assert set(ids(found)) == mine
    narrow = ApplicantFilter(text="kafka", score_from=6)
    assert [row.score for row in pages(job, narrow)[0].rows] == [8, 7, 6]


@pytest.mark.parametrize("order", list(ApplicantOrder))
def test_a_searched_list_is_asked_for_in_one_statement(order, size: str, job: Job, django_assert_num_queries):
    write(apply_many(job, [1.0] * 9), ["Kafka."] * 9)
    with django_assert_num_queries(1):
        list_applicants(job_id=job.pk, filter_=ApplicantFilter(text="kafka", order=order))


def plan(job: Job, text: str) -> str:
    """Return how PostgreSQL goes about a search, as it went."""
    filter_ = ApplicantFilter(text=text)
    asked = applicant_statement(job_id=job.pk, filter_=filter_, position=None, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) {asked.sql}", asked.values)
        return "\n".join(row[0] for row in cursor.fetchall())


def test_however_frequent_a_word_is_the_index_is_asked_for_it_and_rows_are_read_only_when_there_are_many(
    job: Job, monkeypatch: pytest.MonkeyPatch
):
    rows = apply_many(job, [float(number % 100) for number in range(3_000)])
    write(rows, ["Kafka." if number % 3 else "Nothing." for number in range(3_000)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('application_search')")
        cursor.execute("ANALYZE pipeline_application")
    few = plan(job, "kafka")
    found = few[few.index("CTE found") : few.index("CTE counted")]
    assert "Bitmap Index Scan on application_search" in found
    in_order = r"Index Scan using application_in_rank_order on pipeline_application \w+ "
    assert re.search(in_order + r"\(never executed\)", few)
    monkeypatch.setattr("assay.app.pipeline.found_sql.MOST_COUNTED", 1_000)
    many = plan(job, "kafka")
    assert re.search(in_order + r"\(actual rows=51\b", many)
