"""Where a letter stops saying something new and repeats the one it answers."""

from collections.abc import Sequence
from re import Pattern

_LONGEST_LINE = 500


def fold_quoted(*, text: str, openers: Sequence[Pattern[str]]) -> tuple[str, str]:
    """Return what is new in ``text`` and what it repeats.

    A letter that answers between the quoted lines is left whole: its order is what it says.
    """
    lines = text.split("\n")
    at = next((index for index in range(len(lines)) if _opens(lines, index, openers)), None)
    if at is None:
        at = _trailing_quote(lines)
    if at is None or _answers_between(lines[at:]):
        return text.strip("\n"), ""
    return "\n".join(lines[:at]).strip("\n"), "\n".join(lines[at:]).strip("\n")


def _opens(lines: Sequence[str], index: int, openers: Sequence[Pattern[str]]) -> bool:
    """Tell whether the earlier letter begins here; mail programs break the line that says so in two."""
    line = lines[index].strip()[:_LONGEST_LINE]
    if not line:
        return False
    following = lines[index + 1].strip()[:_LONGEST_LINE] if index + 1 < len(lines) else ""
    joined = f"{line} {following}"
    return any(one.search(line) or (following and one.search(joined)) for one in openers)


def _trailing_quote(lines: Sequence[str]) -> int | None:
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].startswith(">")):
        at -= 1
    return at if any(line.startswith(">") for line in lines[at:]) else None


def _answers_between(rest: Sequence[str]) -> bool:
    quoted = [index for index, line in enumerate(rest) if line.startswith(">")]
    if not quoted:
        return False
    return any(line.strip() and not line.startswith(">") for line in rest[quoted[0] : quoted[-1]])
