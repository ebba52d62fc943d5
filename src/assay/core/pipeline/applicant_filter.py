"""Which applicants of a job to list, and in which order: read from an address, written back to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from assay.core.pipeline.clock_state import ClockState
from assay.core.pipeline.search_text import MOST_CHARACTERS
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus
from assay.core.pipeline.work_state import WorkState
from assay.core.screening.result import FlagKind

ANY_STATUS = "any"
LONGEST_SOURCE = 80
YES, NO = "yes", "no"

Member = TypeVar("Member", bound=StrEnum)


class MustHaveState(StrEnum):
    """How an applicant's documents stand to the must-haves of the role, all taken together."""

    ALL_MET = "all_met"
    NONE_MISSING = "none_missing"
    SOME_UNCLEAR = "some_unclear"
    SOME_MISSING = "some_missing"


class Waiting(StrEnum):
    """Who an application waits for."""

    REVIEW = "review"
    PERSON = "person"
    SCREENING = "screening"


class ApplicantOrder(StrEnum):
    """The orders a list can have; a minus sign means from high to low."""

    BEST = "-score"
    WORST = "score"
    NEWEST = "-applied"
    OLDEST = "applied"
    NAME = "name"
    NAME_BACKWARD = "-name"
    CLOCK = "clock"
    CLOCK_BACKWARD = "-clock"
    LONGEST_IN_STAGE = "-days"
    SHORTEST_IN_STAGE = "days"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class ApplicantFilter:
    """The choices above a list of applicants. Scores are whole numbers 0-100; ``None`` (or no source) means any."""

    text: str = ""
    stage_id: int | None = None
    status: ApplicationStatus | None = ApplicationStatus.ACTIVE
    must_haves: MustHaveState | None = None
    score_from: int | None = None
    score_below: int | None = None
    flag: FlagKind | None = None
    waiting: Waiting | None = None
    work: WorkState | None = None
    clock: ClockState | None = None
    source: str = ""
    is_internal: bool | None = None
    order: ApplicantOrder = ApplicantOrder.BEST

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but the default list was asked for (the order aside)."""
        return self != ApplicantFilter(order=self.order)

    def of_stage(self, *, stage_id: int, group: StageGroup) -> "ApplicantFilter":
        """Return this filter for one stage. Whoever was hired is no longer active, so a stage of hires shows those."""
        is_hires = group is StageGroup.HIRED and self.status is ApplicationStatus.ACTIVE
        return replace(self, stage_id=stage_id, status=ApplicationStatus.HIRED if is_hires else self.status)


def read_applicant_filter(*, fields: Mapping[str, str]) -> ApplicantFilter:
    """Read a filter from the fields of an address. Values that mean nothing are taken as "any"."""
    text = " ".join(fields.get("q", "").replace("\0", " ").split())[:MOST_CHARACTERS]
    order = _member(ApplicantOrder, fields.get("sort", ""))
    if order is None or (order is ApplicantOrder.RELEVANCE and not text):
        order = ApplicantOrder.BEST
    status = fields.get("status", ApplicationStatus.ACTIVE.value)
    return ApplicantFilter(
        text=text,
        stage_id=_whole(fields.get("stage", ""), most=2**53),
        status=None if status == ANY_STATUS else _member(ApplicationStatus, status) or ApplicationStatus.ACTIVE,
        must_haves=_member(MustHaveState, fields.get("musts", "")),
        score_from=_whole(fields.get("min", ""), most=100),
        score_below=_whole(fields.get("below", ""), most=101),
        flag=_member(FlagKind, fields.get("flag", "")),
        waiting=_member(Waiting, fields.get("waiting", "")),
        work=_member(WorkState, fields.get("work", "")),
        clock=_member(ClockState, fields.get("clock", "")),
        source=" ".join(fields.get("source", "").replace("\0", " ").split())[:LONGEST_SOURCE],
        is_internal={YES: True, NO: False}.get(fields.get("internal", "")),
        order=order,
    )


def write_applicant_filter(*, filter_: ApplicantFilter) -> str:
    """Return a filter as a query string that ``read_applicant_filter`` reads back; defaults are left out."""
    pairs: Sequence[tuple[str, object]] = (
        ("q", filter_.text),
        ("stage", filter_.stage_id),
        ("status", _status_field(filter_.status)),
        ("musts", filter_.must_haves),
        ("min", filter_.score_from),
        ("below", filter_.score_below),
        ("flag", filter_.flag),
        ("waiting", filter_.waiting),
        ("work", filter_.work),
        ("clock", filter_.clock),
        ("source", filter_.source),
        ("internal", None if filter_.is_internal is None else YES if filter_.is_internal else NO),
        ("sort", "" if filter_.order is ApplicantOrder.BEST else filter_.order),
    )
    return urlencode([(name, str(value)) for name, value in pairs if value is not None and value != ""])


def _status_field(status: ApplicationStatus | None) -> str:
    if status is None:
        return ANY_STATUS
    return "" if status is ApplicationStatus.ACTIVE else status.value


def _member(kind: type[Member], value: str) -> Member | None:
    return next((member for member in kind if member.value == value), None)


def _whole(value: str, *, most: int) -> int | None:
    if not (value.isascii() and value.isdigit() and len(value) < 17):
        return None
    return int(value) if int(value) <= most else None
