"""What an approval rests on: a handful of named values, their hash, and in words what has changed about them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Facts = Mapping[str, str]
NOT_GIVEN = ""


@dataclass(frozen=True, slots=True)
class GuardedField:
    """A fact that an approval rests on: its key, its name in a sentence ("band"), and why a change asks again."""

    key: str
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A guarded field that no longer says what was approved."""

    field: GuardedField
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """Say it: ``band changed from USD 150,000 to 190,000 to nothing``."""
        return f"{self.field.label} changed from {_said(self.before)} to {_said(self.after)}"


def facts_hash(facts: Facts) -> str:
    """Return the SHA-256, in hexadecimal, of facts in a form that their order does not change.

    An empty value and a missing key are the same fact: nothing was said.
    """
    said = {key: value for key, value in sorted(facts.items()) if value != NOT_GIVEN}
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def find_changes(*, approved: Facts, current: Facts, guarded: Sequence[GuardedField]) -> tuple[Change, ...]:
    """Return, in the order of ``guarded``, the fields that say something else now than when they were put forward."""
    return tuple(
        Change(field, before, after)
        for field in guarded
        if (before := approved.get(field.key, NOT_GIVEN)) != (after := current.get(field.key, NOT_GIVEN))
    )


def range_fact(*, low: Decimal, high: Decimal, currency: str) -> str:
    """Write a range of money as a fact: ``USD 150,000 to 190,000``. What it says never depends on where it is shown."""
    return f"{currency} {_figure(low)} to {_figure(high)}"


def money_fact(*, amount: Decimal, currency: str) -> str:
    """Write an amount of money as a fact: ``USD 250,000``."""
    return f"{currency} {_figure(amount)}"


def _figure(amount: Decimal) -> str:
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def _said(value: str) -> str:
    return value if value != NOT_GIVEN else "nothing"
