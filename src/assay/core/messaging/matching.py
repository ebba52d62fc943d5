"""Which conversation a letter belongs to, from what it says of itself; a guess is left to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class MatchedBy(StrEnum):
    """How a letter found its conversation, from the surest to the least sure."""

    TOKEN = "token"  # noqa: S105 - a word, no secret
    REFERENCE = "reference"
    SENDER = "sender"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Match:
    """The conversation a letter belongs to (None: a new one about the application), and how it was found."""

    application_id: int
    thread_id: int | None
    by: MatchedBy


@dataclass(frozen=True, slots=True)
class Known:
    """A conversation that a letter names."""

    thread_id: int
    application_id: int


def match(
    *, by_token: Sequence[Known], by_reference: Sequence[Known], live_applications: Sequence[int]
) -> Match | None:
    """Return where a letter belongs: the address it was sent to, else the letters it answers, else who wrote it.

    ``live_applications`` are those of the sender's address; one alone is an answer, two are a question. None: a person
    has to look.
    """
    for by, named in ((MatchedBy.TOKEN, by_token), (MatchedBy.REFERENCE, by_reference)):
        if len({one.thread_id for one in named}) == 1:
            return Match(named[0].application_id, named[0].thread_id, by)
    if len(live_applications) == 1:
        return Match(live_applications[0], None, MatchedBy.SENDER)
    return None
