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

    Whoever writes must have seen the kept one, the page that wrote it too: two tabs can pass for one page. A turn of
    that page which arrives late, or again because its answer was lost, is old news. Otherwise two versions stand
    against each other and a person decides.
    """
    if sent.seen_number >= saved.number:
        return DraftFate.KEEP
    is_known = bool(sent.writer) and sent.writer == saved.writer and sent.turn <= saved.turn
    return DraftFate.OLD_NEWS if is_known else DraftFate.CONFLICT
