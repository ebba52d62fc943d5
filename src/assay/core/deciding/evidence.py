"""What was on the screen when somebody decided, and which of it the decision rests on."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from assay.core.deciding.decision import IllegalDecisionError
from assay.core.screening.result import ScreeningResult, ScreeningStatus, Verdict

LONGEST_QUOTE = 400


class ShownKind(StrEnum):
    """The kinds of thing that a decision can rest on."""

    SCORE = "score"
    MUST_HAVE = "must_have"
    CLAIM = "claim"
    FLAG = "flag"
    UNREADABLE = "unreadable"
    NO_DOCUMENT = "no_document"


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One thing that was shown: its kind and id, a sentence, the quotes beside it, and if the decision rests on it."""

    kind: ShownKind
    ref: str
    says: str
    quotes: tuple[str, ...] = ()
    relied_on: bool = False

    @property
    def key(self) -> str:
        """The name by which a form ticks this item."""
        return f"{self.kind.value}:{self.ref}"


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.MET: "shown",
    Verdict.UNCLEAR: "unclear",
    Verdict.MISSING: "not found in this document",
}


def shown_by_result(*, result: ScreeningResult) -> tuple[ShownItem, ...]:
    """List what a screened document puts on the screen: must-haves, score, flags, claims, in that order."""
    must_haves = tuple(
        ShownItem(
            ShownKind.MUST_HAVE,
            item.id,
            f"{item.label}: {VERDICT_WORDS[item.verdict]}",
            tuple(_short(span.quote) for span in item.spans),
        )
        for item in result.must_haves
    )
    if result.status is not ScreeningStatus.SCREENED:
        return (ShownItem(ShownKind.UNREADABLE, "document", result.status_detail or "This document needs a person."),)
    low, high = result.interval.low, result.interval.high
    score = ShownItem(ShownKind.SCORE, "score", f"Score {result.score:.0f} of 100, likely {low:.0f} to {high:.0f}")
    flags = tuple(
        ShownItem(ShownKind.FLAG, f"{index}", flag.message, tuple(_short(span.quote) for span in flag.spans))
        for index, flag in enumerate(result.flags)
    )
    claims = tuple(
        ShownItem(ShownKind.CLAIM, f"{claim.id}", claim.kind.replace("_", " "), (_short(claim.span.quote),))
        for claim in result.claims
    )
    return (*must_haves, score, *flags, *claims)


def shown_without_text(*, advice: str) -> tuple[ShownItem, ...]:
    """List what is shown for a document that could not be read (its advice), or for no document at all."""
    if advice:
        return (ShownItem(ShownKind.UNREADABLE, "document", advice),)
    return (ShownItem(ShownKind.NO_DOCUMENT, "none", "No document came with this application."),)


def usual_ground(*, items: Collection[ShownItem]) -> frozenset[str]:
    """Return the keys that a rejection is ticked with to begin with: must-haves not found, or the only thing shown."""
    if len(items) == 1:
        return frozenset(item.key for item in items)
    ending = VERDICT_WORDS[Verdict.MISSING]
    return frozenset(
        item.key for item in items if item.kind is ShownKind.MUST_HAVE and item.says.endswith(f": {ending}")
    )


def rest_on(*, items: Collection[ShownItem], keys: Collection[str]) -> tuple[ShownItem, ...]:
    """Mark the items that a decision rests on. Raises ``IllegalDecisionError`` for a key that was not shown."""
    unknown = set(keys) - {item.key for item in items}
    if unknown:
        raise IllegalDecisionError("Part of the ticked evidence is no longer shown. Look at it again, then decide.")
    return tuple(replace(item, relied_on=item.key in keys) for item in items)


def check_ground(*, items: Collection[ShownItem]) -> None:
    """Raise ``IllegalDecisionError`` unless at least one shown item carries the decision."""
    if not any(item.relied_on for item in items):
        raise IllegalDecisionError("Tick at least one piece of evidence that this rejection rests on.")


def _short(quote: str) -> str:
    return quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + "…"
