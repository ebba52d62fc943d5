"""The questions that tell whether a company is ready to hire, and the rules that turn answers into a verdict."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_HERE = Path(__file__).parent

Standing = Literal["stated", "judgement"]
LevelNumber = Annotated[int, msgspec.Meta(ge=0, le=4)]
LevelLine = Annotated[float, msgspec.Meta(ge=0, le=4)]
Share = Annotated[float, msgspec.Meta(gt=0, le=1)]
Weight = Annotated[float, msgspec.Meta(gt=0, le=100)]


class PersonNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of respondent: id, label, and what they know."""

    id: str
    label: str
    about: str


class DimensionNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A side of being ready, with the question it asks as a whole."""

    id: str
    label: str
    about: str


class LiftNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What lifts an answer, who usually does it, and how many weeks it takes from ... to (the authors' assumption)."""

    action: str
    owner: str
    weeks: tuple[float, float]


class QuestionNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question with its five anchored levels. ``facts`` are ids of the field's facts."""

    id: str
    dimension: str
    weight: Weight
    ask: str
    why: str
    facts: tuple[str, ...]
    standing: Standing
    levels: tuple[str, str, str, str, str]
    example: str
    knows_best: tuple[str, ...]
    lift: LiftNote


class QuestionSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``questions.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    people: tuple[PersonNote, ...]
    dimensions: tuple[DimensionNote, ...]
    questions: tuple[QuestionNote, ...]


class CombineNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the answers of several people become one: usually, and where a hard stop hangs on the question."""

    usual: Literal["lower_median", "lowest"]
    hard_stop: Literal["lower_median", "lowest"]


class LineNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The two lines (levels 0-4) of a dimension."""

    prepare_below: LevelLine
    hire_from: LevelLine


class LinesNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines of every dimension, and those of single ones that differ."""

    prepare_below: LevelLine
    hire_from: LevelLine
    by_dimension: dict[str, LineNote] = {}


class HardStopNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer at or below which nobody should be hired, whatever the rest says."""

    question: str
    at_most: LevelNumber
    because: str
    facts: tuple[str, ...]
    standing: Standing


class ConditionNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer at or below which hiring is tied to lifting it by the time named in ``until``."""

    question: str
    at_most: LevelNumber
    until: str
    facts: tuple[str, ...]
    standing: Standing


class VerdictSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``verdict.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    combine: CombineNote
    talk_gap: Annotated[int, msgspec.Meta(ge=1, le=4)]
    minimum_answered: Share
    lines: LinesNote
    lift_to: Annotated[int, msgspec.Meta(ge=1, le=4)]
    most_conditions: Annotated[int, msgspec.Meta(ge=1, le=50)]
    most_actions: Annotated[int, msgspec.Meta(ge=1, le=20)]
    hard_stops: tuple[HardStopNote, ...]
    conditions: tuple[ConditionNote, ...]


class ReadinessKnowledge(msgspec.Struct, frozen=True):
    """Both files, checked against each other."""

    questions: QuestionSheet
    verdict: VerdictSheet


@cache
def load_readiness(folder: Path | None = None) -> ReadinessKnowledge:
    """Read both files; a file of the same name in ``folder`` is used instead of the shipped one.

    Raises ``KnowledgeError`` naming the file, the field and what to do.
    """
    asked = read_sheet(path=_file("questions.yaml", folder), shape=QuestionSheet)
    judged = read_sheet(path=_file("verdict.yaml", folder), shape=VerdictSheet)
    for problem in (*_question_problems(asked), *_verdict_problems(judged, asked)):
        raise KnowledgeError(problem)
    return ReadinessKnowledge(questions=asked, verdict=judged)


def _file(name: str, folder: Path | None) -> Path:
    return folder_file(name=name, shipped=_HERE, override=folder)


def _question_problems(sheet: QuestionSheet) -> list[str]:
    people = {note.id for note in sheet.people}
    dimensions = {note.id for note in sheet.dimensions}
    problems = [
        *_twice("people", [note.id for note in sheet.people]),
        *_twice("dimensions", [note.id for note in sheet.dimensions]),
        *_twice("questions", [note.id for note in sheet.questions]),
    ]
    for note in sheet.questions:
        place = f"questions.yaml: question {note.id!r}"
        if note.dimension not in dimensions:
            problems.append(f"{place} names no dimension of the file ({note.dimension!r}). Correct it.")
        unknown = sorted({*note.knows_best, note.lift.owner} - people)
        if unknown:
            problems.append(f"{place} names {unknown[0]!r}, who is not among the people. Correct it.")
        if not 0 < note.lift.weeks[0] <= note.lift.weeks[1]:
            problems.append(f"{place}: weeks must be two numbers above 0, the smaller first. Correct them.")
    empty = dimensions - {note.dimension for note in sheet.questions}
    if empty:
        problems.append(f"questions.yaml: dimension {sorted(empty)[0]!r} has no question. Add one or remove it.")
    return problems


def _verdict_problems(sheet: VerdictSheet, asked: QuestionSheet) -> list[str]:
    questions = {note.id for note in asked.questions}
    rules: list[HardStopNote | ConditionNote] = [*sheet.hard_stops, *sheet.conditions]
    lines: list[LineNote | LinesNote] = [sheet.lines, *sheet.lines.by_dimension.values()]
    problems = [
        f"verdict.yaml: there is no question {note.question!r} in questions.yaml. Correct its id."
        for note in rules
        if note.question not in questions
    ]
    problems += _twice("hard_stops", [note.question for note in sheet.hard_stops], name="verdict.yaml")
    problems += _twice("conditions", [note.question for note in sheet.conditions], name="verdict.yaml")
    unknown = set(sheet.lines.by_dimension) - {note.id for note in asked.dimensions}
    if unknown:
        problems.append(f"verdict.yaml: there is no dimension {sorted(unknown)[0]!r}. Correct its id.")
    for line in lines:
        if line.prepare_below > line.hire_from:
            problems.append("verdict.yaml: prepare_below stands above hire_from. Put the lower number first.")
    if any(note.at_most >= sheet.lift_to for note in rules):
        problems.append(
            "verdict.yaml: lift_to must stand above every at_most, or no action could lift an answer past it."
        )
    return problems


def _twice(field: str, ids: list[str], *, name: str = "questions.yaml") -> list[str]:
    again = sorted({one for one in ids if ids.count(one) > 1})
    return [f"{name}: {again[0]!r} stands twice under {field}. Remove one."] if again else []
