"""What a job asks of its applicants beside the résumé, and whether an answer is one.

No answer ever ends an application: an answer that differs from the one hoped for is shown to the people who decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

MOST_QUESTIONS = 20
MOST_CHOICES = 12
LONGEST_LABEL = 300
LONGEST_HELP = 500
LONGEST_CHOICE = 120
LONGEST_NUMBER = Decimal(10) ** 12


class QuestionKind(StrEnum):
    """The kinds of question, each with its own field."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"


MOST_LETTERS: Mapping[QuestionKind, int] = {QuestionKind.TEXT: 300, QuestionKind.LONG_TEXT: 10_000}
USUAL_LETTERS: Mapping[QuestionKind, int] = {QuestionKind.TEXT: 200, QuestionKind.LONG_TEXT: 2_000}
YES_NO: tuple[tuple[str, str], ...] = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``key`` names it for good; ``longest`` is in characters, 0 for kinds that are not written.

    ``hoped_for`` is the answer that a job needs ("yes", or one of ``choices``); empty where every answer is as good.
    """

    key: str
    kind: QuestionKind
    label: str
    help: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    longest: int = 0
    hoped_for: str = ""

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What can be picked, as value and words; empty for a question that is answered in writing."""
        if self.kind is QuestionKind.YES_NO:
            return YES_NO
        return tuple((choice, choice) for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is kept: with the words of its question, since a form may change later.

    ``is_as_hoped`` is False when the job hoped for another answer, None where it hoped for none.
    """

    key: str
    label: str
    answer: str
    is_as_hoped: bool | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in words for whoever filled it in."""

    field: str
    message: str


class QuestionError(ValueError):
    """Raised for a question that cannot be asked; ``position`` counts from 1."""

    def __init__(self, message: str, *, position: int) -> None:
        super().__init__(message)
        self.position = position


def check_questions(*, questions: Sequence[Question]) -> None:
    """Return when these questions can be asked. Raises ``QuestionError`` saying which one cannot and why."""
    if len(questions) > MOST_QUESTIONS:
        message = f"At most {MOST_QUESTIONS} questions. Every one costs applicants; ask the rest in a talk."
        raise QuestionError(message, position=MOST_QUESTIONS + 1)
    seen: set[str] = set()
    for position, question in enumerate(questions, start=1):
        problem = _problem_of(question, seen)
        if problem:
            raise QuestionError(f"Question {position}: {problem}", position=position)
        seen.add(question.label.casefold())


def _problem_of(question: Question, seen: set[str]) -> str:
    if not question.label:
        return "write the question."
    if question.label.casefold() in seen:
        return "this stands here twice. Ask it once."
    if question.kind is QuestionKind.CHOICE and not 2 <= len(question.choices) <= MOST_CHOICES:
        return f"give 2 to {MOST_CHOICES} choices, one on each line."
    if len(set(question.choices)) != len(question.choices):
        return "two choices are the same."
    most = MOST_LETTERS.get(question.kind, 0)
    if most and not 1 <= question.longest <= most:
        return f"allow between 1 and {most:,} characters."
    if question.hoped_for and question.hoped_for not in {value for value, _ in question.options}:
        return "the answer hoped for is not one that can be given."
    return ""


def read_answers(
    *, questions: Sequence[Question], typed: Mapping[str, str]
) -> tuple[tuple[Given, ...], tuple[Problem, ...]]:
    """Return the answers to keep and what is wrong with the others. ``typed`` holds cleaned text by question key.

    Questions left empty that need no answer are not kept.
    """
    given: list[Given] = []
    problems: list[Problem] = []
    for question in questions:
        text = typed.get(question.key, "").strip()
        message = _wrong(question, text)
        if message:
            problems.append(Problem(question.key, message))
        elif text:
            given.append(_given(question, text))
    return tuple(given), tuple(problems)


def _wrong(question: Question, text: str) -> str:
    if not text:
        return "This one needs an answer." if question.is_required else ""
    if question.longest and len(text) > question.longest:
        return f"That is {len(text):,} characters; at most {question.longest:,} fit. It is all still here: shorten it."
    if question.options and text not in {value for value, _ in question.options}:
        return "Choose one of the answers."
    if question.kind is QuestionKind.NUMBER and read_number(text=text) is None:
        return "Write a number, such as 4 or 2.5."
    return ""


def _given(question: Question, text: str) -> Given:
    words = dict(question.options).get(text, text)
    as_hoped = None if not question.hoped_for else text == question.hoped_for
    return Given(key=question.key, label=question.label, answer=words, is_as_hoped=as_hoped)


def read_number(*, text: str) -> Decimal | None:
    """Return a number that a person typed (a comma may mark decimals), or ``None`` for anything else."""
    try:
        value = Decimal(text.replace(" ", "").replace("\u202f", "").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < LONGEST_NUMBER else None
