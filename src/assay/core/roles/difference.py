"""What changed between two versions of a role, in words that somebody on the hiring team can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.roles.role import CompetencyBar, MustHave, Role


class ChangeKind(StrEnum):
    """Whether something came, went or became different."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it is about, and how it read before and after (empty when it was not there)."""

    kind: ChangeKind
    subject: str
    before: str
    after: str


def compare_roles(*, before: Role, after: Role) -> tuple[Change, ...]:
    """Return the differences from ``before`` to ``after``: words first, then the bar, must-haves, skills, outcomes."""
    words = [
        ("Title", before.title, after.title),
        ("Problem", before.problem, after.problem),
        ("Seniority", before.seniority.value, after.seniority.value),
    ]
    bars = _pairs(
        {bar.competency: (bar.label, _bar(bar)) for bar in before.competencies},
        {bar.competency: (bar.label, _bar(bar)) for bar in after.competencies},
    )
    musts = _pairs(
        {note.label: (f"Must-have: {note.label}", _shown_by(note)) for note in before.must_haves},
        {note.label: (f"Must-have: {note.label}", _shown_by(note)) for note in after.must_haves},
    )
    lists = [
        ("Skills", ", ".join(before.skills), ", ".join(after.skills)),
        ("Outcomes", _lines(before.outcomes), _lines(after.outcomes)),
    ]
    return tuple(_change(*triple) for triple in [*words, *bars, *musts, *lists] if triple[1] != triple[2])


def _pairs(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    gone = ("", "")
    return [
        ((after.get(key) or before[key])[0], before.get(key, gone)[1], after.get(key, gone)[1])
        for key in dict.fromkeys([*before, *after])
    ]


def _change(subject: str, before: str, after: str) -> Change:
    kind = ChangeKind.ADDED if not before else ChangeKind.REMOVED if not after else ChangeKind.CHANGED
    return Change(kind=kind, subject=subject, before=before, after=after)


def _bar(bar: CompetencyBar) -> str:
    return f"level {bar.level:g}, {bar.weight * 100:.0f} % of the role"


def _shown_by(note: MustHave) -> str:
    parts = [f"claims {', '.join(note.claim_kinds)}"] if note.claim_kinds else []
    parts += [f"skills {', '.join(note.skills)}"] if note.skills else []
    parts += [f"{note.competency} at level {note.level:g}"] if note.competency else []
    return "shown by " + " or ".join(parts)


def _lines(items: Sequence[str]) -> str:
    return "; ".join(items)
