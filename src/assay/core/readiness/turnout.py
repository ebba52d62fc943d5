"""How many of those asked have answered, and what a sheet must hold before it counts."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

from assay.core.readiness.questionnaire import Question, Questionnaire

_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were asked, handed in, will not answer, and changed theirs after they could see the result."""

    asked: int
    given: int
    declined: int = 0
    changed_after: int = 0

    @property
    def share(self) -> str:
        """Say it in a few words: ``2 of 3 sheets in``."""
        return f"{self.given} of {self.asked} {'sheet' if self.asked == 1 else 'sheets'} in"

    @property
    def sentence(self) -> str:
        """Say it whole."""
        people = "person" if self.asked == 1 else "people"
        has = "has" if self.given == 1 else "have"
        said = [f"{self.given} of {self.asked} {people} asked {has} handed in"]
        if self.declined:
            said.append(f"{self.declined} will not answer")
        if self.changed_after:
            said.append(f"{self.changed_after} changed after seeing the result")
        return f"{'; '.join(said)}."


def least_answers(*, questionnaire: Questionnaire) -> int:
    """Return how many questions a sheet must answer to be handed in: the share that a verdict asks of a dimension,
    taken of all questions. "I do not know" is an answer."""
    return ceil(questionnaire.rules.minimum_answered * len(questionnaire.questions) - _HAIR)


def first_missing(*, questionnaire: Questionnaire, answered: Collection[str]) -> Question | None:
    """Return the first question left open on a sheet that answers too few, ``None`` when it answers enough."""
    left = [one for one in questionnaire.questions if one.id not in answered]
    is_enough = len(questionnaire.questions) - len(left) >= least_answers(questionnaire=questionnaire)
    return None if is_enough or not left else left[0]
