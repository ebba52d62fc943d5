"""What the sheets of an assessment add up to, and how many of them there are."""

from collections.abc import Sequence

from assay.app.readiness.models import AnswerSheet
from assay.app.readiness.questions import load_questionnaire
from assay.app.readiness.stored import sheets_of, stored_levels
from assay.core.readiness.answers import combine_levels
from assay.core.readiness.assessment import Assessment, assess
from assay.core.readiness.turnout import Turnout
from assay.core.readiness.verdict import Standing, judge


def result_of(sheets: Sequence[AnswerSheet]) -> Assessment:
    """Return what the sheets that were handed in add up to."""
    questionnaire = load_questionnaire()
    return assess(questionnaire=questionnaire, sheets=sheets_of(rows=_counted(sheets), questionnaire=questionnaire))


def standing_of(sheets: Sequence[AnswerSheet]) -> Standing:
    """Return the verdict with its reasons alone: what to do about it is the costly part."""
    questionnaire = load_questionnaire()
    given = [stored_levels(sheet) for sheet in _counted(sheets)]
    return judge(questionnaire=questionnaire, levels=combine_levels(questionnaire=questionnaire, given=given))


def turnout_of(sheets: Sequence[AnswerSheet]) -> Turnout:
    """Return how many answered of those asked."""
    counted = _counted(sheets)
    return Turnout(
        asked=len(sheets),
        given=len(counted),
        declined=sum(sheet.declined_at is not None for sheet in sheets),
        changed_after=sum(sheet.changed_after_at is not None for sheet in counted),
    )


def _counted(sheets: Sequence[AnswerSheet]) -> list[AnswerSheet]:
    return [sheet for sheet in sheets if sheet.submitted_at is not None]
