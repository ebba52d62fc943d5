"""The table that every measurement ends in: what, measured, baseline of the same run, ratio, limit, verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_WIDTHS = (58, 14, 14, 8, 14, 9)
_HEADINGS = ("what", "measured", "baseline", "ratio", "limit", "verdict")


class Verdict(StrEnum):
    """How a line stands to its limit."""

    KEPT = "kept"
    OVER = "OVER"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One measured number. ``baseline`` is in the same unit; at most one of ``most`` and ``least`` is the limit."""

    what: str
    measured: float
    unit: str
    baseline: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether the limit is kept; nothing for a line without one."""
        if self.most is not None:
            return Verdict.KEPT if self.measured <= self.most else Verdict.OVER
        if self.least is not None:
            return Verdict.KEPT if self.measured >= self.least else Verdict.OVER
        return Verdict.NONE

    def cells(self) -> tuple[str, ...]:
        """Return the line as the table shows it."""
        limit = ""
        if self.most is not None:
            limit = f"<= {number(self.most)}"
        elif self.least is not None:
            limit = f">= {number(self.least)}"
        return (
            self.what,
            f"{number(self.measured)} {self.unit}".strip(),
            "" if self.baseline is None else f"{number(self.baseline)} {self.unit}".strip(),
            f"{self.measured / self.baseline:.2f}" if self.baseline else "",
            limit,
            self.verdict.value,
        )


def number(value: float) -> str:
    """Write a number with as many digits as it is worth."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.2f}"


def print_table(title: str, lines: Sequence[Line]) -> int:
    """Print the table and return the exit code: 1 when a line is over its limit."""
    print(f"\n{title}")
    _print_row(_HEADINGS)
    for line in lines:
        _print_row(line.cells())
    return 1 if any(line.verdict is Verdict.OVER for line in lines) else 0


def _print_row(cells: Sequence[str]) -> None:
    first, *rest = cells
    widths = _WIDTHS[1:]
    print(f"{first:<{_WIDTHS[0]}}" + "".join(f"{cell:>{width}}" for cell, width in zip(rest, widths, strict=True)))
