"""Read ``planning.yaml``: what a plan of interviews is weighed by, and what a suggested one is made of."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.interviewing.sheets import FormatId
from assay.knowledge.loading import read_sheet

_HERE = Path(__file__).parent

Minutes = Annotated[int, msgspec.Meta(ge=0, le=480)]


class TalkNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One conversation of a suggested plan."""

    format: FormatId
    title: str
    purpose: str
    minutes: Minutes


class PlanningSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``planning.yaml`` as it is: minutes, counts, and how far apart two levels (0-4) may lie."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    most_measured: Annotated[int, msgspec.Meta(ge=1, le=10)]
    most_focus: Annotated[int, msgspec.Meta(ge=1, le=10)]
    candidate_minutes: Minutes
    opening_minutes: Minutes
    closing_minutes: Minutes
    weight_to_measure: Annotated[float, msgspec.Meta(ge=0, le=1)]
    thin_evidence: Annotated[int, msgspec.Meta(ge=1, le=2000)]
    far_apart: Annotated[int, msgspec.Meta(ge=1, le=4)]
    talks: Annotated[tuple[TalkNote, ...], msgspec.Meta(min_length=2)]


@cache
def load_planning() -> PlanningSheet:
    """Read what plans are weighed by."""
    return read_sheet(path=_HERE / "planning.yaml", shape=PlanningSheet)
