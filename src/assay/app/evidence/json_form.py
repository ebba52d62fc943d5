"""A profile as JSON. Its keys are a promise: they may be added to, never renamed."""

from typing import Any

from assay.app.evidence.view import CompetencyView, MustView, ProfileView, SegmentView, StepView

_PLACES = 4


def as_json(*, profile: ProfileView) -> dict[str, Any]:
    """Return a profile as plain values; levels 0-4, probabilities 0-1, doubt in bits.

    ``closed_ratings`` is 0, or null where some are closed to the reader: how many is closed too.
    """
    return {
        "application_id": profile.application_id,
        "role": profile.role_title,
        "rules": {"version": profile.rules_version, "as_of": profile.rules_as_of.isoformat()},
        "must_haves": [_must(must) for must in profile.musts],
        "all_must_haves": {
            "chance": round(profile.joint.chance, _PLACES),
            "least": round(profile.joint.least, _PLACES),
            "most": round(profile.joint.most, _PLACES),
            "counted": profile.joint.counted,
            "uncounted": profile.joint.uncounted,
        },
        "competencies": [_competency(item) for item in profile.competencies],
        "doubt": round(profile.doubt, _PLACES),
        "measured_by_people": round(profile.coverage, _PLACES),
        "closed_ratings": None if profile.has_closed else 0,
        "next_steps": [_step(step) for step in profile.steps],
        "next_questions": [_step(step) for step in profile.questions],
    }


def _must(must: MustView) -> dict[str, Any]:
    return {
        "id": must.id,
        "label": must.label,
        "chance": None if must.chance is None else round(must.chance, _PLACES),
        "measured": must.covered.value,
        "competencies": list(must.competency_ids),
    }


def _competency(item: CompetencyView) -> dict[str, Any]:
    return {
        "id": item.id,
        "label": item.label,
        "level": round(item.level, _PLACES),
        "low": round(item.low, _PLACES),
        "high": round(item.high, _PLACES),
        "bar": item.bar,
        "weight": item.weight,
        "chance": None if item.chance is None else round(item.chance, _PLACES),
        "by_level": [round(share, _PLACES) for share in item.by_level],
        "measured": item.covered.value,
        "assumed": round(item.prior_share, _PLACES),
        "contradiction": item.disagreement_says,
        "measurements": [_segment(part) for part in item.segments],
    }


def _segment(part: SegmentView) -> dict[str, Any]:
    return {
        "id": int(part.key),
        "observer": part.observer.value,
        "who": part.who,
        "level": part.level,
        "reliability": part.reliability,
        "share": round(part.share, _PLACES),
        "pull": round(part.pull, _PLACES),
        "news": round(part.news, _PLACES),
        "observed_at": part.observed_at.isoformat(),
        "evidence": [{"quote": quote.quote, "page": quote.page} for quote in part.evidence],
    }


def _step(step: StepView) -> dict[str, Any]:
    return {
        "id": step.key,
        "kind": step.kind.value,
        "label": step.label,
        "minutes": step.minutes,
        "bits": round(step.bits, _PLACES),
        "bits_per_hour": round(step.bits_per_hour, _PLACES),
        "why": step.why,
    }
