"""The board: who stands in which column, exact figures, further cards, and a filter that all views share."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.pipeline.cast import advance, apply, apply_many, apply_with_clocks

from assay.app.pipeline.board_sql import COLUMN_SIZE
from assay.app.pipeline.models import Application, Job, Stage
from assay.app.pipeline.queries.applicants import list_applicants
from assay.app.pipeline.queries.board import BoardColumn, get_board, get_more_cards
from assay.app.pipeline.queries.jobs import StageView, get_job
from assay.app.pipeline.queries.picking import list_matching_ids
from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder, read_applicant_filter
from assay.core.pipeline.applicant_view import read_applicant_view
from assay.core.pipeline.clock_state import ClockState
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.core.pipeline.work_state import WorkState

NOW = timezone.now()
SLOW_IS_FINE = settings(max_examples=6, deadline=None)
ORDERS = [ApplicantOrder.BEST, ApplicantOrder.CLOCK, ApplicantOrder.NEWEST, ApplicantOrder.LONGEST_IN_STAGE]


def stages(job: Job) -> tuple[StageView, ...]:
    rows = Stage.objects.filter(job=job, retired_at=None).order_by("position")
    return tuple(StageView(row.pk, row.name, row.group, row.position) for row in rows)


def columns(job: Job, filter_: ApplicantFilter | None = None) -> list[BoardColumn]:
    groups = get_board(job_id=job.pk, stages=stages(job), filter_=filter_ or ApplicantFilter(), now=NOW)
    return [column for group in groups for column in group.columns]


def names(job: Job, **fields: object) -> Sequence[str]:
    return sorted(card.name for column in columns(job, ApplicantFilter(**fields)) for card in column.cards)


def test_everybody_stands_in_the_column_of_their_stage_under_its_milestone(job: Job):
    ada, bo = apply(job, "Ada", score=90), apply(job, "Bo", score=50)
    advance(bo, 4)
    groups = get_board(job_id=job.pk, stages=stages(job), filter_=ApplicantFilter(), now=NOW)
    assert [group.group for group in groups] == list(StageGroup)
    assert [[column.stage.name for column in group.columns] for group in groups][:3] == [
        ["New", "Shortlist"],
        ["Work sample"],
        ["Interviews", "Decision"],
    ]
    assert {card.id: column.stage.name for column in columns(job) for card in column.cards} == {
        ada.pk: "New",
        bo.pk: "Interviews",
    }
    assert [group.count for group in groups] == [1, 0, 1, 0, 0]


def test_the_figures_of_a_column_are_exact(job: Job):
    late, soon = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    for days, due, is_paused in ((1, late, False), (3, late, True), (8, soon, False), (20, None, False)):
        apply(job, "x", entered_stage_at=NOW - timedelta(days=days), due_at=due, is_paused=is_paused)
    figures = columns(job)[0].figures
    assert (figures.count, figures.overdue) == (4, 1)
    assert figures.median_days == pytest.approx(5.5, abs=0.01)


@pytest.mark.parametrize("clock", list(ClockState))
def test_a_clock_is_filtered_by_the_same_rule_that_colours_it(job: Job, clock: ClockState):
    hour = timedelta(hours=1)
    times = [(None, None), (NOW - hour, NOW), (NOW - hour, NOW + hour), (NOW, NOW + hour), (NOW + hour, NOW + 2 * hour)]
    for is_paused in (False, True):
        for yellow_at, due_at in (*times, (None, NOW + hour)):
            apply(job, "x", yellow_at=yellow_at, due_at=due_at, is_paused=is_paused)
    everyone = list_applicants(job_id=job.pk, filter_=ApplicantFilter(), now=NOW).rows
    asked = list_applicants(job_id=job.pk, filter_=ApplicantFilter(clock=clock), now=NOW).rows
    assert {row.id for row in asked} == {row.id for row in everyone if row.clock is clock}
    assert asked


def test_work_state_source_and_origin_narrow_every_view_alike(job: Job):
    apply(job, "Ada", work_state=WorkState.FEEDBACK, source="Referral", is_internal=True)
    apply(job, "Bo", work_state=WorkState.REVIEW, source="Careers page")
    for fields, found in (
        ({"work": WorkState.FEEDBACK}, ["Ada"]),
        ({"source": "Careers page"}, ["Bo"]),
        ({"is_internal": True}, ["Ada"]),
        ({"is_internal": False}, ["Bo"]),
        ({}, ["Ada", "Bo"]),
    ):
        filter_ = ApplicantFilter(**fields)
        assert names(job, **fields) == found
        assert sorted(row.name for row in list_applicants(job_id=job.pk, filter_=filter_).rows) == found
        picked = list_matching_ids(job_id=job.pk, filter_=filter_, now=NOW, most=10)
        assert sorted(Application.objects.filter(pk__in=picked).values_list("person__name", flat=True)) == found


def test_whoever_was_hired_stands_in_the_column_of_hires_though_no_longer_active(job: Job):
    hired = advance(apply(job, "Hired", status=ApplicationStatus.HIRED), 7)
    apply(job, "Withdrawn", status=ApplicationStatus.WITHDRAWN)
    *others, last = columns(job)
    assert [card.id for card in last.cards] == [hired.pk]
    assert all(not column.cards for column in others)
    listed = read_applicant_filter(fields=dict(part.split("=") for part in last.query.split("&")))
    assert [row.id for row in list_applicants(job_id=job.pk, filter_=listed).rows] == [hired.pk]


def test_every_number_of_a_column_opens_exactly_what_it_counts(job: Job, recruiter, browse):
    for n in range(5):
        apply(job, f"A{n}", due_at=NOW - timedelta(days=1) if n < 2 else NOW + timedelta(days=900))
    page = browse(recruiter).get(f"/jobs/{job.pk}/board").content.decode().replace("&amp;", "&")
    stage = Stage.objects.get(job=job, position=1).pk
    for link, total in ((f"?view=table&stage={stage}", 5), (f"?view=table&stage={stage}&clock=red", 2)):
        assert f'href="{link}"' in page
        assert f"of {total}" in browse(recruiter).get(f"/jobs/{job.pk}/{link}").content.decode()


@pytest.mark.parametrize("order", ORDERS)
@SLOW_IS_FINE
@given(scores=st.lists(st.none() | st.sampled_from([0.0, 12.5, 50.0, 100.0]), min_size=1, max_size=95))
def test_further_cards_bring_everybody_once_in_the_order_of_the_column(order, scores, job: Job):
    Application.objects.filter(job=job).delete()
    rows = apply_with_clocks(job, scores, now=NOW)
    filter_ = ApplicantFilter(order=order)
    first = columns(job, filter_)[0]
    found, at = list(first.cards), first.more
    assert len(found) == min(COLUMN_SIZE, len(rows))
    while at:
        more, at = get_more_cards(job_id=job.pk, stage=first.stage, filter_=filter_, at=at, now=NOW)
        found += more
    assert sorted(card.id for card in found) == sorted(row.pk for row in rows)
    listed, at = [], ""
    while True:
        page = list_applicants(job_id=job.pk, filter_=filter_, at=at, now=NOW)
        listed += [row.id for row in page.rows]
        at = page.next
        if not at:
            break
    assert [card.id for card in found] == listed


def test_the_most_overdue_come_first_and_clocks_at_rest_last(job: Job):
    for name, due, is_paused in (
        ("Rest", -9, True),
        ("Nothing", None, False),
        ("Later", 5, False),
        ("Late", -1, False),
        ("Latest", -5, False),
    ):
        apply(job, name, due_at=None if due is None else NOW + timedelta(hours=due), is_paused=is_paused)
    first = columns(job, ApplicantFilter(order=ApplicantOrder.CLOCK))[0]
    assert [card.name for card in first.cards] == ["Latest", "Late", "Later", "Rest", "Nothing"]


def test_a_search_narrows_the_board(job: Job):
    from assay.app.pipeline.actions.applications import index_application

    for name in ("Ada", "Bo"):
        index_application(application_id=apply(job, name).pk, text=f"{name} wrote Kafka" * (name == "Bo"), skills=[])
    assert names(job, text="kafka") == ["Bo"]
    assert columns(job, ApplicantFilter(text="kafka"))[0].figures.count == 1


def test_a_board_takes_as_many_queries_however_many_cards_it_has(
    job: Job, recruiter, browse, django_assert_num_queries
):
    client = browse(recruiter)
    for rows in (1, 200):
        apply_many(job, [float(n % 100) for n in range(rows)])
        with django_assert_num_queries(2 + 6):
            page = client.get(f"/jobs/{job.pk}/board")
        assert page.content.decode().count('class="card"') == min(COLUMN_SIZE, Application.objects.count())


def test_a_stage_of_another_job_or_of_none_has_no_cards(job: Job, recruiter, browse):
    client = browse(recruiter)
    assert client.get(f"/jobs/{job.pk}/board/999999").status_code == 404
    stage = Stage.objects.filter(job=job)[0].pk
    for at in ("", "!!!", "W10", "%00"):
        assert client.get(f"/jobs/{job.pk}/board/{stage}?at={at}").status_code == 200


def test_a_view_of_the_team_is_what_a_bare_address_shows_once_it_is_the_default(
    job: Job, recruiter, interviewer, browse
):
    apply(job, "Ada")
    client = browse(recruiter)
    kept = {"name": "Late ones", "view": "board", "clock": "red", "for": "default"}
    assert client.post(f"/jobs/{job.pk}/filters", kept).status_code == 302
    opened = browse(interviewer).get(f"/jobs/{job.pk}/")
    assert opened["Location"] == f"/jobs/{job.pk}/?view=board&clock=red"
    assert "Late ones" in browse(interviewer).get(opened["Location"]).content.decode()
    assert browse(interviewer).get(f"/jobs/{job.pk}/?view=table").status_code == 200
    [view] = get_job(actor=recruiter, job_id=job.pk).team_filters
    assert client.post(f"/jobs/{job.pk}/views", {"view_id": ""}).status_code == 302
    assert browse(interviewer).get(f"/jobs/{job.pk}/").status_code == 200
    client.post(f"/jobs/{job.pk}/views", {"view_id": view.id, "act": "forget"})
    assert get_job(actor=recruiter, job_id=job.pk).team_filters == ()


def test_only_one_view_of_the_team_is_the_default(job: Job, recruiter, browse):
    client = browse(recruiter)
    for name in ("One", "Two"):
        client.post(f"/jobs/{job.pk}/filters", {"name": name, "view": "board", "for": "default"})
    views = get_job(actor=recruiter, job_id=job.pk).team_filters
    assert [(view.name, view.is_default) for view in views] == [("One", False), ("Two", True)]


def test_an_interviewer_keeps_views_for_themself_and_none_for_the_team(job: Job, interviewer, browse):
    answer = browse(interviewer).post(f"/jobs/{job.pk}/filters", {"name": "x", "view": "board", "for": "team"})
    assert answer.status_code == 403
    assert browse(interviewer).post(f"/jobs/{job.pk}/views", {"view_id": "1"}).status_code == 403


def test_the_columns_of_the_table_are_those_of_the_address(job: Job, recruiter, browse):
    apply(job, "Ada", source="Referral", work_state=WorkState.DECISION)
    page = browse(recruiter).get(f"/jobs/{job.pk}/?view=table&cols=source&cols=work").content.decode()
    assert "Referral" in page
    assert "Needs decision" in page
    assert "Days in stage</a>" not in page
    shown = read_applicant_view(fields={}, columns=["work,source", "nonsense"]).columns
    assert [column.value for column in shown] == ["work", "source"]


@pytest.mark.parametrize(
    "query", ["view=nonsense&cols=x&work=y&clock=z&internal=maybe", "source=%00%00&sort=-clock&view=board", "stage=0"]
)
def test_no_address_of_a_board_breaks_it(job: Job, recruiter, browse, query):
    apply(job, "Ada")
    client = browse(recruiter)
    for path in ("", "board", "board/figures"):
        assert client.get(f"/jobs/{job.pk}/{path}?{query}").status_code == 200


def test_a_card_says_in_words_what_its_colours_say_and_escapes_what_people_wrote(job: Job, recruiter, browse):
    apply(
        job,
        "<b>Ada</b>",
        score=70,
        due_at=NOW - timedelta(hours=30),
        work_state=WorkState.REVIEW,
        flags=["prompt_like_text"],
        is_internal=True,
        must_haves_met=1,
        must_haves_missing=2,
        must_haves_total=3,
    )
    page = browse(recruiter).get(f"/jobs/{job.pk}/board").content.decode()
    assert "&lt;b&gt;Ada&lt;/b&gt;" in page
    for words in (
        "30 h late",
        "Needs review",
        "Text aimed at machines",
        "internal",
        "likely 65 to 75",
        "1 past due",
    ):
        assert words in page


@pytest.mark.parametrize("view", ["board", "table", "stages"])
def test_a_filter_answers_with_the_list_alone_in_every_view(job: Job, recruiter, browse, view):
    apply(job, "Ada")
    answer = browse(recruiter).get(f"/jobs/{job.pk}/?view={view}", headers={"HX-Request": "true"}).content.decode()
    assert "Ada" in answer
    assert "<html" not in answer
    assert f'data-view="{view}"' in answer
