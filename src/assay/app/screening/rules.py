"""Turn the knowledge files into the rules that screening works by."""

import re
from functools import cache
from pathlib import Path

from assay.core.evidence.profile import Prior, Trust
from assay.core.screening.folding import fold
from assay.core.screening.lexicon import Concept, Lexicon, NamedSystem
from assay.core.screening.rules import (
    ClaimKind,
    Discount,
    FlagRules,
    LayoutRules,
    Rules,
    ScoringRules,
    SectionKind,
    Signal,
    SignalRole,
    SpecificityRules,
)
from assay.core.screening.sections import plain_letters
from assay.core.screening.skills import Skill, SkillMatcher
from assay.core.screening.specificity import stem
from assay.knowledge.evidence.sheets import load_reliability
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.screening.sheets import (
    ClaimSheet,
    DiscountSheet,
    FlagSheet,
    LayoutSheet,
    LexiconSheet,
    ScoringSheet,
    ScreeningKnowledge,
    SkillSheet,
    SpecificitySheet,
    load_screening,
)


@cache
def load_rules(folder: Path | None = None) -> Rules:
    """Return the rules, compiled once per process; files in ``folder`` are used instead of the shipped ones.

    Raises ``KnowledgeError`` naming the file, the field and what to do.
    """
    knowledge = load_screening(folder)
    reliability = load_reliability(folder)
    trust = reliability.observers["resume_screen"]
    kinds = _kinds(knowledge.claims, knowledge.scoring)
    return Rules(
        version=knowledge.version,
        lexicon=_lexicon(knowledge.lexicon),
        kinds=kinds,
        discounts=_discounts(knowledge.discounts),
        specificity=_specificity(knowledge.specificity, knowledge.skills),
        scoring=_scoring(knowledge.scoring),
        flags=_flags(knowledge.flags),
        layout=_layout(knowledge.layout),
        skills=_skills(knowledge.skills),
        prior=Prior(middle=reliability.prior.middle, spread=reliability.prior.spread),
        trust=Trust(base=trust.base, most=trust.most, growth=trust.growth),
        coverage=reliability.coverage,
        kind_by_id={kind.id: kind for kind in kinds},
    )


def claim_labels(knowledge: ScreeningKnowledge | None = None) -> dict[str, str]:
    """Return the label of each claim kind by its id, for people to read."""
    sheet = (knowledge or load_screening()).claims
    return {kind.id: kind.label for kind in sheet.kinds}


def _lexicon(sheet: LexiconSheet) -> Lexicon:
    concepts = [
        Concept(id=name, verbs=note.verbs, nouns=note.nouns, phrases=note.phrases)
        for name, note in sheet.concepts.items()
    ]
    concepts += [Concept(id="tool"), Concept(id="ml_tool")]
    named = NamedSystem(
        applications=sheet.named_systems.applications,
        models=sheet.named_systems.models,
        systems=sheet.named_systems.systems,
        whole=sheet.named_systems.whole,
    )
    return Lexicon(concepts=concepts, groups=sheet.groups, irregular=sheet.irregular, named=named)


def _kinds(sheet: ClaimSheet, scoring: ScoringSheet) -> tuple[ClaimKind, ...]:
    return tuple(
        ClaimKind(
            id=note.id,
            label=note.label,
            any_of=tuple(frozenset(part.strip() for part in line.split("+")) for line in note.any_of),
            unless=frozenset(note.unless),
            needs_model=note.needs_model,
            is_fallback=note.is_fallback,
            makes_context=note.makes_context,
            least_strength=scoring.least_strength if note.least_strength is None else note.least_strength,
            competencies=tuple(note.competencies.items()),
        )
        for note in sheet.kinds
    )


def _discounts(sheet: DiscountSheet) -> tuple[Discount, ...]:
    return tuple(
        Discount(
            id=note.id,
            label=note.label,
            factor=note.factor,
            pattern=_any(note.patterns, f"discounts.yaml: discount {note.id}"),
            unless=_any((note.unless,), f"discounts.yaml: discount {note.id}") if note.unless else None,
            yields_to_hard=note.yields_to_hard,
            spares=frozenset(note.spares),
        )
        for note in sheet.discounts
    )


def _specificity(sheet: SpecificitySheet, skills: SkillSheet) -> SpecificityRules:
    signals = tuple(
        Signal(
            id=note.id,
            label=note.label,
            weight=note.weight,
            role=SignalRole(note.role),
            pattern=_any(note.patterns, f"specificity.yaml: signal {note.id}") if note.patterns else None,
            concepts=frozenset(note.concepts),
        )
        for note in sheet.signals
    )
    return SpecificityRules(
        signals=signals,
        tool_weight=sheet.tool_weight,
        more_tools_weight=sheet.more_tools_weight,
        duty=_any((sheet.duty,), "specificity.yaml: duty"),
        duty_factor=sheet.duty_factor,
        buzz=_any((sheet.buzz,), "specificity.yaml: buzz"),
        buzz_cost=sheet.buzz_cost,
        least_counted=sheet.least_counted,
        generic_stems=_generic_stems(sheet, skills),
        few_particulars=sheet.particulars.few,
        few_weight=sheet.particulars.few_weight,
        many_particulars=sheet.particulars.many,
        many_weight=sheet.particulars.many_weight,
    )


