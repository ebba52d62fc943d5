from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.applicant_filter import (
    ApplicantFilter,
    ApplicantOrder,
    MustHaveState,
    Waiting,
    read_applicant_filter,
    write_applicant_filter,
)
from assay.core.pipeline.status import ApplicationStatus
from assay.core.screening.result import FlagKind

words = st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=12)
filters = st.builds(
    ApplicantFilter,
    text=st.lists(words, min_size=1, max_size=4).map(" ".join),
    stage_id=st.none() | st.integers(1, 2**50),
    status=st.none() | st.sampled_from(ApplicationStatus),
    must_haves=st.none() | st.sampled_from(MustHaveState),
    score_from=st.none() | st.integers(0, 100),
    score_below=st.none() | st.integers(0, 101),
    flag=st.none() | st.sampled_from(FlagKind),
    waiting=st.none() | st.sampled_from(Waiting),
    order=st.sampled_from(ApplicantOrder),
)


@given(filters)
def test_a_filter_survives_being_an_address(chosen):
    assert read_applicant_filter(fields=dict(parse_qsl(write_applicant_filter(filter_=chosen)))) == chosen


field_names = st.sampled_from(["q", "stage", "status", "musts", "min", "below", "flag", "waiting", "sort"])


@given(st.dictionaries(field_names, st.text()))
def test_any_address_at_all_is_a_filter(fields):
    chosen = read_applicant_filter(fields=fields)
    assert chosen.score_from is None or 0 <= chosen.score_from <= 100


def test_an_address_without_fields_asks_for_active_applicants_best_first():
    chosen = read_applicant_filter(fields={})
    assert chosen == ApplicantFilter()
    assert not chosen.is_narrowed
    assert write_applicant_filter(filter_=chosen) == ""


def test_relevance_needs_a_search_to_be_relevant_to():
    assert read_applicant_filter(fields={"sort": "relevance"}).order is ApplicantOrder.BEST
    assert read_applicant_filter(fields={"sort": "relevance", "q": "kafka"}).order is ApplicantOrder.RELEVANCE


def test_another_order_narrows_nothing():
    assert not read_applicant_filter(fields={"sort": "name"}).is_narrowed
    assert read_applicant_filter(fields={"waiting": "person"}).is_narrowed
