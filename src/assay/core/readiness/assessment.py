"""The whole result: verdict and reasons, dimensions, differences between people, what to find out and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.base.source import Source
from assay.core.readiness.answers import Combined, Sheet, combine_answers
from assay.core.readiness.lifting import Plan, plan_actions
from assay.core.readiness.questionnaire import HIGHEST_LEVEL, Person, Question, Questionnaire
from assay.core.readiness.verdict import (
    DimensionResult,
    DimensionState,
    Levels,
    Standing,
    Verdict,
    filled,
    judge,
)

_MANY = 0.5
_WORKABLE = DimensionState.WORKABLE


@dataclass(frozen=True, slots=True)
class ToFindOut:
    """A question nobody could answer yet, whom to ask, and why it matters for the verdict."""

    question: Question
    ask: tuple[Person, ...]
    blocks_verdict: bool
    why: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What an organisation's answers add up to.

    ``worst`` and ``best`` are the verdicts if everything unknown turned out at its worst or its best; ``on_known`` is
    the verdict on what is known alone, ``None`` while a dimension is wholly unknown. ``summary`` says it in words.
    """

    version: str
    respondents: tuple[str, ...]
    answers: tuple[Combined, ...]
    standing: Standing
    worst: Verdict
    best: Verdict
    on_known: Verdict | None
    summary: str
    plan: Plan
    to_find_out: tuple[ToFindOut, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict itself."""
        return self.standing.verdict

    @property
    def disputes(self) -> tuple[Combined, ...]:
        """The answers that are far enough apart to be talked about, widest first."""
        return tuple(sorted((one for one in self.answers if one.is_disputed), key=lambda one: -one.spread))


def assess(*, questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> Assessment:
    """Return what the sheets add up to; the order of the sheets changes nothing.

    Raises ``AnswerError`` for an answer to a question that is not asked, or two sheets of one person.
    """
    answers = combine_answers(questionnaire=questionnaire, sheets=sheets)
    levels = {one.question.id: one.level for one in answers}
    standing = judge(questionnaire=questionnaire, levels=levels)
    known = judge(questionnaire=questionnaire, levels=levels, counts_unknown=False)
    is_whole = all(one.point is not None for one in standing.dimensions)
    return Assessment(
        version=questionnaire.version,
        respondents=tuple(sorted((sheet.respondent for sheet in sheets), key=lambda name: (name.casefold(), name))),
        answers=answers,
        standing=standing,
        worst=_at(questionnaire, levels, 0),
        best=_at(questionnaire, levels, HIGHEST_LEVEL),
        on_known=known.verdict if is_whole else None,
        summary=summarise(standing=standing, known=known.verdict if is_whole else None),
        plan=plan_actions(questionnaire=questionnaire, levels=levels),
        to_find_out=_to_find_out(questionnaire, levels, standing),
        notes=_notes(questionnaire, levels, answers),
        sources=questionnaire.sources,
    )


def _at(questionnaire: Questionnaire, levels: Levels, with_level: int) -> Verdict:
    filled_in = filled(questionnaire=questionnaire, levels=levels, with_level=with_level)
    return judge(questionnaire=questionnaire, levels=filled_in).verdict


def summarise(*, standing: Standing, known: Verdict | None = None) -> str:
    """Say a verdict in a sentence or two; ``known`` is the verdict on what is known alone, if it is to be told."""
    stops, conditions = len(standing.stops), len(standing.conditions)
    if standing.verdict is Verdict.PREPARE_FIRST and stops:
        return f"Do not open the job yet: {_count(stops, 'hard stop')} {'holds' if stops == 1 else 'hold'}."
    if standing.verdict is Verdict.PREPARE_FIRST and not _weak(standing.dimensions):
        return "Do not open the job yet: too much would have to be put right at once."
    if standing.verdict is Verdict.PREPARE_FIRST:
        weak = _names(_weak(standing.dimensions))
        return f"Do not open the job yet: {weak} would not carry a new colleague."
    if standing.verdict is Verdict.NOT_ENOUGH_KNOWN:
        lean = f" What is known so far points to “{known.label.lower()}”." if known is not None else ""
        return f"Too much is unknown for a verdict. Hold the job until the open questions are answered.{lean}"
    if standing.verdict is Verdict.HIRE_WITH_CONDITIONS:
        return _tied(conditions, [one.dimension.label for one in standing.dimensions if one.state is _WORKABLE])
    return "Go ahead. What a specialist needs from you is there."


def _weak(dimensions: Sequence[DimensionResult]) -> list[str]:
    return [one.dimension.label for one in dimensions if one.state is DimensionState.WEAK]


def _tied(conditions: int, gaps: Sequence[str]) -> str:
    if not conditions:
        return f"Go ahead, and lift {_names(gaps)} to the hiring line on the way."
    gap = f", and lift {_names(gaps)} on the way" if gaps else ""
    return f"Go ahead, tied to {_count(conditions, 'condition')}: give each an owner and a date{gap}."


def _names(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _to_find_out(questionnaire: Questionnaire, levels: Levels, standing: Standing) -> tuple[ToFindOut, ...]:
    thin = {
        one.dimension.id for one in standing.dimensions if one.answered < questionnaire.rules.minimum_answered - 1e-9
    }
    found = [
        _open(question, questionnaire, is_thin=question.dimension in thin)
        for question in questionnaire.questions
        if levels.get(question.id) is None
    ]
    return tuple(sorted(found, key=lambda one: (not one.blocks_verdict, one.question.id not in questionnaire.stops)))


def _open(question: Question, questionnaire: Questionnaire, *, is_thin: bool) -> ToFindOut:
    is_stop = question.id in questionnaire.stops
    if is_stop:
        why = "A hard stop hangs on it: without it there is no verdict."
    elif is_thin:
        why = "Too little of its dimension is known for a verdict."
    elif question.id in questionnaire.condition_rules:
        why = "Until it is known, hiring stays tied to finding out."
    else:
        why = "It would narrow the range of its dimension."
    return ToFindOut(question, question.knows_best, is_stop or is_thin, why)


def _notes(questionnaire: Questionnaire, levels: Levels, answers: Sequence[Combined]) -> tuple[str, ...]:
    """Return what a reader must know about how the result came about."""
    rules = questionnaire.rules
    unknown = sum(levels.get(question.id) is None for question in questionnaire.questions)
    how = f"Where people differ, {rules.usual.label}; where a hard stop hangs on it, {rules.at_hard_stop.label}."
    notes = [
        *([how] if any(len(one.voices) > 1 for one in answers) else []),
        f"Actions are judged by lifting an answer to level {rules.lift_to}. Weeks are the authors' assumption.",
    ]
    if unknown:
        notes.append(
            f"Unknown: {unknown} of {len(questionnaire.questions)} answers. They count as unknown, not as zero:"
            " actions and their effects are judged on what is known."
        )
    if unknown > _MANY * len(questionnaire.questions):
        notes.append("When most answers are unclear, hiring waits and preparing comes first (F001).")
    if any(one.is_disputed for one in answers):
        notes.append(
            f"Answers {rules.talk_gap} or more levels apart are marked: talk about them before you act on this."
        )
    return tuple(notes)
