"""Answer on one's own sheet: each answer by itself, then hand it in, take it back, or say that one will not answer."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assay.app.readiness.access import require_own_sheet
from assay.app.readiness.actions.refusal import ReadinessError, clean_text
from assay.app.readiness.models import AnswerSheet
from assay.app.readiness.questions import load_questionnaire
from assay.app.readiness.stored import StoredAnswer, as_json, stored_answers
from assay.core.readiness.questionnaire import HIGHEST_LEVEL
from assay.core.readiness.turnout import first_missing, least_answers
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer as it comes from the page. ``seen`` is the revision of this answer that the page showed (0: none).

    Not ``is_given`` carries a note alone.
    """

    question: str
    is_given: bool
    level: int | None
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: the questions kept, and the answers refused because theirs changed elsewhere meanwhile."""

    kept: tuple[str, ...]
    conflicts: tuple[GivenAnswer, ...]


@transaction.atomic
def save_answers(*, actor: User, assessment_id: int, given: tuple[GivenAnswer, ...]) -> Saved:
    """Keep answers on the actor's own sheet; nothing that was saved elsewhere in the meantime is overwritten.

    Raises ``ReadinessError`` for an unknown question, a level off the scale, a sheet handed in or a closed assessment.
    """
    sheet = _open_sheet(actor=actor, assessment_id=assessment_id)
    return _save(actor=actor, sheet=sheet, given=given)


@transaction.atomic
def hand_in(*, actor: User, assessment_id: int, given: tuple[GivenAnswer, ...] = ()) -> Saved:
    """Save what the page holds and hand the sheet in; with conflicts it is not handed in, so that they can be seen.

    Raises ``ReadinessError`` while fewer questions are answered than the rules ask: an empty sheet would only show what
    the others said.
    """
    sheet = _open_sheet(actor=actor, assessment_id=assessment_id)
    saved = _save(actor=actor, sheet=sheet, given=given)
    if not saved.conflicts:
        _refuse_thin(sheet)
        sheet.submitted_at = timezone.now()
        sheet.revision += 1
        sheet.save(update_fields=["submitted_at", "revision", "updated_at"])
        _record(actor, "readiness.handed_in", sheet, ())
    return saved


@transaction.atomic
def reopen_sheet(*, actor: User, assessment_id: int) -> None:
    """Take the actor's own sheet back to change it; until it is handed in again it does not count.

    Where the others' answers lay open to them, the sheet is marked once it is changed. Somebody who said that they will
    not answer may so take that back.
    """
    sheet = require_own_sheet(actor=actor, assessment_id=assessment_id)
    _refuse_closed(sheet)
    if sheet.submitted_at is not None or sheet.declined_at is not None:
        others = AnswerSheet.objects.filter(assessment_id=assessment_id).exclude(pk=sheet.pk)
        if others.filter(Q(submitted_at__isnull=False) | Q(saw_result_at__isnull=False)).exists():
            sheet.saw_result_at = timezone.now()
        sheet.submitted_at = sheet.declined_at = None
        sheet.revision += 1
        sheet.save(update_fields=["submitted_at", "declined_at", "saw_result_at", "revision", "updated_at"])
        _record(actor, "readiness.taken_back", sheet, ())


@transaction.atomic
def decline_sheet(*, actor: User, assessment_id: int) -> None:
    """Keep that the actor will not answer: the sheet counts as not given, and the result is shown to them.

    Possible after closing too. Raises ``ReadinessError`` for a sheet that is handed in.
    """
    sheet = require_own_sheet(actor=actor, assessment_id=assessment_id)
    if sheet.submitted_at is not None:
        raise ReadinessError(field="", message="Your sheet is handed in. Take it back first.")
    if sheet.declined_at is None:
        sheet.declined_at = timezone.now()
        sheet.revision += 1
        sheet.save(update_fields=["declined_at", "revision", "updated_at"])
        _record(actor, "readiness.declined", sheet, ())


@transaction.atomic
def set_kind(*, actor: User, assessment_id: int, kind: str) -> None:
    """Say as what the actor answers: an id of the questionnaire's people, or nothing."""
    sheet = _open_sheet(actor=actor, assessment_id=assessment_id)
    if kind and kind not in {person.id for person in load_questionnaire().people}:
        raise ReadinessError(field="kind", message="Choose one of the list.")
    if sheet.kind != kind:
        sheet.kind = kind
        sheet.revision += 1
        sheet.save(update_fields=["kind", "revision", "updated_at"])
        _record(actor, "readiness.described", sheet, ())


