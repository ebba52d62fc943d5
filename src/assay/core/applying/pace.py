"""How long a form takes, as an estimate from what it asks. Not a measurement: said so wherever it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from assay.core.applying.questions import Question, QuestionKind


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that the parts of a form take: quickly and at leisure, with a résumé that is read for you."""

    base: tuple[int, int]
    kinds: Mapping[QuestionKind, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Effort:
    """What a form asks of somebody: how many fields, how many of them must be filled, and minutes from-to."""

    fields: int
    required: int
    least_minutes: int
    most_minutes: int


def effort_of(*, questions: Sequence[Question], own_fields: int, own_required: int, pace: Pace) -> Effort:
    """Return the effort of a form with these questions beside ``own_fields`` that every form has."""
    quick = pace.base[0] + sum(pace.kinds[question.kind][0] for question in questions if question.is_required)
    slow = pace.base[1] + sum(pace.kinds[question.kind][1] for question in questions)
    least = max(1, round(quick / 60))
    return Effort(
        fields=own_fields + len(questions),
        required=own_required + sum(question.is_required for question in questions),
        least_minutes=least,
        most_minutes=max(least + 1, ceil(slow / 60)),
    )
