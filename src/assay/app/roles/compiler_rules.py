"""Turn the compiler's knowledge files into the rules it works by."""

from functools import cache
from pathlib import Path

from assay.app.roles.conditions import KnownFacts, read_condition
from assay.app.roles.vocabulary import load_vocabulary, skill_ids
from assay.core.roles.compiling.conditions import Condition, facts_of
from assay.core.roles.compiling.intake import Option, Question, QuestionKind, Section
from assay.core.roles.compiling.rulebook import (
    Apply,
    Archetype,
    ArchetypeKind,
    BarShare,
    CompilerRules,
    ContradictionRule,
    FieldFact,
    MistakeRule,
    MustRule,
    OutcomeRule,
    PointRule,
    ShapeRule,
    StackRule,
)
from assay.core.roles.role import Seniority
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.roles.compiler.notes import ArchetypeNote, PointNote, QuestionNote
from assay.knowledge.roles.compiler.sheets import CompilerKnowledge, load_compiler


@cache
def load_compiler_rules(folder: Path | None = None) -> CompilerRules:
    """Return the rules, made once per process; files in ``folder`` are used instead of the shipped ones.

    Raises ``KnowledgeError`` naming the file, the rule and what to do.
    """
    knowledge = load_compiler(folder)
    _check_words(knowledge)
    return CompilerRules(
        version=knowledge.version,
        year=knowledge.young.as_of.year,
        sections=tuple(Section(one.id, one.label, one.about) for one in knowledge.intake.sections),
        questions=tuple(_question(note) for note in knowledge.intake.questions),
        archetypes={note.id: _archetype(note) for note in knowledge.archetypes.archetypes},
        level_shift={Seniority(level): shift for level, shift in knowledge.archetypes.level_shift.items()},
        close_margin=knowledge.archetypes.close_margin,
        mix_facts=knowledge.archetypes.mix_facts,
        most_competencies=knowledge.archetypes.most_competencies,
        least_share=knowledge.archetypes.least_share,
        scoring=_points(knowledge.scoring.rules, _Reader(knowledge, "scoring.yaml")),
        level_order=tuple(Seniority(level) for level in knowledge.levels.tie_order),
        levels=_points(knowledge.levels.rules, _Reader(knowledge, "levels.yaml")),
        shaping=_shaping(knowledge),
        musts=_musts(knowledge),
        most_musts=knowledge.musts.most,
        stack=_stack(knowledge),
        most_families=knowledge.stack.most_families,
        outcomes=_outcomes(knowledge),
        outcome_defaults=knowledge.outcomes.defaults,
        contradictions=_contradictions(knowledge),
        mistakes=_mistakes(knowledge),
        since=knowledge.young.since,
        families={family: frozenset(skills) for family, skills in knowledge.young.families.items()},
        facts={key: FieldFact(key, note.says, note.kind != "ours") for key, note in knowledge.facts.items()},
        skill_ids=skill_ids(),
        skill_labels=load_vocabulary().skills,
    )


class _Reader:
    """Reads the conditions of one file."""

    def __init__(self, knowledge: CompilerKnowledge, name: str) -> None:
        options = {one.id: frozenset(option.id for option in one.options) for one in knowledge.intake.questions}
        self._known = KnownFacts(options=options, derived=frozenset(knowledge.intake.derived))
        self._name = name

    def read(self, when: object, rule: str) -> Condition:
        return read_condition(when, known=self._known, place=f"{self._name}: {rule!r}")


def _question(note: QuestionNote) -> Question:
    return Question(
        id=note.id,
        section=note.section,
        kind=QuestionKind(note.kind),
        label=note.label,
        help=note.help,
        example=note.example,
        options=tuple(Option(one.id, one.label, one.about, one.exclusive) for one in note.options),
        unit=note.unit,
        least=note.least,
        most=note.most,
        steps=tuple(int(step) if step.is_integer() else step for step in note.steps),
    )