def _open_sheet(*, actor: User, assessment_id: int) -> AnswerSheet:
    sheet = require_own_sheet(actor=actor, assessment_id=assessment_id)
    _refuse_closed(sheet)
    if sheet.submitted_at is not None:
        raise ReadinessError(field="", message="Your sheet is handed in. Take it back to change an answer.")
    if sheet.declined_at is not None:
        raise ReadinessError(field="", message="You said that you will not answer. Take that back first.")
    return sheet


def _refuse_thin(sheet: AnswerSheet) -> None:
    questionnaire = load_questionnaire()
    answered = {key for key, one in stored_answers(sheet).items() if one.is_given and key in questionnaire.by_id}
    missing = first_missing(questionnaire=questionnaire, answered=answered)
    if missing is not None:
        asked, least = len(questionnaire.questions), least_answers(questionnaire=questionnaire)
        message = f"You answered {len(answered)} of {asked} questions; a sheet is handed in from {least} on."
        raise ReadinessError(field=missing.id, message=f"{message} “I don't know” is an answer too.")


def _refuse_closed(sheet: AnswerSheet) -> None:
    if sheet.assessment.closed_at is not None:
        raise ReadinessError(field="", message="This assessment is closed; its answers stay as they are.")


def _save(*, actor: User, sheet: AnswerSheet, given: tuple[GivenAnswer, ...]) -> Saved:
    held = dict(stored_answers(sheet))
    kept: list[str] = []
    conflicts: list[GivenAnswer] = []
    for one in given:
        before = held.get(one.question, StoredAnswer())
        wanted = _checked(one, before)
        if _is_same(before, wanted):
            continue
        if before.revision != one.seen:
            conflicts.append(one)
            continue
        held[one.question] = replace(wanted, revision=before.revision + 1)
        kept.append(one.question)
    if kept:
        sheet.answers = {key: as_json(answer) for key, answer in held.items()}
        if sheet.saw_result_at is not None:
            sheet.changed_after_at = timezone.now()
        sheet.revision += 1
        sheet.save(update_fields=["answers", "changed_after_at", "revision", "updated_at"])
        _record(actor, "readiness.answered", sheet, tuple(kept))
    return Saved(tuple(kept), tuple(conflicts))


def _checked(one: GivenAnswer, before: StoredAnswer) -> StoredAnswer:
    if one.question not in load_questionnaire().by_id:
        raise ReadinessError(field="", message="That question is not asked (any more). Load the page again.")
    if one.level is not None and not 0 <= one.level <= HIGHEST_LEVEL:
        raise ReadinessError(field=one.question, message=f"Choose a level from 0 to {HIGHEST_LEVEL}, or “don't know”.")
    note = clean_text(one.note, field=one.question, longest=LONGEST_NOTE)
    if one.is_given:
        return StoredAnswer(is_given=True, level=one.level, note=note)
    return replace(before, note=note)


def _is_same(before: StoredAnswer, wanted: StoredAnswer) -> bool:
    told = (before.is_given, before.level, before.note, before.is_carried)
    return told == (wanted.is_given, wanted.level, wanted.note, wanted.is_carried)


def _record(actor: User, verb: str, sheet: AnswerSheet, questions: tuple[str, ...]) -> None:
    data: dict[str, JsonValue] = {
        "assessment": sheet.assessment_id,
        "questions": list(questions),
        "revision": sheet.revision,
    }
    record(actor=actor, verb=verb, object_type="readiness_sheet", object_id=sheet.pk, data=data)
