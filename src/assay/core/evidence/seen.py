"""Measurements side by side: how large the error of each is, and how much of it is not news."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.evidence.measurement import Observer

_SUREST = 0.99


class SharedBy(StrEnum):
    """What two observations can have in common, so that the second is less than news."""

    DOCUMENT = "document"
    OBSERVER = "observer"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Seen:
    """One measurement as it is weighed: level (0-4), reliability (0-1), who saw it, and what it shares with others.

    ``key`` names it for whoever asks where a part of a belief comes from. ``is_whole`` says that it was given in whole
    levels. ``shares`` holds what it came from: the document, the person, the conversation, by their ids.
    """

    key: str
    competency: str
    level: float
    reliability: float
    observer: Observer
    is_whole: bool
    shares: tuple[tuple[SharedBy, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A measurement with the standard deviation of its error (levels) and the share (0-1) of it that is news."""

    seen: Seen
    error: float
    news: float

    @property
    def precision(self) -> float:
        """What it weighs: one over its squared error, times the share that is news."""
        return self.news / self.error**2

    @property
    def discounted_error(self) -> float:
        """The error as large as it must be for the news alone."""
        return self.error / math.sqrt(self.news)


def error_of(*, reliability: float, spread: float) -> float:
    """Return the standard deviation of an observation's error (levels) from its reliability (0-1).

    Reliability is true variance over observed variance among people of this ``spread`` (classical test theory).
    """
    sure = min(reliability, _SUREST)
    return spread * math.sqrt((1.0 - sure) / sure)


def weigh(*, seen: Sequence[Seen], spread: float, shared: Mapping[SharedBy, float]) -> tuple[Weighed, ...]:
    """Return the measurements of one competency with their weights, the surest first, without those of no reliability.

    What shares a document, an observer or a conversation shares error. For ``n`` equal observations whose errors
    correlate by ``r``, all together weigh ``n / (1 + (n - 1) r)`` of one; the surest counts whole, and each further one
    what it adds to that. Nothing that is added ever makes another weigh less.
    """
    known = sorted((item for item in seen if item.reliability > 0.0), key=lambda item: (-item.reliability, item.key))
    met: dict[tuple[SharedBy, str], int] = defaultdict(int)
    weighed = []
    for item in known:
        news = 1.0
        for group in dict.fromkeys(item.shares):
            met[group] += 1
            news *= _added(met[group], shared.get(group[0], 0.0))
        weighed.append(Weighed(item, error_of(reliability=item.reliability, spread=spread), max(news, 1e-9)))
    return tuple(weighed)


def _added(count: int, correlation: float) -> float:
    return _worth(count, correlation) - _worth(count - 1, correlation)


def _worth(count: int, correlation: float) -> float:
    return count / (1.0 + (count - 1) * correlation) if count else 0.0
