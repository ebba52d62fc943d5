"""The forms of the desk, read into drafts; nothing here decides or writes."""

from datetime import date

from django.http import QueryDict

from assay.app.readiness.actions.assessments import AssessmentDraft
from assay.app.readiness.actions.plans import ActionDraft
from assay.app.readiness.actions.refusal import ReadinessError
from assay.app.readiness.actions.sheets import GivenAnswer
from assay.core.readiness.questionnaire import Questionnaire
from assay.platform.numbers import read_id, read_whole

UNKNOWN = "unknown"
_MOST_DIGITS = 9


def read_assessment_draft(*, fields: QueryDict) -> AssessmentDraft:
    """Read what somebody filled in to begin an assessment; people that are no number become 0, refused in words."""
    return AssessmentDraft(
        subject=fields.get("subject", ""),
        team=fields.get("team", ""),
        people=read_people(fields=fields),
    )


def read_people(*, fields: QueryDict) -> tuple[int, ...]:
    """Read the accounts chosen."""
    return tuple(dict.fromkeys(read_id(value) or 0 for value in fields.getlist("people")))


def read_answers(*, fields: QueryDict, questionnaire: Questionnaire) -> tuple[GivenAnswer, ...]:
    """Read every answer the form holds: ``level_<id>`` of 0-4 or ``unknown``, ``note_<id>``, ``seen_<id>``.

    Raises ``ReadinessError`` for a level that is none.
    """
    present = [one.id for one in questionnaire.questions if f"level_{one.id}" in fields or f"note_{one.id}" in fields]
    return tuple(_given(fields, one) for one in present)


def read_action_draft(*, fields: QueryDict) -> ActionDraft:
    """Read what was agreed for one action. Raises ``ReadinessError`` for a date that is none."""
    question = fields.get("question", "")
    due = fields.get("due_on", "").strip()
    try:
        due_on = date.fromisoformat(due) if due else None
    except ValueError as error:
        raise ReadinessError(field=question, message="Write the date as year-month-day, such as 2026-11-30.") from error
    return ActionDraft(
        question=question,
        owner=fields.get("owner", ""),
        due_on=due_on,
        is_done=fields.get("done") == "on",
        seen=_number(fields.get("seen", "")),
    )


def _given(fields: QueryDict, question: str) -> GivenAnswer:
    value = fields.get(f"level_{question}", "")
    level = read_whole(value, most_digits=_MOST_DIGITS)
    if level is None and value not in {"", UNKNOWN}:
        raise ReadinessError(field=question, message="Choose a level from 0 to 4, or “don't know”.")
    return GivenAnswer(
        question=question,
        is_given=value != "",
        level=level,
        note=fields.get(f"note_{question}", ""),
        seen=_number(fields.get(f"seen_{question}", "")),
    )


def _number(value: str) -> int:
    return read_whole(value, most_digits=_MOST_DIGITS) or 0
