"""How requisitions and their openings are numbered: ``REQ-2026-001`` and, for its first seat, ``REQ-2026-001-1``."""

import re
from collections.abc import Iterable

_CODE = re.compile(r"REQ-(\d{4})-(\d+)")


def next_code(*, year: int, taken: Iterable[str]) -> str:
    """Return the code after the highest of ``year`` among ``taken``; numbers have three digits until 999."""
    numbers = [int(found[2]) for code in taken if (found := _CODE.fullmatch(code)) and int(found[1]) == year]
    return f"REQ-{year:04d}-{max(numbers, default=0) + 1:03d}"


def opening_codes(*, code: str, first: int, count: int) -> tuple[str, ...]:
    """Return the codes of ``count`` openings of a requisition, numbered from ``first``."""
    return tuple(f"{code}-{number}" for number in range(first, first + count))
