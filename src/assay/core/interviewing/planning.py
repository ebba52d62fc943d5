"""A plan of interviews against a role: what is measured where, what is missed, what is asked too often."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What a plan is weighed by; the numbers stand in the knowledge files. Times in minutes."""

    most_measured: int
    most_focus: int
    candidate_minutes: int
    weight_to_measure: float


@dataclass(frozen=True, slots=True)
class Need:
    """A competency that the role asks for: its weight (0-1), the level (0-4), whether a must-have stands on it."""

    competency: str
    label: str
    weight: float
    level: float
    is_must: bool


@dataclass(frozen=True, slots=True)
class PlannedTalk:
    """A planned interview as coverage sees it."""

    planned_id: int
    stage_id: int
    title: str
    minutes: int
    focus: tuple[str, ...]


class FindingKind(StrEnum):
    """What can be wrong with a plan."""

    MISSED_MUST = "missed_must"
    MISSED = "missed"
    TOO_OFTEN = "too_often"
    NOT_ASKED = "not_asked"
    TOO_WIDE = "too_wide"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Fix:
    """One change of one planned interview that would help: look at a competency, or leave it."""

    planned_id: int
    competency: str
    is_added: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a plan in words, with the change that would mend it where there is one."""

    kind: FindingKind
    says: str
    competency: str = ""
    fix: Fix | None = None

    @property
    def is_serious(self) -> bool:
        """Tell whether a must-have would go unmeasured."""
        return self.kind is FindingKind.MISSED_MUST


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One competency across the plan: in which planned interviews it is looked at."""

    need: Need
    planned_ids: tuple[int, ...]
    is_in_documents: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """A plan against a role. ``minutes`` is the candidate's time in all interviews together."""

    rows: tuple[CoverageRow, ...]
    findings: tuple[Finding, ...]
    minutes: int


def cover(
    *,
    needs: Sequence[Need],
    talks: Sequence[PlannedTalk],
    in_documents: Collection[str],
    labels: Mapping[str, str],
    rules: PlanRules,
) -> Coverage:
    """Return what a plan measures and what is wrong with it, the gravest first.

    ``in_documents`` are the competencies that screening reads from a résumé: a weak sight that replaces no interview.
    """
    rows = tuple(
        CoverageRow(
            need,
            tuple(talk.planned_id for talk in talks if need.competency in talk.focus),
            need.competency in in_documents,
        )
        for need in needs
    )
    minutes = sum(talk.minutes for talk in talks)
    findings = [
        *_missed(rows, talks, rules),
        *_too_often(rows, talks, rules),
        *_not_asked(needs, talks, labels),
        *_too_wide(talks, rules),
        *_too_long(minutes, rules),
    ]
    order = list(FindingKind)
    return Coverage(rows, tuple(sorted(findings, key=lambda one: order.index(one.kind))), minutes)


def _missed(rows: Sequence[CoverageRow], talks: Sequence[PlannedTalk], rules: PlanRules) -> list[Finding]:
    found = []
    for row in rows:
        if row.planned_ids:
            continue
        need = row.need
        roomy = [talk for talk in talks if len(talk.focus) < rules.most_focus]
        room = min(roomy, key=lambda talk: len(talk.focus), default=None)
        fix = Fix(room.planned_id, need.competency, is_added=True) if room else None
        if need.is_must:
            says = f"{need.label} is a must-have and no interview looks at it."
            found.append(Finding(FindingKind.MISSED_MUST, says, need.competency, fix))
        elif need.weight >= rules.weight_to_measure:
            only = " Only the résumé says anything about it." if row.is_in_documents else " Nothing measures it."
            says = f"{need.label} weighs {need.weight:.0%} of the role and no interview looks at it.{only}"
            found.append(Finding(FindingKind.MISSED, says, need.competency, fix))
    return found


def _too_often(rows: Sequence[CoverageRow], talks: Sequence[PlannedTalk], rules: PlanRules) -> list[Finding]:
    by_id = {talk.planned_id: talk for talk in talks}
    found = []
    for row in rows:
        if len(row.planned_ids) <= rules.most_measured:
            continue
        fullest = max((by_id[one] for one in row.planned_ids), key=lambda talk: len(talk.focus))
        says = (
            f"{row.need.label} is looked at in {len(row.planned_ids)} interviews. "
            f"After {rules.most_measured} the next one tells little more."
        )
        fix = Fix(fullest.planned_id, row.need.competency, is_added=False)
        found.append(Finding(FindingKind.TOO_OFTEN, says, row.need.competency, fix))
    return found


def _not_asked(needs: Sequence[Need], talks: Sequence[PlannedTalk], labels: Mapping[str, str]) -> list[Finding]:
    asked = {need.competency for need in needs}
    return [
        Finding(
            FindingKind.NOT_ASKED,
            f"{talk.title} looks at {labels.get(one, one)}, which the role does not ask for.",
            one,
            Fix(talk.planned_id, one, is_added=False),
        )
        for talk in talks
        for one in talk.focus
        if one not in asked
    ]


def _too_wide(talks: Sequence[PlannedTalk], rules: PlanRules) -> list[Finding]:
    return [
        Finding(
            FindingKind.TOO_WIDE,
            f"{talk.title} looks at {len(talk.focus)} competencies; one talk can do {rules.most_focus} properly.",
        )
        for talk in talks
        if len(talk.focus) > rules.most_focus
    ]


def _too_long(minutes: int, rules: PlanRules) -> list[Finding]:
    if minutes <= rules.candidate_minutes:
        return []
    says = (
        f"All interviews together take {minutes / 60:.1f} hours of the candidate; "
        f"more than {rules.candidate_minutes / 60:.0f} loses good people."
    )
    return [Finding(FindingKind.TOO_LONG, says)]
