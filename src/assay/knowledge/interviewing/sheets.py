"""The question bank: what to ask about a competency, what a strong, an adequate and a weak answer sounds like.

Every file in ``bank/`` is one part of the bank; all of them together are checked as one.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from assay.knowledge.evidence.sheets import SourceNote, load_competencies
from assay.knowledge.facts.sheets import load_facts
from assay.knowledge.loading import KnowledgeError, read_sheet

_HERE = Path(__file__).parent
SHIPPED_BANK = _HERE / "bank"
_FACT = re.compile(r"^F[0-9]{3}\Z")

FormatId = Literal["experience", "project", "architecture", "code_review", "live_problem", "culture"]
SeniorityId = Literal["junior", "mid", "senior", "lead"]
QuestionId = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*\Z", max_length=60)]
Sentence = Annotated[str, msgspec.Meta(min_length=8, max_length=600)]
Tag = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]*\Z", max_length=30)]
LevelStep = Annotated[int, msgspec.Meta(ge=0, le=4)]


class FormatNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of conversation: its id, what people call it, what happens in it, and what the candidate is told."""

    id: FormatId
    label: str
    about: str
    for_candidate: str


class FormatSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``formats.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    formats: tuple[FormatNote, ...]


class QuestionNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of the bank.

    ``levels`` are the lowest and highest level (0-4) that an answer can tell apart; ``seniorities`` the seats it suits.
    ``strong``, ``adequate`` and ``weak`` are what one hears. ``red_flags`` are worth writing down word for word; none
    of them decides alone. ``minutes`` count the follow-ups in. ``sources`` are ids of facts, or say whose judgement
    it is.
    """

    id: QuestionId
    competency: str
    levels: tuple[LevelStep, LevelStep]
    seniorities: Annotated[tuple[SeniorityId, ...], msgspec.Meta(min_length=1)]
    ask: Sentence
    follow_ups: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1, max_length=5)]
    why: Sentence
    strong: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=2, max_length=6)]
    adequate: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1, max_length=6)]
    weak: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1, max_length=6)]
    red_flags: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1, max_length=5)]
    minutes: Annotated[int, msgspec.Meta(ge=2, le=60)]
    formats: Annotated[tuple[FormatId, ...], msgspec.Meta(min_length=1)]
    sources: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    tags: tuple[Tag, ...] = ()


class BankPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the bank as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    questions: tuple[QuestionNote, ...]


class QuestionBank(msgspec.Struct, frozen=True):
    """The whole bank, its questions in the order of the files and within them."""

    questions: tuple[QuestionNote, ...]
    parts: Mapping[str, BankPart]

    def by_id(self) -> Mapping[str, QuestionNote]:
        """Return every question under its id."""
        return {question.id: question for question in self.questions}


@cache
def load_formats() -> FormatSheet:
    """Read the kinds of conversation."""
    return read_sheet(path=_HERE / "formats.yaml", shape=FormatSheet)


@cache
def load_bank() -> QuestionBank:
    """Read and check the shipped bank. Raises ``KnowledgeError`` naming the file, the question and what to do."""
    return read_bank(folder=SHIPPED_BANK)


def read_bank(*, folder: Path) -> QuestionBank:
    """Return the bank of every ``*.yaml`` in a folder, checked as one.

    Raises ``KnowledgeError`` for an id that stands twice, a competency or fact that is not known, levels the wrong way
    round, or one thing said twice within a question.
    """
    parts = {path.name: read_sheet(path=path, shape=BankPart) for path in sorted(folder.glob("*.yaml"))}
    if not parts:
        raise KnowledgeError(f"{folder.name}: holds no question file. Put one there, such as operation.yaml.")
    for problem in _problems(parts):
        raise KnowledgeError(problem)
    return QuestionBank(questions=tuple(one for part in parts.values() for one in part.questions), parts=parts)


def _problems(parts: Mapping[str, BankPart]) -> Iterable[str]:
    known = {note.id for note in load_competencies().competencies}
    facts = set(load_facts().by_id())
    met: dict[str, str] = {}
    for name, part in parts.items():
        for question in part.questions:
            where = f"{name}: question {question.id!r}"
            if question.id in met:
                yield f"{where} also stands in {met[question.id]}. Give one of them another id."
            met[question.id] = name
            if question.competency not in known:
                yield f"{where}: no competency {question.competency!r}. Use one of: {', '.join(sorted(known))}."
            if question.levels[0] >= question.levels[1]:
                yield f"{where}: levels {list(question.levels)} tell nothing apart. Give the lower one first."
            for source in question.sources:
                if _FACT.match(source) and source not in facts:
                    yield f"{where}: there is no fact {source}. Name one of facts.yaml."
            if twice := _said_twice(question):
                yield f"{where} says {twice!r} twice. Remove one."


def _said_twice(question: QuestionNote) -> str:
    lists = (question.follow_ups, question.red_flags, question.formats, question.seniorities, question.tags)
    anchors = (*question.strong, *question.adequate, *question.weak)
    for said in (*lists, anchors):
        for one in said:
            if said.count(one) > 1:
                return one
    return ""
