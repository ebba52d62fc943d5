"""How well a text colour stands out from what lies behind it."""

from functools import lru_cache
from typing import NamedTuple


class Colour(NamedTuple):
    """Red, green and blue, each from 0 to 255."""

    red: int
    green: int
    blue: int


WHITE = Colour(255, 255, 255)
BLACK = Colour(0, 0, 0)


@lru_cache(maxsize=4096)
def contrast(*, first: Colour, second: Colour) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours: 1 for the same, 21 for black on white."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def from_hex(*, digits: str) -> Colour | None:
    """Read ``RRGGBB`` or ``RGB``, with or without ``#``; None when it is neither."""
    digits = digits.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6:
        return None
    try:
        value = int(digits, 16)
    except ValueError:
        return None
    return Colour(value >> 16, value >> 8 & 255, value & 255)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
