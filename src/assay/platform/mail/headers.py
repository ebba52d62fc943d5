"""What the head of a letter says about how it came, for those who must not answer in circles.

Only the head is looked at, and no more of it than a mail server would write. Reading takes time in proportion to that,
whatever a stranger put into it, and never fails.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST_HEAD = 256_000
_LONGEST_VALUE = 4_000
_MOST_FIELDS = 2_000
_MOST_STOPS = 50
_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:(.*)", re.DOTALL)
_ID = re.compile(r"<[^<>\s]{1,250}>")

Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class WayFacts:
    """How a letter came: its id, "" when it has none, and whether it passed more servers than any honest way has."""

    message_id: str
    is_going_round: bool


def head_of(source: bytes) -> bytes:
    """Return the part of a letter before its first empty line, as far as it is read at all."""
    head = source[:_LONGEST_HEAD].replace(b"\r\n", b"\n").lstrip(b"\n")
    return head.partition(b"\n\n")[0]


def read_fields(head: bytes) -> Fields:
    """Return the fields of a head by their names in lower case, in their order; lines that are none are left out."""
    found: dict[str, list[str]] = {}
    for line in _unfolded(head)[:_MOST_FIELDS]:
        field = _FIELD.fullmatch(line[: _LONGEST_VALUE + 80])
        if field is not None:
            name = field[1].decode("ascii").lower()
            value = b" ".join(field[2][:_LONGEST_VALUE].split()).decode("utf-8", "replace")
            found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _unfolded(head: bytes) -> list[bytes]:
    lines: list[list[bytes]] = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1].append(line)
        else:
            lines.append([line])
    return [b"".join(pieces) for pieces in lines]


def read_way(source: bytes) -> WayFacts:
    """Return how a letter came."""
    fields = read_fields(head_of(source))
    return WayFacts(
        message_id=first_id(fields.get("message-id", ("",))[0]),
        is_going_round=len(fields.get("received", ())) > _MOST_STOPS,
    )


def first_id(value: str) -> str:
    """Return the first ``<...>`` in a field, or ""."""
    found = _ID.search(value[:_LONGEST_VALUE])
    return found[0] if found else ""
