"""What changed between two intakes: the answers, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.roles.compiling.intake import Answers, Question, answer_text


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question answered otherwise; "open" stands for no answer."""

    question: str
    label: str
    before: str
    after: str


def compare_answers(*, questions: Sequence[Question], before: Answers, after: Answers) -> tuple[AnswerChange, ...]:
    """Return the questions whose answers differ, in the order they are asked."""
    return tuple(
        AnswerChange(
            question=one.id,
            label=one.label,
            before=answer_text(question=one, answer=before.get(one.id)),
            after=answer_text(question=one, answer=after.get(one.id)),
        )
        for one in questions
        if before.get(one.id) != after.get(one.id)
    )
