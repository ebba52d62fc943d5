"""An assessment as JSON with stable keys; described in docs/readiness.md."""

import json
from collections.abc import Sequence
from typing import Any

from assay.core.base.source import Source
from assay.core.readiness.answers import Combined
from assay.core.readiness.assessment import Assessment
from assay.core.readiness.comparison import Comparison
from assay.core.readiness.lifting import Action
from assay.core.readiness.questionnaire import Question, Questionnaire
from assay.core.readiness.verdict import DimensionResult, Reason


def to_json(assessment: Assessment, comparison: Comparison | None = None) -> str:
    """Return the assessment as JSON; the same answers give the same bytes."""
    content: dict[str, Any] = {
        "verdict": assessment.verdict,
        "summary": assessment.summary,
        "could_be": {"worst": assessment.worst, "best": assessment.best},
        "on_what_is_known": assessment.on_known,
        "respondents": list(assessment.respondents),
        "reasons": [_reason(one) for one in assessment.standing.reasons],
        "hard_stops": [_reason(one) for one in assessment.standing.stops],
        "conditions": [_reason(one) for one in assessment.standing.conditions],
        "gaps": [_reason(one) for one in assessment.standing.gaps],
        "dimensions": [_dimension(one) for one in assessment.standing.dimensions],
        "questions": [_answer(one) for one in assessment.answers],
        "actions": [_action(one) for one in assessment.plan.actions],
        "ways": [
            {"verdict": way.verdict, "questions": [one.id for one in way.questions], "text": way.text}
            for way in assessment.plan.ways
        ],
        "to_find_out": [
            {
                "question": one.question.id,
                "ask": [person.id for person in one.ask],
                "blocks_verdict": one.blocks_verdict,
                "why": one.why,
            }
            for one in assessment.to_find_out
        ],
        "notes": list(assessment.notes),
        "version": assessment.version,
        "sources": _sources(assessment.sources),
    }
    if comparison is not None:
        content["since"] = _comparison(comparison)
    return _dumped(content)


def to_questions_json(questionnaire: Questionnaire) -> str:
    """Return every question with its levels as JSON."""
    questions = [_question(one) for one in questionnaire.questions]
    dimensions = [{"id": one.id, "label": one.label, "about": one.about} for one in questionnaire.dimensions]
    return _dumped({"version": questionnaire.version, "dimensions": dimensions, "questions": questions})


def _dumped(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _sources(sources: Sequence[Source]) -> list[dict[str, Any]]:
    return [
        {"title": one.title, "reference": one.reference, "as_of": one.as_of.isoformat() if one.as_of else None}
        for one in sources
    ]


def _reason(reason: Reason) -> dict[str, Any]:
    return {"kind": reason.kind, "text": reason.text, "about": reason.about, "sources": _sources(reason.sources)}


def _dimension(result: DimensionResult) -> dict[str, Any]:
    return {
        "id": result.dimension.id,
        "label": result.dimension.label,
        "point": None if result.point is None else round(result.point, 4),
        "low": round(result.low, 4),
        "high": round(result.high, 4),
        "answered": round(result.answered, 4),
        "state": result.state,
        "prepare_below": result.dimension.prepare_below,
        "hire_from": result.dimension.hire_from,
    }


def _answer(answer: Combined) -> dict[str, Any]:
    return {
        "id": answer.question.id,
        "dimension": answer.question.dimension,
        "level": answer.level,
        "combining": answer.combining,
        "spread": answer.spread,
        "is_disputed": answer.is_disputed,
        "voices": [
            {"respondent": one.respondent, "level": one.level, "note": one.note, "knows_best": one.knows_best}
            for one in answer.voices
        ],
    }


def _action(action: Action) -> dict[str, Any]:
    lift = action.question.lift
    return {
        "question": action.question.id,
        "action": lift.action,
        "owner": lift.owner.id,
        "weeks": {"low": lift.weeks_low, "high": lift.weeks_high, "is_assumed": True},
        "level": action.level,
        "lifted_to": action.lifted_to,
        "changes": action.kind,
        "effect": action.effect,
        "verdict_alone": action.alone,
        "verdict_in_order": action.in_order,
        "dimension_before": round(action.dimension_before, 4),
        "dimension_after": round(action.dimension_after, 4),
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "verdict_before": comparison.before,
        "verdict_after": comparison.after,
        "change": comparison.change,
        "summary": comparison.summary,
        "dimensions": [
            {"id": one.dimension.id, "before": one.before, "after": one.after, "change": one.change}
            for one in comparison.dimensions
        ],
        "questions": [
            {"id": one.question.id, "before": one.before, "after": one.after, "change": one.change}
            for one in comparison.questions
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "dimension": question.dimension,
        "weight": question.weight,
        "ask": question.ask,
        "why": question.why,
        "levels": list(question.levels),
        "example": question.example,
        "knows_best": [person.id for person in question.knows_best],
        "sources": _sources(question.sources),
        "standing": question.standing,
    }
