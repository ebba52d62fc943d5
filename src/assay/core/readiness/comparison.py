"""Two assessments side by side: what got better, worse, or known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.readiness.answers import Combined
from assay.core.readiness.assessment import Assessment
from assay.core.readiness.questionnaire import Dimension, Question
from assay.core.readiness.verdict import DimensionResult, Verdict

_HAIR = 1e-9


class Change(StrEnum):
    """How something moved between two assessments."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEWLY_KNOWN = "newly_known"
    NO_LONGER_KNOWN = "no_longer_known"
    STILL_UNKNOWN = "still_unknown"

    @property
    def label(self) -> str:
        """The word people see."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """How the answer to one question moved; levels 0-4, ``None`` where unknown."""

    question: Question
    before: int | None
    after: int | None
    change: Change


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """How one dimension moved; points are levels 0-4, ``None`` where nothing is known."""

    dimension: Dimension
    before: float | None
    after: float | None
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two assessments: the verdicts, every dimension, and the questions whose answer is not the same."""

    before: Verdict
    after: Verdict
    change: Change
    dimensions: tuple[DimensionChange, ...]
    questions: tuple[QuestionChange, ...]
    summary: str


def compare_assessments(*, before: Assessment, after: Assessment) -> Comparison:
    """Return how things moved from ``before`` to ``after``, for the questions that ``after`` asks."""
    old_levels = {one.question.id: one.level for one in before.answers}
    old_points = {one.dimension.id: one.point for one in before.standing.dimensions}
    questions = tuple(_question_change(one, old_levels.get(one.question.id)) for one in after.answers)
    dimensions = tuple(_dimension_change(one, old_points.get(one.dimension.id)) for one in after.standing.dimensions)
    moved = tuple(one for one in questions if one.change not in (Change.SAME, Change.STILL_UNKNOWN))
    change = change_of(before=before.verdict.rank, after=after.verdict.rank)
    summary = _summary(before.verdict, after.verdict, moved)
    return Comparison(before.verdict, after.verdict, change, dimensions, moved, summary)


def _question_change(answer: Combined, old: int | None) -> QuestionChange:
    return QuestionChange(answer.question, old, answer.level, change_of(before=old, after=answer.level))


def _dimension_change(result: DimensionResult, old: float | None) -> DimensionChange:
    return DimensionChange(result.dimension, old, result.point, change_of(before=old, after=result.point))


def change_of(*, before: float | None, after: float | None) -> Change:
    """Return how a level moved; unknown is its own state, neither better nor worse."""
    if before is None or after is None:
        if before is None and after is None:
            return Change.STILL_UNKNOWN
        return Change.NEWLY_KNOWN if before is None else Change.NO_LONGER_KNOWN
    if abs(after - before) < _HAIR:
        return Change.SAME
    return Change.BETTER if after > before else Change.WORSE


def _summary(before: Verdict, after: Verdict, moved: Sequence[QuestionChange]) -> str:
    counts = [(change, sum(one.change is change for one in moved)) for change in Change]
    told = ", ".join(f"{count} {change.label}" for change, count in counts if count) or "no answer moved"
    verdict = (
        f"The verdict stays “{after.label.lower()}”"
        if before is after
        else f"From “{before.label.lower()}” to “{after.label.lower()}”"
    )
    return f"{verdict}: {told}."