def _archetype(note: ArchetypeNote) -> Archetype:
    return Archetype(
        id=note.id,
        order=note.order,
        kind=ArchetypeKind(note.kind),
        title=note.title,
        short=note.short,
        about=note.about,
        problem=note.problem,
        mixes=frozenset(note.mixes),
        facts=note.facts,
        competencies=tuple(BarShare(one.id, one.level, one.weight) for one in note.competencies),
        instead=note.instead,
    )


def _points(notes: tuple[PointNote, ...], reader: _Reader) -> tuple[PointRule, ...]:
    made = []
    for one in notes:
        when = reader.read(one.when, one.id)
        made.append(PointRule(one.id, when, one.points, one.says, one.facts, facts_of(condition=when)))
    return tuple(made)


def _shaping(knowledge: CompilerKnowledge) -> tuple[ShapeRule, ...]:
    reader = _Reader(knowledge, "shaping.yaml")
    return tuple(
        ShapeRule(one.id, reader.read(one.when, one.id), one.competencies, one.level, one.says, one.facts)
        for one in knowledge.shaping.rules
    )


def _musts(knowledge: CompilerKnowledge) -> tuple[MustRule, ...]:
    reader = _Reader(knowledge, "musts.yaml")
    return tuple(
        MustRule(
            id=one.id,
            order=one.order,
            archetypes=frozenset(one.archetypes),
            label=one.label,
            claim_kinds=one.claim_kinds,
            skills=one.skills,
            when=None if one.when is None else reader.read(one.when, one.id),
            says=one.says,
            facts=one.facts,
        )
        for one in knowledge.musts.musts
    )


def _stack(knowledge: CompilerKnowledge) -> tuple[StackRule, ...]:
    reader = _Reader(knowledge, "stack.yaml")
    return tuple(
        StackRule(one.id, one.order, reader.read(one.when, one.id), one.skills, one.says, one.facts)
        for one in knowledge.stack.rules
    )


def _outcomes(knowledge: CompilerKnowledge) -> tuple[OutcomeRule, ...]:
    reader = _Reader(knowledge, "outcomes.yaml")
    return tuple(
        OutcomeRule(one.id, one.day, one.order, reader.read(one.when, one.id), one.text, one.check, one.facts)
        for one in knowledge.outcomes.outcomes
    )


def _contradictions(knowledge: CompilerKnowledge) -> tuple[ContradictionRule, ...]:
    reader = _Reader(knowledge, "contradictions.yaml")
    return tuple(
        ContradictionRule(one.id, reader.read(one.when, one.id), one.questions, one.says, one.facts)
        for one in knowledge.contradictions.rules
    )


def _mistakes(knowledge: CompilerKnowledge) -> tuple[MistakeRule, ...]:
    reader = _Reader(knowledge, "mistakes.yaml")
    return tuple(
        MistakeRule(
            id=one.id,
            is_serious=one.weight == "serious",
            when=reader.read(one.when, one.id),
            title=one.title,
            why=one.why,
            fix=one.fix,
            facts=one.facts,
            replaces=frozenset(one.replaces),
            apply=None if one.apply is None else Apply(one.apply.question, one.apply.value, one.apply.take),
        )
        for one in knowledge.mistakes.rules
    )


def _check_words(knowledge: CompilerKnowledge) -> None:
    """Refuse claim kinds and skills that screening cannot find: nobody could ever meet them."""
    words = load_vocabulary()
    nothing: tuple[str, ...] = ()
    named = [
        *(("stack.yaml", one.id, nothing, one.skills) for one in knowledge.stack.rules),
        *(("musts.yaml", one.id, one.claim_kinds, one.skills) for one in knowledge.musts.musts),
        ("young.yaml", "since", nothing, tuple(knowledge.young.since)),
        *(("young.yaml", family, nothing, skills) for family, skills in knowledge.young.families.items()),
    ]
    for name, rule, kinds, skills in named:
        wrong = [kind for kind in kinds if kind not in words.claim_kinds]
        wrong += [skill for skill in skills if skill not in words.skills]
        if wrong:
            raise KnowledgeError(f"{name}: {rule!r} names {wrong[0]!r}, which screening cannot find. Correct it.")