def _generic_stems(sheet: SpecificitySheet, skills: SkillSheet) -> frozenset[str]:
    """Return the stems of generic words and of all words in skill names: listing tools is not being particular."""
    names = (line for group in skills.groups for line in group.skills)
    words = re.findall(r"[a-z]{2,}", fold(" ".join((sheet.generic_words, *names))))
    return frozenset(stem(word) for word in words)


def _scoring(sheet: ScoringSheet) -> ScoringRules:
    return ScoringRules(
        saturation=sheet.saturation,
        same_kind_decay=sheet.same_kind_decay,
        other_employer_bonus=sheet.other_employer_bonus,
        most_per_kind=sheet.most_per_kind,
        share_to_bar=sheet.share_to_bar,
        most_kinds=sheet.most_kinds,
        context_factor=sheet.context_factor,
        section_factors={SectionKind(name): factor for name, factor in sheet.section_factors.items()},
    )


def _flags(sheet: FlagSheet) -> FlagRules:
    return FlagRules(
        prompt_like=_any(sheet.prompt_like, "flags.yaml: prompt_like", raw=True),
        stuffed_skills=sheet.stuffed_skills,
        stuffed_share=sheet.stuffed_share,
        unsupported_share=sheet.unsupported_share,
        unsupported_least=sheet.unsupported_least,
        thin_letters=sheet.thin_letters,
        repeated_least_words=sheet.repeated_least_words,
        vague_least=sheet.vague_least,
        title_claims=_any((sheet.title_claims,), "flags.yaml: title_claims", raw=True),
        title_senior=_any((sheet.title_senior,), "flags.yaml: title_senior", raw=True),
        title_aspiring=_any((sheet.title_aspiring,), "flags.yaml: title_aspiring", raw=True),
        senior_months=sheet.senior_months,
        title_least_claims=sheet.title_least_claims,
    )


def _layout(sheet: LayoutSheet) -> LayoutRules:
    headings = {_heading(text): SectionKind(part) for part, texts in sheet.headings.items() for text in texts}
    spaceless = {text.replace(" ", ""): kind for text, kind in headings.items()}
    words = {_heading(text): SectionKind(part) for part, texts in sheet.heading_words.items() for text in texts}
    return LayoutRules(
        headings={**spaceless, **headings},
        heading_words=words,
        bullet=_any((sheet.bullet,), "layout.yaml: bullet", raw=True),
        title_words=_any((sheet.title_words,), "layout.yaml: title_words", raw=True),
        noise=_any((sheet.noise,), "layout.yaml: noise", raw=True),
        most_statement_letters=sheet.most_statement_letters,
    )


def _heading(text: str) -> str:
    return fold(plain_letters(text))


def _skills(sheet: SkillSheet) -> SkillMatcher:
    skills = []
    for group in sheet.groups:
        for line in group.skills:
            sure, _, doubtful = line.partition(" ? ")
            names = tuple(name.strip() for name in sure.split(" | "))
            ambiguous = tuple(name.strip() for name in doubtful.split(" | ") if name.strip())
            known = tuple(name for name in names if name.lower() not in {word.lower() for word in ambiguous})
            skills.append(
                Skill(
                    id=skill_id(names[0]),
                    label=names[0],
                    names=known,
                    is_ml=group.ml,
                    is_tool=group.tool,
                    ambiguous=ambiguous,
                )
            )
    return SkillMatcher(skills=skills)


def skill_id(label: str) -> str:
    """Return the stable id of a skill from its label, without the maker's name: ``Apache Spark`` is ``spark``."""
    spoken = label.lower().replace("+", "p").replace("#", "-sharp").replace("&", "and")
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"^(?:apache|amazon) ", "", spoken)).strip("-")


def _any(patterns: tuple[str, ...], place: str, *, raw: bool = False) -> re.Pattern[str]:
    """Compile patterns into one; those that read folded text are written as folded text already."""
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if not raw else _raw(patterns)
    except re.error as error:
        raise KnowledgeError(f"{place}: the pattern is not valid ({error}). Correct it.") from error


def _raw(patterns: tuple[str, ...]) -> re.Pattern[str]:
    flags = re.IGNORECASE if any(pattern.startswith("(?i)") for pattern in patterns) else re.NOFLAG
    return re.compile("|".join(f"(?:{pattern.removeprefix('(?i)')})" for pattern in patterns), flags)
