"""Read the files of the role compiler, and check them against each other."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec

from assay.knowledge.evidence.sheets import load_competencies
from assay.knowledge.facts.sheets import Fact, facts_path, read_facts
from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet
from assay.knowledge.roles.compiler.notes import (
    ArchetypeSheet,
    ContradictionSheet,
    IntakeSheet,
    LevelSheet,
    MistakeSheet,
    MustSheet,
    OutcomeSheet,
    ScoringSheet,
    ShapingSheet,
    StackSheet,
    YoungSheet,
)

CODE_VERSION = "1"
"""Raised when the code gives other results from the same rules."""

_HERE = Path(__file__).parent
_NAMES = (
    "intake", "archetypes", "scoring", "levels", "shaping", "musts", "stack", "outcomes", "contradictions", "mistakes",
    "young",
)  # fmt: skip


class Sourced(Protocol):
    """Anything with an id and the facts it stands on."""

    @property
    def id(self) -> str:
        """The id, the only one of its kind in all files."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of facts."""


class CompilerKnowledge(msgspec.Struct, frozen=True):
    """All files of the compiler with the facts they cite, and the version that names exactly these bytes."""

    version: str
    intake: IntakeSheet
    archetypes: ArchetypeSheet
    scoring: ScoringSheet
    levels: LevelSheet
    shaping: ShapingSheet
    musts: MustSheet
    stack: StackSheet
    outcomes: OutcomeSheet
    contradictions: ContradictionSheet
    mistakes: MistakeSheet
    young: YoungSheet
    facts: Mapping[str, Fact]


@cache
def load_compiler(folder: Path | None = None) -> CompilerKnowledge:
    """Read and check every file of the compiler; a file of the same name in ``folder`` is used instead.

    Raises ``KnowledgeError`` naming the file, the place and what to do.
    """
    paths = {name: folder_file(name=f"{name}.yaml", shipped=_HERE, override=folder) for name in _NAMES}
    paths["facts"] = facts_path(folder=folder)
    knowledge = CompilerKnowledge(
        version=_version(paths),
        intake=read_sheet(path=paths["intake"], shape=IntakeSheet),
        archetypes=read_sheet(path=paths["archetypes"], shape=ArchetypeSheet),
        scoring=read_sheet(path=paths["scoring"], shape=ScoringSheet),
        levels=read_sheet(path=paths["levels"], shape=LevelSheet),
        shaping=read_sheet(path=paths["shaping"], shape=ShapingSheet),
        musts=read_sheet(path=paths["musts"], shape=MustSheet),
        stack=read_sheet(path=paths["stack"], shape=StackSheet),
        outcomes=read_sheet(path=paths["outcomes"], shape=OutcomeSheet),
        contradictions=read_sheet(path=paths["contradictions"], shape=ContradictionSheet),
        mistakes=read_sheet(path=paths["mistakes"], shape=MistakeSheet),
        young=read_sheet(path=paths["young"], shape=YoungSheet),
        facts=read_facts(path=paths["facts"]).by_id(),
    )
    for problem in _problems(knowledge):
        raise KnowledgeError(problem)
    return knowledge


def _version(paths: dict[str, Path]) -> str:
    """Return the first twelve digits of the SHA-256 over the code's version and every file."""
    digest = hashlib.sha256(CODE_VERSION.encode())
    for name, path in paths.items():
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _problems(knowledge: CompilerKnowledge) -> Iterable[str]:
    yield from _twice(knowledge)
    yield from _unknown_facts(knowledge)
    yield from _unknown_archetypes(knowledge)
    yield from _unknown_competencies(knowledge)


def _twice(knowledge: CompilerKnowledge) -> Iterable[str]:
    seen: set[str] = set()
    for name, rule_id in _ids(knowledge):
        if rule_id in seen:
            yield f"{name}: {rule_id!r} stands there twice, or in another file too. Give one another id."
        seen.add(rule_id)


def _ids(knowledge: CompilerKnowledge) -> Iterable[tuple[str, str]]:
    for name, rules in rules_by_file(knowledge=knowledge).items():
        yield from ((name, rule.id) for rule in rules)


def rules_by_file(*, knowledge: CompilerKnowledge) -> dict[str, tuple[Sourced, ...]]:
    """Return everything that has an id and facts, by the file it stands in."""
    return {
        "archetypes.yaml": knowledge.archetypes.archetypes,
        "scoring.yaml": knowledge.scoring.rules,
        "levels.yaml": knowledge.levels.rules,
        "shaping.yaml": knowledge.shaping.rules,
        "musts.yaml": knowledge.musts.musts,
        "stack.yaml": knowledge.stack.rules,
        "outcomes.yaml": knowledge.outcomes.outcomes,
        "contradictions.yaml": knowledge.contradictions.rules,
        "mistakes.yaml": knowledge.mistakes.rules,
    }


def _unknown_facts(knowledge: CompilerKnowledge) -> Iterable[str]:
    for fact in knowledge.archetypes.mix_facts:
        if fact not in knowledge.facts:
            yield f"archetypes.yaml: mix_facts names the fact {fact}, which is not in facts.yaml. Add it there."
    for name, rules in rules_by_file(knowledge=knowledge).items():
        for rule in rules:
            for fact in rule.facts:
                if fact not in knowledge.facts:
                    yield f"{name}: {rule.id!r} names the fact {fact}, which is not in facts.yaml. Add it there."


def _unknown_archetypes(knowledge: CompilerKnowledge) -> Iterable[str]:
    known = {one.id for one in knowledge.archetypes.archetypes}
    named = [("scoring.yaml", rule.id, tuple(rule.points)) for rule in knowledge.scoring.rules]
    named += [("musts.yaml", rule.id, rule.archetypes) for rule in knowledge.musts.musts]
    named += [("archetypes.yaml", one.id, one.mixes) for one in knowledge.archetypes.archetypes]
    for name, rule_id, archetypes in named:
        for archetype in archetypes:
            if archetype not in known:
                yield f"{name}: {rule_id!r} names {archetype!r}, which is no archetype. Use one of {sorted(known)}."


def _unknown_competencies(knowledge: CompilerKnowledge) -> Iterable[str]:
    known = {note.id for note in load_competencies().competencies}
    named = [("shaping.yaml", rule.id, tuple(rule.competencies)) for rule in knowledge.shaping.rules]
    named += [
        ("archetypes.yaml", one.id, tuple(share.id for share in one.competencies))
        for one in knowledge.archetypes.archetypes
    ]
    for name, rule_id, competencies in named:
        for competency in competencies:
            if competency not in known:
                yield f"{name}: {rule_id!r} names {competency!r}, which is no competency. Use one of {sorted(known)}."
