"""Which save of a draft counts when several pages, or a bad connection, send several."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """The draft that is kept: its number, and which page wrote it in its which turn."""

    number: int
    writer: str
    turn: int


@dataclass(frozen=True, slots=True)
class SentDraft:
    """A draft that arrives: the number it was made on, the page that wrote it, and its turn there."""

    seen_number: int
    writer: str
    turn: int


class DraftFate(StrEnum):
    """What happens with a draft that arrives."""

    KEEP = "keep"
    OLD_NEWS = "old_news"
    CONFLICT = "conflict"


def judge_draft(*, saved: SavedDraft, sent: SentDraft) -> DraftFate:
    """Decide whether a draft replaces the one that is kept.

    A page that wrote the kept one may go on, whatever number it knows (its answer may have been lost); what it sent
    earlier and arrives late is old news. Any other page must have seen the kept one, else two versions stand against
    each other and a person decides.
    """
    if sent.writer and sent.writer == saved.writer:
        return DraftFate.KEEP if sent.turn > saved.turn else DraftFate.OLD_NEWS
    return DraftFate.KEEP if sent.seen_number >= saved.number else DraftFate.CONFLICT
