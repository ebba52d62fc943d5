"""The questions about a problem, and the answers somebody gave, checked against them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from assay.core.roles.compiling.conditions import Value

Answers = Mapping[str, Value]
_OPEN_WORDS = frozenset({"", "?", "unknown", "don't know", "don’t know", "do not know", "not known", "n/a"})
_LONGEST_SKILL = 60


class QuestionKind(StrEnum):
    """What an answer is: words, one or several options, a number, or names of skills."""

    TEXT = "text"
    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    SKILLS = "skills"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; an exclusive one stands alone."""

    id: str
    label: str
    about: str = ""
    is_exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions on the page."""

    id: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``least`` and ``most`` bound a number, or ``most`` the letters of a text and the count of skills.

    ``steps`` are the numbers tried when looking for what would change the result.
    """

    id: str
    section: str
    kind: QuestionKind
    label: str
    help: str = ""
    example: str = ""
    options: tuple[Option, ...] = ()
    unit: str = ""
    least: float = 0
    most: float = 0
    steps: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that cannot be used: which question, and what to do about it."""

    question: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers that can be used, by question, and what was wrong with the others."""

    answers: dict[str, Value]
    problems: tuple[Problem, ...]


class _Refused(ValueError):
    """Raised inside this module for an answer that cannot be used."""


def read_answers(*, questions: Sequence[Question], raw: Mapping[str, object]) -> Reading:
    """Return the usable answers among ``raw`` and what is wrong with the rest. What is left open is left out.

    An option is named by its id or its label; "don't know", "?" and nothing are the same.
    """
    known = {question.id: question for question in questions}
    problems = [
        Problem(_shown(key), f"There is no question “{_shown(key)}”. The questions are: {', '.join(known)}.")
        for key in raw
        if key not in known
    ]
    answers: dict[str, Value] = {}
    for question in questions:
        try:
            answer = _read(question, raw.get(question.id))
        except _Refused as error:
            problems.append(Problem(question.id, f"{question.label} {error}"))
            continue
        if answer is not None:
            answers[question.id] = answer
    return Reading(answers, tuple(problems))


def answer_text(*, question: Question, answer: Value | None) -> str:
    """Return an answer as people read it: labels for options, figures with thousands apart, "open" for none."""
    if answer is None or answer == ():
        return "open"
    labels = {option.id: option.label for option in question.options}
    if isinstance(answer, tuple):
        return ", ".join(labels.get(part, part) for part in answer)
    if isinstance(answer, str):
        return labels.get(answer, answer)
    return f"{number_text(number=answer)} {question.unit}".strip()


def number_text(*, number: float) -> str:
    """Return a number with thousands apart, and decimals only where there are some."""
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,.6g}"


def _read(question: Question, raw: object) -> Value | None:
    if raw is None or (isinstance(raw, str) and _clean(raw).casefold() in _OPEN_WORDS):
        return None
    match question.kind:
        case QuestionKind.TEXT:
            return _text(question, raw)
        case QuestionKind.ONE:
            return _option(question, raw)
        case QuestionKind.MANY:
            return _several(question, raw)
        case QuestionKind.NUMBER:
            return _number(question, raw)
        case QuestionKind.SKILLS:
            return _skills(question, raw)


def _text(question: Question, raw: object) -> str | None:
    if not isinstance(raw, str | int | float):
        raise _Refused("Answer in words.")
    text = _clean(str(raw))
    if len(text) > question.most:
        raise _Refused(f"Say it in at most {question.most:.0f} characters; this has {len(text):,}.")
    return text or None


def _option(question: Question, raw: object) -> str:
    # YAML reads an unquoted no or yes as a truth.
    spoken = {True: "yes", False: "no"}[raw] if isinstance(raw, bool) else raw
    names = {name.casefold(): option.id for option in question.options for name in (option.label, option.id)}
    found = names.get(_clean(spoken).casefold()) if isinstance(spoken, str) else None
    if found is None:
        choices = ", ".join(option.id for option in question.options)
        raise _Refused(f"“{_shown(raw)}” is none of the choices: {choices}.")
    return found


def _several(question: Question, raw: object) -> tuple[str, ...] | None:
    parts = [_option(question, part) for part in _parts(raw)]
    chosen = tuple(option.id for option in question.options if option.id in parts)
    alone = next((option for option in question.options if option.is_exclusive and option.id in chosen), None)
    if alone is not None and len(chosen) > 1:
        raise _Refused(f"“{alone.label}” cannot stand beside other answers. Take it away, or take the others away.")
    return chosen or None


def _number(question: Question, raw: object) -> int | float:
    number = _parsed(raw)
    if number is None or not isfinite(number):
        raise _Refused(f"“{_shown(raw)}” is not a number.")
    if not question.least <= number <= question.most:
        bounds = f"{number_text(number=question.least)} and {number_text(number=question.most)}"
        raise _Refused(f"Give a number between {bounds} ({question.unit}).")
    return int(number) if float(number).is_integer() else number


def _parsed(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    if not isinstance(raw, str):
        return float(raw) if abs(raw) < 1e30 else None
    plain = _clean(raw).replace(" ", "").replace(",", "").replace("_", "")
    try:
        return float(plain) if len(plain) < 40 else None
    except ValueError:
        return None


def _skills(question: Question, raw: object) -> tuple[str, ...] | None:
    names = [_clean(part) for part in _parts(raw) if isinstance(part, str | int | float)]
    wanted = tuple(dict.fromkeys(name for name in names if name))
    if len(wanted) > question.most:
        raise _Refused(f"Name at most {question.most:.0f}; these are {len(wanted):,}.")
    long = next((name for name in wanted if len(name) > _LONGEST_SKILL), None)
    if long is not None:
        raise _Refused(f"“{long[:30]}…” is too long for a skill. Separate them by commas.")
    return wanted or None


def _parts(raw: object) -> Iterable[object]:
    if isinstance(raw, str):
        return [part for part in raw.replace("\n", ",").replace(";", ",").split(",") if part.strip()]
    if isinstance(raw, list | tuple):
        return [part for part in raw if not (part is None or (isinstance(part, str) and not part.strip()))]
    raise _Refused("Give a list.")


def _clean(value: object) -> str:
    return " ".join(str(value).replace("\0", " ").split())


def _shown(raw: object) -> str:
    """Return an unusable answer for a message; what is no plain value is not written out, it may be endless."""
    text = _clean(raw) if isinstance(raw, str | int | float) else f"a {type(raw).__name__}"
    return text if len(text) <= 40 else f"{text[:40]}…"
