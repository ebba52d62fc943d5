"""What a way out for letters has in common: it takes a letter in three steps, and says exactly how far it came."""

from dataclasses import dataclass
from typing import Protocol


class ServerTrouble(Exception):
    """The server cannot be used for any letter now: not reached, not trusted, or it does not want us."""


class Refused(Exception):
    """This letter will never be taken; the words say why."""


class NotNow(Exception):
    """This letter was not taken this time; it is safe to try again."""


class ConnectionLost(NotNow):
    """The same, and the connection is gone."""


class Unanswered(Exception):
    """The whole letter went out and no answer came back: it may have been taken, or not."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a server is told before it sees a letter. ``size`` is in bytes."""

    letter_id: int
    sender: str
    recipient: str
    size: int


class Carrier(Protocol):
    """An open way out."""

    def offer(self, envelope: Envelope) -> None:
        """Ask whether a letter may come. Raises ``Refused``, ``NotNow``, ``ConnectionLost`` or ``ServerTrouble``."""

    def hand_over(self, source: bytes) -> str:
        """Give the letter that was offered; return the words it was taken with.

        Raises ``Unanswered`` when nobody can know whether it was taken, and ``Refused``, ``NotNow``,
        ``ConnectionLost`` or ``ServerTrouble`` when it surely was not.
        """

    def is_open(self) -> bool:
        """Tell whether another letter can be offered."""

    def close(self) -> None:
        """Hang up; a letter that was offered and not handed over is dropped by the other side."""

    def leave(self) -> None:
        """Say goodbye and hang up, when there is somebody to say it to."""
