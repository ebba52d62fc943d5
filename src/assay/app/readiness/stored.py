"""The shape in which a sheet keeps its answers, and its way into the core.

``{question id: {"level": 0-4 or null, "note": text, "revision": n, "carried": true}}``: a level of ``null`` is
"I do not know", an entry without a level holds a note alone, ``carried`` marks an answer taken over from an earlier
assessment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.app.readiness.models import AnswerSheet
from assay.core.readiness.answers import Answer, Sheet
from assay.core.readiness.questionnaire import HIGHEST_LEVEL, Questionnaire


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer as a sheet keeps it. Not ``is_given`` means that neither a level nor "I do not know" was chosen."""

    is_given: bool = False
    level: int | None = None
    note: str = ""
    revision: int = 0
    is_carried: bool = False


def stored_answers(row: AnswerSheet) -> Mapping[str, StoredAnswer]:
    """Return the answers of a sheet by question id; what does not have the shape counts as not given."""
    held = row.answers if isinstance(row.answers, dict) else {}
    return {key: _answer(value) for key, value in held.items() if isinstance(value, dict)}


def stored_levels(row: AnswerSheet) -> Mapping[str, int | None]:
    """Return the bare levels of a sheet by question id, for judging many of them."""
    held = row.answers if isinstance(row.answers, dict) else {}
    return {key: _level(value) for key, value in held.items() if isinstance(value, dict)}


def as_json(answer: StoredAnswer) -> dict[str, Any]:
    """Return an answer as the sheet keeps it."""
    content: dict[str, Any] = {"note": answer.note, "revision": answer.revision}
    if answer.is_given:
        content["level"] = answer.level
    if answer.is_carried:
        content["carried"] = True
    return content


def sheets_of(*, rows: Sequence[AnswerSheet], questionnaire: Questionnaire) -> tuple[Sheet, ...]:
    """Return sheets for the core under names that tell people apart; answers to questions no longer asked are left."""
    people = {person.id: person for person in questionnaire.people}
    names = respondent_names(rows)
    return tuple(
        Sheet(
            respondent=names[row.pk],
            answers={
                key: Answer(answer.level, answer.note)
                for key, answer in stored_answers(row).items()
                if answer.is_given and key in questionnaire.by_id
            },
            kind=people.get(row.kind),
        )
        for row in rows
    )


def respondent_names(rows: Sequence[AnswerSheet]) -> Mapping[int, str]:
    """Return a name for each sheet; people who share one are told apart by their address."""
    plain = [row.respondent.display_name.casefold() for row in rows]
    return {
        row.pk: row.respondent.display_name
        if plain.count(row.respondent.display_name.casefold()) == 1
        else f"{row.respondent.display_name} ({row.respondent.email})"
        for row in rows
    }


def _answer(value: dict[str, Any]) -> StoredAnswer:
    level, note, revision = _level(value), value.get("note"), value.get("revision")
    return StoredAnswer(
        is_given="level" in value and (level is not None or value["level"] is None),
        level=level,
        note=note if isinstance(note, str) else "",
        revision=revision if isinstance(revision, int) else 0,
        is_carried=value.get("carried") is True,
    )


def _level(value: dict[str, Any]) -> int | None:
    level = value.get("level")
    is_level = isinstance(level, int) and not isinstance(level, bool) and 0 <= level <= HIGHEST_LEVEL
    return level if is_level else None
