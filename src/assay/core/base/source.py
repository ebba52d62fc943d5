"""Where a number or a rule comes from, so that everything shown can be traced."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """One origin of a fact: a short title, an optional reference (fact id, paper, law, address) and its date."""

    title: str
    reference: str = ""
    as_of: date | None = None
