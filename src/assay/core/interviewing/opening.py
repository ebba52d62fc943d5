"""Whose eyes a scorecard is open to: nobody reads another's before their own is in."""

from collections.abc import Collection
from dataclasses import dataclass

from assay.core.interviewing.states import InterviewState


@dataclass(frozen=True, slots=True)
class Duty:
    """A seat of somebody on a panel of one application: the interview, how far it is, and whether their card is in."""

    interview_id: int
    state: InterviewState
    is_excused: bool
    is_card_in: bool

    @property
    def is_due(self) -> bool:
        """Tell whether a card is still to come: also for a talk that is still ahead, so that it starts unprejudiced."""
        expects_one = self.state in (InterviewState.SCHEDULED, InterviewState.HELD)
        return expects_one and not self.is_excused and not self.is_card_in


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks at an application: their id, what the policy lets them read, and their seats on its panels.

    ``may_read_decisions`` is the policy's word for what people concluded, ``may_decide`` for private notes.
    """

    user_id: int
    may_read_decisions: bool
    may_decide: bool
    duties: tuple[Duty, ...] = ()

    @property
    def owes_a_card(self) -> bool:
        """Tell whether a card of theirs is still to come."""
        return any(duty.is_due for duty in self.duties)

    @property
    def reads_others(self) -> bool:
        """Tell whether the others' cards are open: none of one's own is due, and a right or an own card gives it."""
        return not self.owes_a_card and self.reads_when_free

    @property
    def reads_when_free(self) -> bool:
        """Tell whether others' cards would be open to them with none of their own due."""
        return self.may_read_decisions or any(duty.is_card_in for duty in self.duties)


@dataclass(frozen=True, slots=True)
class CardMark:
    """A card as opening sees it."""

    card_id: int
    author_id: int
    is_submitted: bool


def can_see(*, reader: Reader, card: CardMark) -> bool:
    """Tell whether a card is open to a reader: their own always, another's once it is in and theirs are too."""
    return card.author_id == reader.user_id or (card.is_submitted and reader.reads_others)


def can_see_private_note(*, reader: Reader, card: CardMark) -> bool:
    """Tell whether the private note of a card is open: to its author, and to those who decide and may see the card."""
    return card.author_id == reader.user_id or (reader.may_decide and can_see(reader=reader, card=card))


def hidden_cards(*, reader: Reader, cards: Collection[CardMark]) -> frozenset[int]:
    """Return the ids of those cards that are closed to a reader."""
    return frozenset(card.card_id for card in cards if not can_see(reader=reader, card=card))
