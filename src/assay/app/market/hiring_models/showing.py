"""What the desk's pages show, put together from the desk and a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.app.market.hiring_models.answers import DEFAULT_MONTHS
from assay.app.market.hiring_models.charts import cost_lines, matrix, points_chart
from assay.app.market.hiring_models.forms import TRUTHS
from assay.app.ui.formats import number, plural
from assay.app.ui.tables import Column
from assay.core.market.draws import point_of
from assay.core.market.hiring_models.comparison import Comparison
from assay.core.market.hiring_models.desk import Desk
from assay.core.market.hiring_models.model import HiringModel, Input
from assay.core.market.hiring_models.vetoes import Status
from assay.knowledge.market.hiring_models.sheets import load_hiring_models

COLUMNS = {
    "matrix": (
        Column("model", "Model"),
        Column("cost", "A productive year costs"),
        Column("start", "First working day"),
        Column("kept", "Knowledge kept"),
        Column("risks", "Risks"),
    ),
    "signs": (
        Column("sign", "Sign"),
        Column("how", "How to see it"),
        Column("threshold", "Your threshold"),
        Column("seen", "Seen today"),
    ),
    "numbers": (
        Column("number", "Number"),
        Column("middle", "Middle (10% to 90%)", is_number=True),
        Column("yours", "Yours"),
        Column("source", "Grade and source"),
    ),
    "kept": (
        Column("name", "Name"),
        Column("chosen", "Chosen"),
        Column("answer", "Answer"),
        Column("by", "By"),
        Column("when", "When"),
    ),
}
STATUS = {
    Status.CLEAR: ("Clear", "circle-check", ""),
    Status.NEEDS_ANSWER: ("Needs your answer", "circle-help", "outline"),
    Status.VETOED: ("Ruled out", "ban", ""),
}


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One uncertain number of a model: its field, its three points, unit, grade and source."""

    field: str
    label: str
    points: str
    middle: str
    unit: str
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class LeaderTurns:
    """Another model, and the single changes that would put it first, in words that follow "would lead if"."""

    leader: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One answer of a kept comparison, in words."""

    question: str
    answer: str
    note: str


def desk_context(*, desk: Desk) -> dict[str, Any]:
    """Return what the form shows, whatever is answered."""
    knowledge = load_hiring_models()
    return {
        "columns": COLUMNS,
        "desk": desk,
        "truths": TRUTHS,
        "numbers": tuple(
            (model, tuple(_number_row(model, one) for one in model.inputs.values())) for model in desk.models
        ),
        "knowledge": knowledge,
        "fact_options": {one.id: [("", "Don't know yet"), *one.options.items()] for one in desk.facts},
    }


def result_context(*, comparison: Comparison, desk: Desk) -> dict[str, Any]:
    """Return what an answer shows."""
    said = {one.model: one.announced for one in comparison.ranking}
    return {
        "columns": COLUMNS,
        "result": comparison,
        "advice": comparison.advice,
        "desk": desk,
        "said": said,
        "turns": _turns_by_leader(comparison, said),
        "fact_labels": {one.id: one.label for one in desk.facts},
        "points": points_chart(comparison=comparison, desk=desk),
        "matrix": matrix(comparison=comparison, desk=desk),
        "cost": cost_lines(comparison=comparison, desk=desk),
        "vetoed": tuple(one for one in comparison.ranking if one.place is None),
        "status": STATUS,
        "clock": load_hiring_models().models.clock,
        "stability": load_hiring_models().criteria.stability,
    }


def _turns_by_leader(comparison: Comparison, said: Mapping[str, str]) -> tuple[LeaderTurns, ...]:
    """Return what would put each other model first, the nearest changes first."""
    found: dict[str, list[str]] = {}
    for turn in comparison.turns.answers:
        now = "unanswered" if turn.now is None else _truth_words(turn.now)
        found.setdefault(turn.leader, []).append(f"“{turn.label}” were {_truth_words(turn.to)} ({now} now)")
    for weight in comparison.turns.weights:
        text = f"“{weight.label}” weighed {weight.to:.2g} ({weight.now:g} now)"
        found.setdefault(weight.leader, []).append(text)
    return tuple(LeaderTurns(said[leader], tuple(says)) for leader, says in found.items())


def _truth_words(truth: float) -> str:
    return "not true" if truth == 0 else "true" if truth == 1 else "partly true"


def kept_answers(*, inputs: Mapping[str, Any], desk: Desk) -> tuple[KeptAnswer, ...]:
    """Return the answers that a kept comparison was given, those that were given at all."""
    words = {float(value): label for value, label in TRUTHS if value}
    weights = inputs.get("weights", {})
    rows = [
        KeptAnswer("Base pay a year, USD", _spoken(inputs.get("base", "")), ""),
        KeptAnswer("Horizon", plural(inputs.get("months", DEFAULT_MONTHS), "month"), ""),
    ]
    for criterion in desk.criteria:
        told = inputs.get("statements", {}).get(criterion.id)
        try:
            truth = float(told)
        except (TypeError, ValueError):
            continue
        weight = weights.get(criterion.id)
        note = f"weight {weight:g}" if weight is not None else ""
        rows.append(KeptAnswer(criterion.statement, words.get(truth, f"{truth:g}"), note))
    for fact in desk.facts:
        answer = inputs.get("facts", {}).get(fact.id)
        if answer:
            rows.append(KeptAnswer(fact.label, fact.options.get(str(answer), str(answer)), ""))
    for place, value in inputs.get("change", {}).items():
        model, _, name = place.partition(".")
        rows.append(KeptAnswer(_number_label(desk, model, name), _spoken(value), "your own number"))
    return tuple(rows)


def _number_label(desk: Desk, model: str, name: str) -> str:
    found = next((one for one in desk.models if one.id == model), None)
    if found is None or name not in found.inputs:
        return f"{model}.{name}"
    return f"{found.label}: {found.inputs[name].label}"


def _spoken(value: object) -> str:
    if isinstance(value, list):
        return " / ".join(_spoken(one) for one in value)
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)


def _number_row(model: HiringModel, one: Input) -> NumberRow:
    low, middle, high = (point_of(distribution=one.distribution, share=share) for share in (0.1, 0.5, 0.9))
    points = _figure(middle) if low == high else f"{_figure(middle)} ({_figure(low)} to {_figure(high)})"
    return NumberRow(
        field=f"c.{model.id}.{one.id}",
        label=one.label,
        points=points,
        middle=f"{middle:.4g}" if middle < 1000 else f"{middle:.0f}",
        unit=one.unit,
        grade=one.grade.value,
        source=one.source,
    )


def _figure(value: float) -> str:
    if value >= 100:
        return number(round(value))
    return f"{value:.2g}"
