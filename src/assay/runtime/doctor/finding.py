"""One line of the doctor's report."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How a check went. Only ``WRONG`` asks for something to be done."""

    FINE = "ok"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do when that is not well."""

    grade: Grade
    subject: str
    text: str
    advice: str = ""

    def line(self) -> str:
        """Return the finding as aligned text, the advice below it."""
        first = f"{self.grade.value:<6}{self.subject:<14}{self.text}"
        return f"{first}\n{'':<20}-> {self.advice}" if self.advice else first


def fine(subject: str, text: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(Grade.FINE, subject, text)


def note(subject: str, text: str, *, advice: str = "") -> Finding:
    """Return a finding worth knowing."""
    return Finding(Grade.NOTE, subject, text, advice)


def wrong(subject: str, text: str, *, advice: str) -> Finding:
    """Return a finding that must be put right."""
    return Finding(Grade.WRONG, subject, text, advice)
