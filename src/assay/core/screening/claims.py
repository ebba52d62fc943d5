"""Turn statements into typed claims: what kind of work each one tells of, how strongly, and whether it counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assay.core.screening.discounts import find_discounts, strongest
from assay.core.screening.folding import fold
from assay.core.screening.rules import ClaimKind, Discount, Rules, SectionKind
from assay.core.screening.skills import SkillHit
from assay.core.screening.specificity import Specificity, specificity
from assay.core.screening.statements import Statement

MODEL = "model_context"


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement understood: its concepts, how specific it is, what takes weight away, whether a model is meant."""

    statement: Statement
    folded: str
    concepts: frozenset[str]
    specificity: Specificity
    discounts: tuple[Discount, ...]
    is_about_models: bool


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim before the role is known. ``weight`` (0-1) is what it brings; 0 when it does not count."""

    kind: str
    statement: Statement
    strength: float
    weight: float
    why: str


def read_statement(*, statement: Statement, text: str, skills: Iterable[SkillHit], rules: Rules) -> Reading:
    """Return what one statement of the document says in terms of the rules."""
    folded = fold(text[statement.start : statement.end])
    hits = rules.lexicon.hits(folded)
    names = set(rules.lexicon.names_of(hits))
    tools = []
    for hit in skills:
        if hit.skill.is_tool:
            tools.append(hit.skill.id)
            names.update(rules.lexicon.with_groups("tool"))
        if hit.skill.is_ml:
            names.update(rules.lexicon.with_groups("ml_tool"))
    concepts = frozenset(names)
    seen = specificity(folded=folded, concepts=concepts, tools=tools, rules=rules.specificity)
    return Reading(
        statement=statement,
        folded=folded,
        concepts=concepts | seen.told,
        specificity=seen,
        discounts=find_discounts(folded=folded, is_hard=seen.is_hard, rules=rules.discounts),
        is_about_models=MODEL in concepts,
    )


def find_claims(*, readings: Sequence[Reading], rules: Rules) -> tuple[FoundClaim, ...]:
    """Return the claims of all statements in document order.

    A statement that names no model counts, for less, when another one of the same position counts and does.
    A sentence said twice counts once.
    """
    first = [claim for reading in readings for claim in _claims_of(reading, rules, is_context_known=False)]
    known = {
        claim.statement.entry for claim in first if claim.weight > 0 and rules.kind_by_id[claim.kind].makes_context
    }
    claims: list[FoundClaim] = []
    seen: set[str] = set()
    for reading in readings:
        is_known = reading.statement.entry in known
        found = _claims_of(reading, rules, is_context_known=is_known)
        if reading.folded in seen:
            found = [_repeated(claim) for claim in found]
        seen.add(reading.folded)
        claims.extend(found)
    return tuple(claims)


def _claims_of(reading: Reading, rules: Rules, *, is_context_known: bool) -> list[FoundClaim]:
    fitting = [kind for kind in rules.kinds if not kind.is_fallback and _fits(kind, reading.concepts)]
    if not fitting:
        is_told = is_context_known and reading.specificity.is_hard
        fitting = [kind for kind in rules.kinds if kind.is_fallback and (is_told or _fits(kind, reading.concepts))]
    return [_weigh(reading, kind, rules, is_context_known=is_context_known) for kind in fitting]


def _fits(kind: ClaimKind, concepts: frozenset[str]) -> bool:
    return not kind.unless & concepts and any(needed <= concepts for needed in kind.any_of)


def _weigh(reading: Reading, kind: ClaimKind, rules: Rules, *, is_context_known: bool) -> FoundClaim:
    seen = reading.specificity
    factor, reasons = 1.0, [*seen.signals]
    blocked = ""
    if kind.needs_model and not reading.is_about_models:
        if is_context_known:
            factor *= rules.scoring.context_factor
            reasons.append("the model is named elsewhere in this position")
        else:
            blocked = "no model or data product is named here"
    discount = strongest(discounts=reading.discounts, kind=kind.id)
    if discount is not None:
        factor *= discount.factor
        blocked = blocked or (discount.label if discount.factor < rules.specificity.least_counted else "")
        reasons.append(discount.label)
    section = rules.scoring.section_factors.get(reading.statement.section, 0.0)
    if section <= 0.0 and kind.id != "research":
        blocked = blocked or _section_reason(reading.statement.section)
    elif section > 0.0:
        factor *= section
    if not blocked and (not seen.is_anchored or seen.strength < kind.least_strength):
        blocked = "opens like a duty and gives no figure" if seen.is_duty else "too general: no system, figure or event"
    weight = 0.0 if blocked else seen.strength * factor
    if not blocked and weight < rules.specificity.least_counted * 0.5:
        blocked, weight = reasons[-1], 0.0
    why = f"Not counted: {blocked}." if blocked else f"Counted: {_sentence(reasons)}."
    return FoundClaim(kind=kind.id, statement=reading.statement, strength=seen.strength, weight=weight, why=why)


def _section_reason(section: SectionKind) -> str:
    return f"stands under {section.value.replace('_', ' ')}, not under work or projects"


def _sentence(reasons: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(reasons))


def _repeated(claim: FoundClaim) -> FoundClaim:
    return replace(claim, weight=0.0, why="Not counted: the same sentence stands in this document before.")
