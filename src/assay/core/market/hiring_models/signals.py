"""Signs that it is time to staff the seat differently, each with a threshold and a way to see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Towards(StrEnum):
    """Where a sign points: to people of your own, or to outside help."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Reading(StrEnum):
    """What a sign says today."""

    NOT_MEASURED = "not_measured"
    NOT_YET = "not_yet"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign. Without a ``threshold`` of its own it takes the hourly break-even of the comparison."""

    id: str
    label: str
    towards: Towards
    how: str
    unit: str
    is_at_most: bool
    threshold: float | None
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignalReading:
    """A sign with the threshold in use, what was seen (or not), and what follows."""

    signal: Signal
    threshold: float
    is_own_threshold: bool
    seen: float | None
    reading: Reading


def read_signals(
    *,
    signals: Sequence[Signal],
    towards: Sequence[Towards],
    break_even_rate: float,
    thresholds: Mapping[str, float],
    seen: Mapping[str, float],
) -> tuple[SignalReading, ...]:
    """Return the signs that point one of the given ways, with own thresholds where somebody set them."""
    return tuple(
        _read(signal, break_even_rate, thresholds.get(signal.id), seen.get(signal.id))
        for signal in signals
        if signal.towards in towards
    )


def _read(signal: Signal, rate: float, own: float | None, seen: float | None) -> SignalReading:
    usual = rate if signal.threshold is None else signal.threshold
    threshold = usual if own is None else own
    if seen is None:
        reading = Reading.NOT_MEASURED
    else:
        is_reached = seen <= threshold if signal.is_at_most else seen >= threshold
        reading = Reading.REACHED if is_reached else Reading.NOT_YET
    return SignalReading(signal, threshold, own is not None, seen, reading)
