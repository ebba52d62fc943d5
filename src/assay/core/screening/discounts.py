"""Wording that takes weight away: a course, a demo, help given, work handed over, plans, and things not done."""

from collections.abc import Sequence

from assay.core.screening.rules import Discount


def find_discounts(*, folded: str, is_hard: bool, rules: Sequence[Discount]) -> tuple[Discount, ...]:
    """Return every discount whose wording stands in a folded statement and is not taken back.

    ``is_hard`` says that the statement gives a figure or tells of an event, which some discounts yield to.
    """
    found = []
    for rule in rules:
        if (is_hard and rule.yields_to_hard) or rule.pattern.search(folded) is None:
            continue
        if rule.unless is not None and rule.unless.search(folded) is not None:
            continue
        found.append(rule)
    return tuple(found)


def strongest(*, discounts: Sequence[Discount], kind: str) -> Discount | None:
    """Return the discount that takes most from a claim of this kind, or ``None`` when none touches it."""
    touching = [rule for rule in discounts if kind not in rule.spares]
    return min(touching, key=lambda rule: (rule.factor, rule.id)) if touching else None
