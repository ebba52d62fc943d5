"""The compiled role as a draft, to be edited and stored like any role somebody writes."""

from assay.core.roles.compiling.rulebook import ArchetypeKind
from assay.core.roles.compiling.verdict import CompiledOutcome, Verdict
from assay.core.roles.compiling.wording import shortened
from assay.core.roles.draft import MOST_SKILLS, DraftBar, DraftMustHave, RoleDraft

_LINE = 300


class NoRoleNeeded(ValueError):
    """Raised when the verdict is that nobody should be hired; the message says what to do instead."""


def draft_role(*, verdict: Verdict) -> RoleDraft:
    """Return the verdict as a role draft; raises ``NoRoleNeeded`` when there is nothing to hire for."""
    if verdict.kind is ArchetypeKind.NONE:
        raise NoRoleNeeded(verdict.instead)
    return RoleDraft(
        title=verdict.title,
        problem=verdict.problem,
        seniority=verdict.level.level,
        competencies=tuple(DraftBar(bar.competency, bar.level, bar.weight) for bar in verdict.competencies),
        must_haves=tuple(DraftMustHave(must.label, must.claim_kinds, must.skills) for must in verdict.must_haves),
        skills=tuple(item.skill for item in verdict.stack)[:MOST_SKILLS],
        outcomes=tuple(outcome_line(outcome=outcome) for outcome in verdict.outcomes),
    )


def outcome_line(*, outcome: CompiledOutcome) -> str:
    """Return an outcome as the line that stands in a role."""
    return shortened(text=f"By day {outcome.day}: {outcome.what}. Seen by: {outcome.check}", most=_LINE)
