"""The intake form: read into answers, and shown question by question; nothing here decides or writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from assay.core.roles.compiling.conditions import Value
from assay.core.roles.compiling.intake import (
    Answers,
    Problem,
    Question,
    QuestionKind,
    Reading,
    number_text,
    read_answers,
)
from assay.core.roles.compiling.rulebook import CompilerRules

_WISHES = "wishes"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as a box to tick."""

    id: str
    label: str
    about: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question of the form, with what is answered so far and what is wrong with it."""

    id: str
    kind: QuestionKind
    number: int
    label: str
    help: str
    example: str
    unit: str
    most: int
    choices: tuple[Choice, ...]
    is_open: bool
    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class AskedSection:
    """A group of questions and how many of them are answered."""

    id: str
    label: str
    about: str
    is_wishes: bool
    answered: int
    questions: tuple[AskedQuestion, ...]


def read_intake(*, fields: QueryDict, rules: CompilerRules) -> Reading:
    """Read the form. What cannot be used is named; everything else is kept."""
    raw: dict[str, object] = {}
    for question in rules.questions:
        several = question.kind is QuestionKind.MANY
        raw[question.id] = fields.getlist(question.id) if several else fields.get(question.id)
    return read_answers(questions=rules.questions, raw=raw)


def asked_sections(
    *, rules: CompilerRules, answers: Answers, problems: Sequence[Problem] = (), typed: Mapping[str, str] | None = None
) -> tuple[AskedSection, ...]:
    """Return the form; ``typed`` gives back what somebody typed that could not be used."""
    wrong = {problem.question: problem.message for problem in problems}
    numbers = {question.id: place for place, question in enumerate(rules.questions, 1)}
    sections = []
    for section in rules.sections:
        asked = tuple(
            _asked(question, numbers[question.id], answers.get(question.id), wrong.get(question.id, ""), typed or {})
            for question in rules.questions
            if question.section == section.id
        )
        answered = sum(not one.is_open for one in asked)
        sections.append(AskedSection(section.id, section.label, section.about, section.id == _WISHES, answered, asked))
    return tuple(sections)


def _asked(
    question: Question, number: int, answer: Value | None, problem: str, typed: Mapping[str, str]
) -> AskedQuestion:
    chosen = answer if isinstance(answer, tuple) else (answer,)
    return AskedQuestion(
        id=question.id,
        kind=question.kind,
        number=number,
        label=question.label,
        help=question.help,
        example=question.example,
        unit=question.unit,
        most=int(question.most),
        choices=tuple(Choice(one.id, one.label, one.about, one.id in chosen) for one in question.options),
        is_open=answer is None,
        text=typed.get(question.id, _text(answer)),
        problem=problem.removeprefix(question.label).strip(),
    )


def _text(answer: Value | None) -> str:
    if answer is None:
        return ""
    if isinstance(answer, tuple):
        return ", ".join(answer)
    return answer if isinstance(answer, str) else number_text(number=answer)
