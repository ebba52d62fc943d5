"""What the head of a letter says about how it was made and how it came, for those who must not answer in circles.

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
_ROBOTS = frozenset({"auto_reply", "bulk", "junk", "list"})
_AUTOMATIC_FIELDS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-response-suppress")
_LIST_FIELDS = ("list-id", "list-post", "list-unsubscribe", "list-help")
_DAEMON = re.compile(r"(?:^|[<\s])(?:mailer-daemon|postmaster)@", re.IGNORECASE)

Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class WayFacts:
    """How a letter was made and how it came. ``message_id`` is "" when it has none.

    ``is_automatic``: no person wrote it, so it is not answered. ``is_report``: a server says what became of a letter.
    ``is_going_round``: it passed more servers than any honest way has.
    """

    message_id: str
    is_automatic: bool
    is_from_list: bool
    is_report: bool
    is_going_round: bool
    received: int
    loop_marks: tuple[str, ...]


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
    """Return how a letter was made and how it came."""
    fields = read_fields(head_of(source))
    received = len(fields.get("received", ()))
    is_report = _first(fields, "content-type").lower().startswith("multipart/report")
    return WayFacts(
        message_id=first_id(_first(fields, "message-id")),
        is_automatic=is_report or _is_automatic(fields),
        is_from_list=any(name in fields for name in _LIST_FIELDS),
        is_report=is_report,
        is_going_round=received > _MOST_STOPS,
        received=received,
        loop_marks=fields.get("x-loop", ()),
    )


def first_id(value: str) -> str:
    """Return the first ``<...>`` in a field, or ""."""
    found = _ID.search(value[:_LONGEST_VALUE])
    return found[0] if found else ""


def _is_automatic(fields: Fields) -> bool:
    submitted = _first(fields, "auto-submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return True
    if _first(fields, "precedence").strip().lower() in _ROBOTS or _first(fields, "return-path").strip() == "<>":
        return True
    return any(name in fields for name in _AUTOMATIC_FIELDS) or _DAEMON.search(_first(fields, "from")) is not None


def _first(fields: Fields, name: str) -> str:
    return fields.get(name, ("",))[0]
