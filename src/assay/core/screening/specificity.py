"""How specific a statement is: what was done to which system, with which figures, by which means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.screening.rules import Signal, SignalRole, SpecificityRules

TOLD = "tells "
_WORD = re.compile(r"[a-z]{3,}")
_ENDINGS = (
    "izations", "ization", "ations", "ation", "ments", "ment", "ities", "ity", "ings", "ing", "ions", "ion", "ies",
    "ied", "izes", "ized", "ize", "ers", "er", "ed", "es", "ly", "al", "s", "e", "y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Specificity:
    """The strength (0-1) of a statement and the signals that gave it.

    ``signals`` are in words for people, ``told`` are names that claim kinds may ask for. An anchored statement may
    count; a hard one gives a figure or tells of an event.
    """

    strength: float
    signals: tuple[str, ...]
    told: frozenset[str]
    is_anchored: bool
    is_hard: bool
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
    particular = _particulars(folded, rules)
    if particular > 0.0:
        strength += particular
        labels.append("says particular things")
    strength -= rules.buzz_cost * len(rules.buzz.findall(folded))
    is_hard = any(signal.role is SignalRole.HARD for signal in found)
    anchors = sum(signal.role is SignalRole.ANCHOR for signal in found)
    supports = sum(signal.role is SignalRole.SUPPORT for signal in found) + (particular > 0.0)
    is_particular = particular >= rules.many_weight or (anchors + supports >= 2 and (anchors > 0 or particular > 0.0))
    return Specificity(
        strength=max(0.0, min(1.0, strength)),
        signals=tuple(labels),
        told=frozenset(f"{TOLD}{signal.id}" for signal in found),
        is_anchored=is_hard or (is_particular and not is_duty),
        is_hard=is_hard,
        is_duty=is_duty,
    )


def _particulars(folded: str, rules: SpecificityRules) -> float:
    """Return the weight of the words that are not in everybody's mouth."""
    words = {stem(word) for word in _WORD.findall(folded)} - rules.generic_stems
    if len(words) >= rules.many_particulars:
        return rules.many_weight
    return rules.few_weight if len(words) >= rules.few_particulars else 0.0


def stem(word: str) -> str:
    """Return a word without its commonest endings; good enough to tell whether two words are the same."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _is_there(signal: Signal, folded: str, concepts: frozenset[str]) -> bool:
    if signal.concepts & concepts:
        return True
    return signal.pattern is not None and signal.pattern.search(folded) is not None
