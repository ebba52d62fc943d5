"""Turn the knowledge files into the questionnaire that readiness is judged by."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assay.core.base.source import Source
from assay.core.readiness.questionnaire import (
    Combining,
    ConditionRule,
    Dimension,
    HardStop,
    Lift,
    Person,
    Question,
    Questionnaire,
    Standing,
    VerdictRules,
)
from assay.knowledge.readiness.sheets import (
    DimensionNote,
    LinesNote,
    QuestionNote,
    VerdictSheet,
    load_readiness,
)

FIELD_FACTS = "Facts of the field"


@cache
def load_questionnaire(folder: Path | None = None) -> Questionnaire:
    """Return the questions and rules, read once per process; files in ``folder`` are used instead of the shipped.

    Raises ``KnowledgeError`` naming the file, the field and what to do.
    """
    knowledge = load_readiness(folder)
    asked, judged = knowledge.questions, knowledge.verdict
    people = {note.id: Person(note.id, note.label, note.about) for note in asked.people}
    notes = (*asked.sources, *judged.sources)
    return Questionnaire(
        version=f"questions {asked.version} ({asked.as_of}), verdict {judged.version} ({judged.as_of})",
        people=tuple(people.values()),
        dimensions=tuple(_dimension(note, judged.lines) for note in asked.dimensions),
        questions=tuple(_question(note, people) for note in asked.questions),
        rules=_rules(judged),
        sources=tuple(Source(note.title, note.reference, asked.as_of) for note in notes),
    )


def _dimension(note: DimensionNote, lines: LinesNote) -> Dimension:
    own = lines.by_dimension.get(note.id, lines)
    return Dimension(note.id, note.label, note.about, own.prepare_below, own.hire_from)


def _question(note: QuestionNote, people: dict[str, Person]) -> Question:
    return Question(
        id=note.id,
        dimension=note.dimension,
        weight=note.weight,
        ask=note.ask,
        why=" ".join(note.why.split()),
        levels=note.levels,
        example=note.example,
        knows_best=tuple(people[one] for one in note.knows_best),
        lift=Lift(note.lift.action, people[note.lift.owner], *note.lift.weeks),
        sources=_sources(note.facts),
        standing=Standing(note.standing),
    )


def _rules(sheet: VerdictSheet) -> VerdictRules:
    return VerdictRules(
        usual=Combining(sheet.combine.usual),
        at_hard_stop=Combining(sheet.combine.hard_stop),
        talk_gap=sheet.talk_gap,
        minimum_answered=sheet.minimum_answered,
        lift_to=sheet.lift_to,
        most_conditions=sheet.most_conditions,
        most_actions=sheet.most_actions,
        hard_stops=tuple(
            HardStop(note.question, note.at_most, note.because, _sources(note.facts)) for note in sheet.hard_stops
        ),
        conditions=tuple(
            ConditionRule(note.question, note.at_most, note.until, _sources(note.facts)) for note in sheet.conditions
        ),
    )


def _sources(facts: Sequence[str]) -> tuple[Source, ...]:
    return tuple(Source(FIELD_FACTS, fact) for fact in facts)
