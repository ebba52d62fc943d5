"""The list that a candidate was opened from: what is written is read back, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder
from assay.core.pipeline.applicant_view import ApplicantView, ViewColumn, ViewKind, write_applicant_view
from assay.core.pipeline.came_from import CameFrom, ListKind, read_came_from, write_came_from

VIEWS = st.builds(
    ApplicantView,
    filter=st.builds(
        ApplicantFilter,
        text=st.sampled_from(["", "kafka", "“quoted phrase” -no & more=1", "é"]),
        stage_id=st.none() | st.integers(0, 2**53),
        order=st.sampled_from([one for one in ApplicantOrder if one is not ApplicantOrder.RELEVANCE]),
    ),
    kind=st.sampled_from(ViewKind),
    columns=st.sampled_from([(ViewColumn.SCORE,), (ViewColumn.SCORE, ViewColumn.SOURCE)]),
)


@given(view=VIEWS, stage=st.none() | st.integers(1, 2**53), anchor=st.sampled_from(["", "W1sxXQ", "a-_9"]))
def test_a_list_that_is_written_is_read_back(view, stage, anchor):
    kind = ListKind.LIST if stage is None else ListKind.COLUMN
    came_from = CameFrom(kind, write_applicant_view(view=view), stage, anchor)
    assert read_came_from(text=write_came_from(came_from=came_from)) == came_from


@given(text=st.text())
def test_no_text_breaks_the_reading(text):
    found = read_came_from(text=text)
    assert found is None or write_came_from(came_from=found) == text


@pytest.mark.parametrize("query", ["", "view=table&x=1", "sort=score&view=table", "view=table&sort=-score", "view=x"])
def test_a_query_that_no_view_writes_is_forged(query):
    assert read_came_from(text=f"list:{query}") is None


def test_a_query_too_long_to_carry_is_not_written():
    assert write_came_from(came_from=CameFrom(ListKind.LIST, "q=" + "a" * 900)) == ""
