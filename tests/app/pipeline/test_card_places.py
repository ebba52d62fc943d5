"""The place of a card in its column: the one that the next loading of the board gives it, whatever order and filter."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.pipeline.cast import advance, apply, apply_many, apply_with_clocks

from assay.app.pipeline.models import Application, Job, Stage
from assay.app.pipeline.queries.applicants import list_applicants
from assay.app.pipeline.queries.neighbours import find_neighbours
from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder
from assay.core.pipeline.status import ApplicationStatus

NOW = timezone.now()
SLOW_IS_FINE = settings(max_examples=4, deadline=None)


def place_of(page: str) -> dict[str, str]:
    """Read what the figures say about the card that moved."""
    opening = page[page.index("<ol data-place") :].split(">", 1)[0]
    return dict(re.findall(r'data-([a-z]+)="([^"]*)"', opening))


@pytest.mark.parametrize("order", [one for one in ApplicantOrder if one is not ApplicantOrder.RELEVANCE])
@SLOW_IS_FINE
@given(scores=st.lists(st.none() | st.sampled_from([0.0, 12.5, 100.0]), min_size=1, max_size=30))
def test_neighbours_place_and_total_are_those_of_the_list_whatever_its_order(order, scores, job: Job):
    Application.objects.filter(job=job).delete()
    apply_with_clocks(job, scores, now=NOW)
    filter_ = ApplicantFilter(order=order)
    listed = [row.id for row in list_applicants(job_id=job.pk, filter_=filter_, now=NOW).rows]
    for at, one in enumerate(listed):
        found = find_neighbours(job_id=job.pk, filter_=filter_, application_id=one, now=NOW, nearest=3)
        assert found is not None
        assert list(found.before) == listed[:at][::-1][:3]
        assert list(found.after) == listed[at + 1 : at + 4]
        assert (found.place, found.total) == (at + 1, len(listed))
        opened = list_applicants(job_id=job.pk, filter_=filter_, at=found.opens_at, now=NOW).rows
        assert [(row.number, row.id) for row in opened][:1] == [(at + 1, one)]


def test_the_figures_after_a_move_name_the_place_that_the_order_gives(job: Job, recruiter, browse):
    best, moved, last = (apply(job, name, score=score) for name, score in (("A", 90), ("B", 70), ("C", 50)))
    for one in (best, moved, last):
        advance(one)
    page = browse(recruiter).get(f"/jobs/{job.pk}/board/figures?view=board&card={moved.pk}").content.decode()
    place = place_of(page)
    assert place["place"] == str(moved.stage_id)
    assert (place["before"], place["after"], place["number"]) == (str(best.pk), str(last.pk), "2 of 3")
    backward = browse(recruiter).get(f"/jobs/{job.pk}/board/figures?view=board&sort=score&card={moved.pk}")
    turned = place_of(backward.content.decode())
    assert (turned["before"], turned["after"]) == (str(last.pk), str(best.pk))


def test_the_link_to_a_card_that_is_further_down_opens_the_list_at_it(job: Job, recruiter, browse):
    rows = apply_many(job, [float(n) for n in range(60)])
    for row in rows:
        advance(row)
    far = rows[9]
    page = browse(recruiter).get(f"/jobs/{job.pk}/board/figures?view=board&card={far.pk}").content.decode()
    place = place_of(page)
    assert place["number"] == "51 of 60"
    opened = browse(recruiter).get(place["list"].replace("&amp;", "&")).content.decode()
    first_row = opened[opened.index("data-row=") :].split('"')[1]
    assert first_row == str(far.pk)
    assert "51 to 60 of 60" in opened


@pytest.mark.parametrize("query", ["waiting=review", "stage=1", "status=held", "q=nobody"])
def test_a_card_that_the_filter_leaves_out_has_no_place(job: Job, recruiter, browse, query):
    moved = advance(apply(job, "Ada", score=50))
    page = browse(recruiter).get(f"/jobs/{job.pk}/board/figures?view=board&{query}&card={moved.pk}").content.decode()
    assert set(place_of(page)) == {"place"}


def test_a_card_of_another_job_or_of_none_has_no_place(job: Job, recruiter, browse):
    client = browse(recruiter)
    for card in ("", "0", "999999", "x", "1" * 30):
        page = client.get(f"/jobs/{job.pk}/board/figures?view=board&card={card}").content.decode()
        assert "data-place" not in page


def test_a_hire_has_its_place_among_the_hires(job: Job, recruiter, browse):
    hired = advance(apply(job, "Ada", status=ApplicationStatus.HIRED), 7)
    page = browse(recruiter).get(f"/jobs/{job.pk}/board/figures?view=board&card={hired.pk}").content.decode()
    assert place_of(page)["number"] == "1 of 1"
    assert Stage.objects.get(pk=hired.stage_id).group == "hired"


def test_in_a_search_ordered_by_closeness_the_neighbours_are_those_of_the_list(job: Job):
    from assay.app.pipeline.actions.applications import index_application

    for number, name in enumerate(("Ada", "Bo", "Cy", "Di")):
        one = apply(job, name, score=50)
        index_application(application_id=one.pk, text=f"{name} wrote " + "Kafka " * (number % 3 + 1), skills=[])
    apply(job, "Nobody", score=99)
    filter_ = ApplicantFilter(text="kafka", order=ApplicantOrder.RELEVANCE)
    listed = [row.id for row in list_applicants(job_id=job.pk, filter_=filter_, now=NOW).rows]
    assert len(listed) == 4
    found = find_neighbours(job_id=job.pk, filter_=filter_, application_id=listed[1], now=NOW)
    assert found is not None
    assert (found.before, found.after, found.place, found.total) == ((listed[0],), (listed[2],), 2, 4)


def test_an_anchor_keeps_the_place_of_one_who_moved_on_and_a_forged_one_is_as_none(job: Job):
    rows = [apply(job, name, due_at=NOW + timedelta(hours=n)) for n, name in enumerate("ABCD")]
    filter_ = ApplicantFilter(order=ApplicantOrder.CLOCK)
    ids = [row.pk for row in rows]
    before = find_neighbours(job_id=job.pk, filter_=filter_, application_id=ids[1], now=NOW)
    assert before is not None
    Application.objects.filter(pk=ids[1]).update(due_at=NOW + timedelta(days=9))
    kept = find_neighbours(job_id=job.pk, filter_=filter_, application_id=ids[1], now=NOW, at=before.anchor)
    assert kept is not None
    assert (kept.before, kept.after) == ((ids[0],), (ids[2],))
    for forged in ("", "!!!", "W10", find_neighbours_anchor(job, filter_, ids[3])):
        free = find_neighbours(job_id=job.pk, filter_=filter_, application_id=ids[1], now=NOW, at=forged)
        assert free is not None
        assert free.before == (ids[3],)


def find_neighbours_anchor(job: Job, filter_: ApplicantFilter, application_id: int) -> str:
    found = find_neighbours(job_id=job.pk, filter_=filter_, application_id=application_id, now=NOW)
    assert found is not None
    return found.anchor
