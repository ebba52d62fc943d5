"""What the document shows about each must-have: met, unclear, or not found. Never "lacks"."""

from collections.abc import Sequence

from assay.core.roles.role import MustHave, Role
from assay.core.screening.result import Claim, CompetencyResult, MustHaveResult, SkillMention, Span, Verdict

_MOST_QUOTES = 3


def judge_must_haves(
    *,
    role: Role,
    claims: Sequence[Claim],
    skills: Sequence[SkillMention],
    competencies: Sequence[CompetencyResult],
) -> tuple[MustHaveResult, ...]:
    """Return a verdict with quotes for every must-have of the role."""
    return tuple(_judge(must, claims, skills, competencies) for must in role.must_haves)


def _judge(
    must: MustHave,
    claims: Sequence[Claim],
    skills: Sequence[SkillMention],
    competencies: Sequence[CompetencyResult],
) -> MustHaveResult:
    fitting = [claim for claim in claims if claim.kind in must.claim_kinds]
    counted = sorted((claim for claim in fitting if claim.counted), key=lambda claim: (-claim.strength, claim.id))
    mentions = [skill for skill in skills if skill.id in must.skills]
    supported = [span for skill in mentions if skill.supported for span in skill.spans]
    reached = [result for result in competencies if result.competency == must.competency and result.level >= must.level]
    if counted or supported or reached:
        quotes = list(dict.fromkeys(claim.span for claim in counted)) or supported
        if reached and not quotes:
            by_id = {claim.id: claim for claim in claims}
            quotes = [by_id[number].span for number in reached[0].claim_ids if number in by_id]
        return _result(must, Verdict.MET, _met(len(quotes)), quotes)
    if fitting:
        reason = fitting[0].why.removeprefix("Not counted: ")
        return _result(must, Verdict.UNCLEAR, f"Mentioned, but {_lower(reason)}", [claim.span for claim in fitting])
    if mentions:
        spans = [span for skill in mentions for span in skill.spans]
        return _result(must, Verdict.UNCLEAR, "Named in a list, with no work that uses it.", spans)
    return _result(must, Verdict.MISSING, "Not found in this document. Ask about it.", [])


def _met(quotes: int) -> str:
    return "One statement shows it." if quotes == 1 else f"{quotes} statements show it."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _result(must: MustHave, verdict: Verdict, why: str, spans: Sequence[Span]) -> MustHaveResult:
    unique = tuple(dict.fromkeys(spans))[:_MOST_QUOTES]
    return MustHaveResult(id=must.id, label=must.label, verdict=verdict, why=why, spans=unique)
