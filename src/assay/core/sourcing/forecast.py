"""What becomes of each item of an import. The dry run and the import itself ask the same rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assay.core.sourcing.import_state import ItemState


@dataclass(frozen=True, slots=True)
class Candidate:
    """One item as far as it is known: its file's id (if any), the e-mail it carries, and what is wrong with it.

    ``refusal`` is why it cannot be taken in at all; ``unreadable`` is why a person must look at its file;
    ``notes`` is what to tell about it in any case.
    """

    key: int
    name: str
    file_id: int | None = None
    email: str = ""
    refusal: str = ""
    unreadable: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the job already holds: live applications by file id and by e-mail, and e-mails of people known at all."""

    by_file: Mapping[int, int]
    by_email: Mapping[str, int]
    known_emails: frozenset[str]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The state an item reaches, the sentence that says why, and the application it meets if it is a duplicate."""

    key: int
    state: ItemState
    message: str
    application_id: int | None = None


def foresee(*, candidates: Iterable[Candidate], standing: Standing) -> tuple[Forecast, ...]:
    """Say what becomes of each candidate, in order: of two alike the first comes in and the second is a duplicate."""
    files: dict[int, str] = {}
    emails: dict[str, str] = {}
    return tuple(_foresee_one(candidate, standing, files, emails) for candidate in candidates)


def _foresee_one(candidate: Candidate, standing: Standing, files: dict[int, str], emails: dict[str, str]) -> Forecast:
    if candidate.refusal:
        return Forecast(candidate.key, ItemState.REFUSED, candidate.refusal)
    duplicate = _duplicate_of(candidate, standing, files, emails)
    if duplicate is not None:
        return duplicate
    if candidate.file_id is not None:
        files[candidate.file_id] = candidate.name
    if candidate.email:
        emails[candidate.email] = candidate.name
    if candidate.unreadable:
        return Forecast(candidate.key, ItemState.NEEDS_PERSON, candidate.unreadable)
    known = "Joins a person who is already known." if candidate.email in standing.known_emails else ""
    return Forecast(candidate.key, ItemState.IMPORTED, " ".join(filter(None, (known, candidate.notes))))


def _duplicate_of(
    candidate: Candidate, standing: Standing, files: Mapping[int, str], emails: Mapping[str, str]
) -> Forecast | None:
    key, file_id, email = candidate.key, candidate.file_id, candidate.email
    if file_id is not None and file_id in standing.by_file:
        message = "This file is already on an application to this job."
        return Forecast(key, ItemState.DUPLICATE, message, standing.by_file[file_id])
    if file_id is not None and file_id in files:
        return Forecast(key, ItemState.DUPLICATE, f"The same file as “{files[file_id]}” in this import.")
    if email and email in standing.by_email:
        message = "Someone with this e-mail already applies to this job."
        return Forecast(key, ItemState.DUPLICATE, message, standing.by_email[email])
    if email and email in emails:
        return Forecast(key, ItemState.DUPLICATE, f"The same e-mail as “{emails[email]}” in this import.")
    return None
