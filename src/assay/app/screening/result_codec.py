"""Turn a screening result into plain values that go into JSON or a database column, and back, without loss."""

from typing import Any

import msgspec

from assay.core.screening.result import ScreeningResult


def to_mapping(result: ScreeningResult) -> dict[str, Any]:
    """Return the result as dictionaries, lists, strings and numbers."""
    mapping: dict[str, Any] = msgspec.to_builtins(result)
    return mapping


def from_mapping(mapping: dict[str, Any]) -> ScreeningResult:
    """Return the result that ``to_mapping`` was given; raises ``msgspec.ValidationError`` for anything else."""
    return msgspec.convert(mapping, ScreeningResult)
