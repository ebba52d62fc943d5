"""A view travels in an address and comes back as it was."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.applicant_filter import ApplicantFilter, ApplicantOrder
from assay.core.pipeline.applicant_view import (
    ApplicantView,
    ViewColumn,
    ViewKind,
    read_applicant_view,
    write_applicant_view,
)
from assay.core.pipeline.clock_state import ClockState, clock_state, whole_days
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.core.pipeline.work_state import WorkState

FILTERS = st.builds(
    ApplicantFilter,
    status=st.none() | st.sampled_from(ApplicationStatus),
    stage_id=st.none() | st.integers(0, 2**53),
    work=st.none() | st.sampled_from(WorkState),
    clock=st.none() | st.sampled_from(ClockState),
    source=st.text(max_size=80).map(lambda text: " ".join(text.replace("\0", " ").split())),
    is_internal=st.none() | st.booleans(),
    order=st.sampled_from([order for order in ApplicantOrder if order is not ApplicantOrder.RELEVANCE]),
)
VIEWS = st.builds(
    ApplicantView,
    filter=FILTERS,
    kind=st.sampled_from(ViewKind),
    columns=st.sets(st.sampled_from(ViewColumn), min_size=1).map(
        lambda some: tuple(c for c in ViewColumn if c in some)
    ),
)


@given(view=VIEWS)
def test_a_view_written_to_an_address_is_read_back_the_same(view):
    fields = parse_qs(write_applicant_view(view=view))
    plain = {name: values[-1] for name, values in fields.items()}
    assert read_applicant_view(fields=plain, columns=fields.get("cols", [])) == view


@given(
    fields=st.dictionaries(
        st.sampled_from(["view", "work", "clock", "source", "internal", "sort", "status"]), st.text(max_size=100)
    )
)
def test_no_address_breaks_the_reading_of_a_view(fields):
    view = read_applicant_view(fields=fields, columns=list(fields.values()))
    assert write_applicant_view(view=view).startswith("view=")


def test_a_stage_of_hires_shows_those_who_were_hired_and_no_other_stage_does():
    usual = ApplicantFilter()
    assert usual.of_stage(stage_id=7, group=StageGroup.HIRED).status is ApplicationStatus.HIRED
    assert usual.of_stage(stage_id=7, group=StageGroup.OFFER).status is ApplicationStatus.ACTIVE
    anyone = ApplicantFilter(status=None)
    assert anyone.of_stage(stage_id=7, group=StageGroup.HIRED).status is None


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@given(
    yellow=st.integers(-5, 5),
    due=st.none() | st.integers(-5, 5),
    is_paused=st.booleans(),
    later=st.integers(0, 10),
)
def test_a_clock_only_ever_gets_worse_as_time_passes(yellow, due, is_paused, later):
    def at(moment):
        return clock_state(
            yellow_at=NOW + timedelta(hours=yellow),
            due_at=None if due is None else NOW + timedelta(hours=due),
            is_paused=is_paused,
            now=moment,
        )

    worst_first = [ClockState.RED, ClockState.YELLOW, ClockState.CALM, ClockState.PAUSED, ClockState.NONE]
    assert worst_first.index(at(NOW + timedelta(hours=later))) <= worst_first.index(at(NOW))
    assert (at(NOW) is ClockState.PAUSED) is is_paused


def test_a_day_is_counted_when_it_is_over():
    assert [whole_days(since=NOW - timedelta(hours=hours), now=NOW) for hours in (-3, 23, 24, 49)] == [0, 0, 1, 2]
