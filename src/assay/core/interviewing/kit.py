"""What an interviewer goes in with: purpose, focus, questions in order, and how the minutes are shared out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question of a kit. ``question_id`` names one of the bank, or is empty for a question in own words.

    ``minutes`` is 0 where nobody said how long it takes.
    """

    question_id: str
    ask: str
    competency: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Kit:
    """An interview as planned: ``focus`` lists competency keys, ``format`` a kind of conversation or nothing."""

    title: str
    purpose: str
    minutes: int
    focus: tuple[str, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the conversation: from which minute, for how long. ``question`` is the index of the one asked."""

    label: str
    starts_at_minute: int
    minutes: int
    question: int | None = None


@dataclass(frozen=True, slots=True)
class TimePlan:
    """The conversation in parts. ``spare_minutes`` is negative when the questions do not fit."""

    slots: tuple[Slot, ...]
    spare_minutes: int


def plan_time(*, kit: Kit, opening: int, closing: int, usual: int = 8) -> TimePlan:
    """Share the minutes of a kit out: an opening, the questions as long as each takes, the candidate's own questions.

    A question without a length counts as ``usual`` minutes. The candidate's questions always end the conversation.
    """
    slots = [Slot("Who is who, what happens", 0, opening)]
    at = opening
    for index, asked in enumerate(kit.questions):
        minutes = asked.minutes or usual
        slots.append(Slot(asked.ask, at, minutes, index))
        at += minutes
    end = max(at, kit.minutes - closing)
    slots.append(Slot("Their questions, and what comes next", end, closing))
    return TimePlan(tuple(slots), kit.minutes - closing - at)
