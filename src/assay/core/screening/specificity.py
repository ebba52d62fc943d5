"""How specific a statement is: what was done to which system, with which figures, by which means."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.screening.rules import Signal, SpecificityRules


@dataclass(frozen=True, slots=True)
class Specificity:
    """The strength (0-1) of a statement, the signals that gave it, and whether it opens like a duty."""

    strength: float
    signals: tuple[str, ...]
    is_anchored: bool
    is_duty: bool


def specificity(*, folded: str, concepts: frozenset[str], tools: Sequence[str], rules: SpecificityRules) -> Specificity:
    """Return how specific a folded statement is. Tools alone never anchor it: anyone can list tools."""
    found = [signal for signal in rules.signals if _is_there(signal, folded, concepts)]
    is_duty = rules.duty.search(folded) is not None
    strength = sum(signal.weight for signal in found)
    labels = [signal.label for signal in found]
    different = len(set(tools))
    if different:
        strength += rules.tool_weight + (rules.more_tools_weight if different > 1 else 0.0)
        labels.append("names a tool" if different == 1 else "names tools")
    strength -= rules.buzz_cost * len(rules.buzz.findall(folded))
    is_anchored = any(signal.is_hard if is_duty else signal.is_anchor for signal in found)
    if is_duty:
        strength *= rules.duty_factor
    return Specificity(
        strength=max(0.0, min(1.0, strength)), signals=tuple(labels), is_anchored=is_anchored, is_duty=is_duty
    )


def _is_there(signal: Signal, folded: str, concepts: frozenset[str]) -> bool:
    if signal.concepts & concepts:
        return True
    return signal.pattern is not None and signal.pattern.search(folded) is not None
