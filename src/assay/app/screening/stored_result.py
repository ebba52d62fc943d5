"""How a screening result is kept in the database: whole, as plain JSON, and back again without loss."""

from typing import Any

import msgspec

from assay.core.screening.result import ScreeningResult


def encode_result(*, result: ScreeningResult) -> dict[str, Any]:
    """Return the result as the JSON values that the database gives back: lists, never tuples."""
    kept = msgspec.json.decode(msgspec.json.encode(result))
    assert isinstance(kept, dict)  # noqa: S101 - a dataclass becomes a mapping
    return kept


def decode_result(*, kept: object) -> ScreeningResult:
    """Return the result as the core knows it. Raises ``msgspec.ValidationError`` for what was never one."""
    return msgspec.convert(kept, ScreeningResult)
