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
    """One measured number. ``baseline`` is in the same unit; at most one of ``most``, ``least`` and
    ``exactly`` is the limit."""

    what: str
    measured: float
    unit: str
    baseline: float | None = None
    most: float | None = None
    least: float | None = None
    exactly: float | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether the limit is kept; nothing for a line without one."""
        kept = [
            self.most is None or self.measured <= self.most,
            self.least is None or self.measured >= self.least,
            self.exactly is None or self.measured == self.exactly,
        ]
        if not self.limit():
            return Verdict.NONE
        return Verdict.KEPT if all(kept) else Verdict.OVER

    def limit(self) -> str:
        """Return the limit in words; nothing for a line without one."""
        limits = (("<=", self.most), (">=", self.least), ("=", self.exactly))
        return "".join(f"{sign} {number(value)}" for sign, value in limits if value is not None)

    def cells(self) -> tuple[str, ...]:
        """Return the line as the table shows it."""
        return (
            self.what,
            f"{number(self.measured)} {self.unit}".strip(),
            "" if self.baseline is None else f"{number(self.baseline)} {self.unit}".strip(),
            f"{self.measured / self.baseline:.2f}" if self.baseline else "",
            self.limit(),
            self.verdict.value,
        )


def number(value: float) -> str:
    """Write a number with as many digits as it is worth."""
    if value != value:
        return "none"
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
