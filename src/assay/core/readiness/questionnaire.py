"""What is asked: dimensions, questions with five anchored levels, and what would lift each answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assay.core.base.source import Source

HIGHEST_LEVEL = 4


class Standing(StrEnum):
    """Whether a fact says it itself, or names only the heading while its content is the authors' judgement."""

    STATED = "stated"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class Person:
    """A kind of respondent: the sponsor, the data owner, and so on."""

    id: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Lift:
    """What lifts an answer, the kind of person who usually does it, and how many weeks it takes, from and to.

    The weeks are an assumption of the authors, never a measurement.
    """

    action: str
    owner: Person
    weeks_low: float
    weeks_high: float


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``levels`` says what one would see at 0 to 4; ``weight`` is its share within the dimension."""

    id: str
    dimension: str
    weight: float
    ask: str
    why: str
    levels: tuple[str, str, str, str, str]
    example: str
    knows_best: tuple[Person, ...]
    lift: Lift
    sources: tuple[Source, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Dimension:
    """A side of being ready. Lines are levels (0-4): below the first, prepare; from the second on, hire."""

    id: str
    label: str
    about: str
    prepare_below: float
    hire_from: float


class Combining(StrEnum):
    """How the answers of several people become one. Both never fall when an answer rises."""

    LOWER_MEDIAN = "lower_median"
    LOWEST = "lowest"

    @property
    def label(self) -> str:
        """What people read for it."""
        return "the middle answer counts" if self is Combining.LOWER_MEDIAN else "the lowest answer counts"


@dataclass(frozen=True, slots=True)
class HardStop:
    """An answer at or below ``at_most`` with which nobody should be hired, whatever the rest says."""

    question: str
    at_most: int
    because: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """An answer at or below ``at_most`` that ties hiring to lifting it by the time named in ``until``."""

    question: str
    at_most: int
    until: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class VerdictRules:
    """How answers become a verdict. ``minimum_answered`` is a share (0-1) of each dimension's weight."""

    usual: Combining
    at_hard_stop: Combining
    talk_gap: int
    minimum_answered: float
    lift_to: int
    most_conditions: int
    most_actions: int
    hard_stops: tuple[HardStop, ...]
    conditions: tuple[ConditionRule, ...]


@dataclass(frozen=True)
class Questionnaire:
    """Everything that is asked and how it is judged, with the versions and sources of both."""

    version: str
    people: tuple[Person, ...]
    dimensions: tuple[Dimension, ...]
    questions: tuple[Question, ...]
    rules: VerdictRules
    sources: tuple[Source, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """The questions by their ids."""
        return {question.id: question for question in self.questions}

    @cached_property
    def stops(self) -> Mapping[str, HardStop]:
        """The hard stops by the question they hang on."""
        return {stop.question: stop for stop in self.rules.hard_stops}

    @cached_property
    def condition_rules(self) -> Mapping[str, ConditionRule]:
        """The rules of conditions by the question they hang on."""
        return {rule.question: rule for rule in self.rules.conditions}

    @cached_property
    def _by_dimension(self) -> Mapping[str, tuple[Question, ...]]:
        return {
            one.id: tuple(question for question in self.questions if question.dimension == one.id)
            for one in self.dimensions
        }

    def within(self, dimension: str) -> tuple[Question, ...]:
        """Return the questions of a dimension in their order."""
        return self._by_dimension[dimension]
