"""What people said: a sheet a person, and what several sheets add up to. Not answered stays unknown, never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.core.readiness.questionnaire import HIGHEST_LEVEL, Combining, Person, Question, Questionnaire


class AnswerError(ValueError):
    """Raised for an answer that cannot be one; the message says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A level from 0 to 4, or ``None`` for "I do not know", with an optional note in the person's own words."""

    level: int | None
    note: str = ""

    def __post_init__(self) -> None:
        if self.level is not None and not 0 <= self.level <= HIGHEST_LEVEL:
            raise AnswerError(f"{self.level} is no level. Choose 0 to {HIGHEST_LEVEL}, or say that it is unknown.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of one person by question id. ``kind`` says what they are (sponsor, data owner), if known."""

    respondent: str
    answers: Mapping[str, Answer]
    kind: Person | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said to one question."""

    respondent: str
    level: int | None
    note: str
    knows_best: bool


@dataclass(frozen=True, slots=True)
class Combined:
    """What all said to one question: the level that counts (``None`` is unknown), and how far they are apart.

    ``combining`` is the rule that chose the level; ``is_disputed`` says that the answers are far enough apart
    to be talked about.
    """

    question: Question
    level: int | None
    voices: tuple[Voice, ...]
    spread: int
    is_disputed: bool
    combining: Combining


def check_sheets(*, questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> None:
    """Raise ``AnswerError`` for an answer to a question that is not asked, or two sheets of one person."""
    seen: set[str] = set()
    for sheet in sheets:
        folded = sheet.respondent.casefold()
        if folded in seen:
            raise AnswerError(
                f"There are two sheets by “{sheet.respondent}”. Each person answers once: name them apart."
            )
        seen.add(folded)
        unknown = sorted(set(sheet.answers) - set(questionnaire.by_id))
        if unknown:
            raise AnswerError(f"{sheet.respondent}: there is no question “{unknown[0]}”. Use the ids of the questions.")


def combine_answers(*, questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> tuple[Combined, ...]:
    """Return what the sheets say to each question, in the questions' order; the sheets' order changes nothing.

    Raises ``AnswerError`` as ``check_sheets`` does.
    """
    check_sheets(questionnaire=questionnaire, sheets=sheets)
    ordered = sorted(sheets, key=lambda sheet: (sheet.respondent.casefold(), sheet.respondent))
    return tuple(_combined(question, ordered, questionnaire) for question in questionnaire.questions)


def combine_levels(*, questionnaire: Questionnaire, given: Sequence[Mapping[str, int | None]]) -> dict[str, int | None]:
    """Return the level that counts for each question from the bare levels of several people, as ``combine_answers``
    would, without telling who said what."""
    return {
        question.id: _chosen(
            sorted(level for one in given if (level := one.get(question.id)) is not None),
            _combining(question, questionnaire),
        )
        for question in questionnaire.questions
    }


def _combining(question: Question, questionnaire: Questionnaire) -> Combining:
    rules = questionnaire.rules
    return rules.at_hard_stop if question.id in questionnaire.stops else rules.usual


def _combined(question: Question, sheets: Sequence[Sheet], questionnaire: Questionnaire) -> Combined:
    rules = questionnaire.rules
    voices = tuple(
        Voice(sheet.respondent, answer.level, answer.note, sheet.kind in question.knows_best)
        for sheet in sheets
        if (answer := sheet.answers.get(question.id)) is not None
    )
    levels = sorted(voice.level for voice in voices if voice.level is not None)
    combining = _combining(question, questionnaire)
    spread = levels[-1] - levels[0] if levels else 0
    return Combined(
        question=question,
        level=_chosen(levels, combining),
        voices=voices,
        spread=spread,
        is_disputed=spread >= rules.talk_gap,
        combining=combining,
    )


def _chosen(levels: Sequence[int], combining: Combining) -> int | None:
    if not levels:
        return None
    return levels[0] if combining is Combining.LOWEST else levels[(len(levels) - 1) // 2]
