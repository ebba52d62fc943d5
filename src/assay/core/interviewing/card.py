"""A scorecard while it is written: what is missing before it can be handed in, and what is worth asking about once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.core.interviewing.states import Recommendation

LOWEST, HIGHEST = 0, 4


@dataclass(frozen=True, slots=True)
class RatingDraft:
    """One competency on a card: a level (0-4) with evidence, "not assessed", or still open (neither)."""

    competency: str
    level: int | None = None
    is_not_assessed: bool = False
    evidence: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether nothing was said about it yet."""
        return self.level is None and not self.is_not_assessed


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card as it stands on the screen."""

    ratings: tuple[RatingDraft, ...] = ()
    takeaways: str = ""
    left_open: str = ""
    private_note: str = ""
    recommendation: Recommendation | None = None


@dataclass(frozen=True, slots=True)
class CardGap:
    """Something to mend or to look at again: the field it is about (as the form names it) and what to do."""

    field: str
    says: str


def find_gaps(*, card: CardDraft, focus: Sequence[str], labels: Mapping[str, str]) -> tuple[CardGap, ...]:
    """Return what is missing before a card can be handed in, in the order of the form.

    Every competency of the interview's focus, and every other one on the card, is rated with evidence or said not to
    have been assessed. A card that assessed nothing says why in its take-aways. A recommendation is always given.
    """
    gaps = []
    known = {rating.competency: rating for rating in card.ratings}
    for competency in dict.fromkeys([*focus, *known]):
        label = labels.get(competency, competency)
        rating = known.get(competency, RatingDraft(competency))
        if rating.is_open:
            gaps.append(CardGap(f"level_{competency}", f"{label}: choose a level, or “not assessed”."))
        elif rating.level is not None and not rating.evidence:
            says = f"{label}: write down what was said or done that shows level {rating.level}."
            gaps.append(CardGap(f"evidence_{competency}", says))
    if card.ratings and all(rating.is_not_assessed for rating in card.ratings) and not card.takeaways:
        gaps.append(CardGap("takeaways", "Nothing was assessed: say in the take-aways why."))
    if card.recommendation is None:
        gaps.append(CardGap("recommendation", "Give your overall recommendation."))
    return tuple(gaps)


def find_thin(*, card: CardDraft, labels: Mapping[str, str], least: int) -> tuple[CardGap, ...]:
    """Return the ratings at an end of the scale that rest on fewer than ``least`` characters: worth a second look."""
    return tuple(
        CardGap(
            f"evidence_{rating.competency}",
            f"{labels.get(rating.competency, rating.competency)}: level {rating.level} rests on a few words. "
            "What exactly was said or done?",
        )
        for rating in card.ratings
        if rating.level in (LOWEST, HIGHEST) and len(rating.evidence) < least
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two versions of a card fill in differently, with the other version's words."""

    field: str
    label: str
    theirs: str


def differences(*, mine: CardDraft, theirs: CardDraft, labels: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return where another version of a card differs from ``mine``, field by field, so that a person can choose."""
    own, other = _fields(mine, labels), _fields(theirs, labels)
    return tuple(
        Difference(field, label, text) for field, (label, text) in other.items() if text != own.get(field, ("", ""))[1]
    )


def _fields(card: CardDraft, labels: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    found = {}
    for rating in card.ratings:
        label = labels.get(rating.competency, rating.competency)
        level = "not assessed" if rating.is_not_assessed else "" if rating.level is None else str(rating.level)
        found[f"level_{rating.competency}"] = (f"{label}, level", level)
        found[f"evidence_{rating.competency}"] = (f"{label}, evidence", rating.evidence)
    found["takeaways"] = ("Take-aways", card.takeaways)
    found["left_open"] = ("Left open", card.left_open)
    found["private_note"] = ("Private note", card.private_note)
    found["recommendation"] = ("Recommendation", card.recommendation.label if card.recommendation else "")
    return found
