"""Where a page of a long list begins: the sort key of the row at its edge, written so that it fits in an address."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

KeyValue: TypeAlias = str | int | float | datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LIMIT = 2**53


@dataclass(frozen=True, slots=True)
class Position:
    """An edge in a sorted list.

    ``key`` holds the sort values of the row at the edge (the id last), ``count`` how many rows stand before the page
    that starts here, and ``is_backward`` whether the page ends, not starts, at the edge.
    """

    key: tuple[KeyValue, ...]
    count: int = 0
    is_backward: bool = False


def write_position(*, position: Position) -> str:
    """Return a position as text for an address."""
    body = json.dumps([[_plain(value) for value in position.key], position.count, int(position.is_backward)])
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def read_position(*, text: str, kinds: Sequence[type[KeyValue]]) -> Position | None:
    """Return the position that ``write_position`` wrote for a key of these kinds; ``None`` for anything else."""
    try:
        body = json.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
        key, count, backward = body
        values = tuple(_value(value, kind) for value, kind in zip(key, kinds, strict=True))
        return Position(key=values, count=max(0, _whole(count)), is_backward=bool(_whole(backward)))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _plain(value: KeyValue) -> str | int | float:
    return (value - _EPOCH) // _MICROSECOND if isinstance(value, datetime) else value


def _value(value: object, kind: type[KeyValue]) -> KeyValue:
    if kind is str:
        return _text(value)
    if kind is datetime:
        return _EPOCH + _whole(value) * _MICROSECOND
    if kind is int:
        return _whole(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LIMIT:
        raise ValueError("not a number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("not text")
    value.encode()
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not abs(value) < 2**60:
        raise ValueError("not a whole number")
    return value
