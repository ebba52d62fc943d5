"""The one scale of the product: levels 0 to 4, anchored in behaviour."""

from enum import IntEnum


class Level(IntEnum):
    """How far someone has shown a competency. The anchors for each competency stand in the knowledge files."""

    NONE = 0
    AWARE = 1
    WORKING = 2
    STRONG = 3
    EXPERT = 4

    @property
    def label(self) -> str:
        """The word people see for this level."""
        return ("None shown", "Aware", "Working", "Strong", "Expert")[self]
