"""The questions of the desk as text and as JSON, and a template of answers."""

import json
from collections.abc import Iterator

from assay.app.market.hiring_models.answers import DEFAULT_MONTHS, DEFAULT_SEED
from assay.core.market.draws import point_of
from assay.core.market.hiring_models.desk import Desk
from assay.core.market.hiring_models.model import Input


def questions_json(desk: Desk) -> str:
    """Return statements, facts, numbers and signs with their ids as JSON."""
    content = {
        "version": desk.version,
        "statements": {one.id: one.statement for one in desk.criteria},
        "facts": {one.id: {"label": one.label, "options": dict(one.options)} for one in desk.facts},
        "change": {f"{model.id}.{name}": _numbers(one) for model in desk.models for name, one in model.inputs.items()},
        "signals": {one.id: {"label": one.label, "how": one.how, "unit": one.unit} for one in desk.signals},
    }
    return json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def questions_text(desk: Desk) -> str:
    """Return a file of answers to be filled in: every question with its id, nothing answered yet."""
    return "\n".join(_lines(desk)) + "\n"


def _numbers(one: Input) -> dict[str, str | float]:
    return {
        "label": one.label,
        "unit": one.unit,
        "p10": round(point_of(distribution=one.distribution, share=0.1), 4),
        "p50": round(point_of(distribution=one.distribution, share=0.5), 4),
        "p90": round(point_of(distribution=one.distribution, share=0.9), 4),
        "grade": one.grade.value,
        "source": one.source,
    }


def _lines(desk: Desk) -> Iterator[str]:
    yield "# Answers for: assay model THIS-FILE.yaml"
    yield "# Base pay is US dollars a year: one number, or p10, p50 and p90 in brackets."
    yield "base: 203000"
    yield f"months: {DEFAULT_MONTHS}"
    yield f"seed: {DEFAULT_SEED}"
    yield ""
    yield "# How true is each: 0 (not true), 0.5 (partly), 1 (true), or unknown."
    yield "statements:"
    for criterion in desk.criteria:
        yield f"  # {criterion.statement}"
        yield f"  {criterion.id}: unknown"
    yield ""
    yield "# Facts decide what is ruled out. unknown keeps a model open; it never clears it."
    yield "facts:"
    for fact in desk.facts:
        yield f"  # {fact.label} ({', '.join(fact.options)})"
        yield f"  {fact.id}: unknown"
    yield ""
    yield f"# How much each statement counts, 0 to {desk.largest_weight:g}; 1 if left out."
    yield "weights: {}"
    yield ""
    yield "# Numbers to change, one value or [low, likely, high]. What stands there now:"
    yield "change: {}"
    for model in desk.models:
        for name, one in model.inputs.items():
            numbers = _numbers(one)
            points = " ".join(f"{numbers[name]:>9,}" for name in ("p10", "p50", "p90"))
            yield f"#   {f'{model.id}.{name}':<26} {points}  {one.unit} ({one.grade})"
    yield ""
    yield "# Signs to change later: {threshold: your own, seen: what you see today}"
    yield "signals: {}"
    for signal in desk.signals:
        yield f"#   {signal.id:<20} {signal.unit}: {signal.how}"
