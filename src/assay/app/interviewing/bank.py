"""The question bank as its page shows it: searched, filtered, counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from assay.app.interviewing.needs import competency_labels
from assay.knowledge.interviewing.sheets import QuestionNote, load_bank, load_formats

SENIORITIES = {"junior": "Junior", "mid": "Mid", "senior": "Senior", "lead": "Lead"}
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class BankFilter:
    """What to look for: words that all have to stand somewhere in a question, a competency, a format, a seat."""

    words: str = ""
    competency: str = ""
    format: str = ""
    seniority: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is left out."""
        return not (self.words or self.competency or self.format or self.seniority)


@dataclass(frozen=True, slots=True)
class BankPage:
    """The questions found by competency, in the order of competencies, with the number of all and of each one's."""

    found: Mapping[str, tuple[QuestionNote, ...]]
    total: int
    of_competency: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many questions were found."""
        return sum(map(len, self.found.values()))


def search_bank(*, wanted: BankFilter) -> BankPage:
    """Return the questions that fit, those of one competency together."""
    bank = load_bank().questions
    words = wanted.words.casefold().split()
    fitting = [question for question in bank if _fits(question, wanted) and _says(question, words)]
    found = {key: tuple(one for one in fitting if one.competency == key) for key in competency_labels()}
    counts = Counter(question.competency for question in bank)
    return BankPage({key: group for key, group in found.items() if group}, len(bank), counts)


def format_labels() -> Mapping[str, str]:
    """Return the name of each kind of conversation by its id."""
    return {one.id: one.label for one in load_formats().formats}


def _fits(question: QuestionNote, wanted: BankFilter) -> bool:
    return (
        wanted.competency in ("", question.competency)
        and (not wanted.format or wanted.format in question.formats)
        and (not wanted.seniority or wanted.seniority in question.seniorities)
    )


def _says(question: QuestionNote, words: list[str]) -> bool:
    said = " ".join(
        (
            question.ask,
            question.why,
            competency_labels()[question.competency],
            *question.follow_ups,
            *question.strong,
            *question.adequate,
            *question.weak,
            *question.red_flags,
            *question.tags,
        )
    ).casefold()
    return all(word in said for word in words)
