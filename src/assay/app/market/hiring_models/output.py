"""A comparison as JSON with documented keys (docs/hiring-model.md), and as text for a shell."""

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from assay.core.market.draws import Spread, round_figures
from assay.core.market.hiring_models.break_even import BreakEven
from assay.core.market.hiring_models.comparison import Comparison
from assay.core.market.hiring_models.desk import Desk
from assay.core.market.hiring_models.outlook import Outlook, Points
from assay.core.market.hiring_models.ranking import Ranked
from assay.core.market.hiring_models.sensitivity import Turns
from assay.core.market.hiring_models.signals import SignalReading
from assay.core.market.hiring_models.vetoes import Status

STATUS_WORDS = {Status.CLEAR: "clear", Status.NEEDS_ANSWER: "needs your answer", Status.VETOED: "ruled out"}
_WIDTH = 110


def to_json(*, comparison: Comparison, desk: Desk) -> str:
    """Return the documented JSON; the same answers, seed and version give the same bytes."""
    return json.dumps(to_mapping(comparison=comparison, desk=desk), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def to_mapping(*, comparison: Comparison, desk: Desk) -> dict[str, Any]:
    """Return a comparison as plain values: money in whole US dollars, shares to three places."""
    advice = comparison.advice
    return {
        "version": comparison.version,
        "seed": comparison.seed,
        "draws": comparison.outlooks.draws,
        "months": comparison.months,
        "currency": "USD",
        "recommendation": {
            "model": advice.recommended,
            "runner_up": advice.runner_up,
            "firmness": advice.firmness.value,
            "is_provisional": advice.is_provisional,
            "headline": advice.headline,
            "reasons_for": [{"text": one.text, "basis": one.basis} for one in advice.reasons_for],
            "reasons_against": [{"text": one.text, "basis": one.basis} for one in advice.reasons_against],
            "questions": list(advice.questions),
            "would_lead": list(advice.would_lead),
        },
        "ranking": [_ranked(one) for one in comparison.ranking],
        "outlook": [_outlook(one, desk) for one in comparison.outlooks.models],
        "break_even": _break_even(comparison.outlooks.break_even),
        "crossings": [
            {"month": round(one.month, 1), "cheaper": one.cheaper, "dearer": one.dearer}
            for one in comparison.outlooks.crossings
        ],
        "turns": _turned(comparison.turns),
        "signals": [_signal(one) for one in comparison.signals],
        "contradictions": [{"between": list(one.between), "message": one.message} for one in comparison.contradictions],
        "unanswered": list(comparison.unanswered),
    }


def to_text(*, comparison: Comparison, desk: Desk) -> str:
    """Return the answer for a person at a shell."""
    return "\n".join(_lines(comparison, desk)) + "\n"


def _break_even(even: BreakEven) -> dict[str, Any]:
    return {
        "rate": _spread(even.rate, 0),
        "productive_hours": even.hours,
        "formula": even.formula,
        "at": [
            {"rate": one.rate, "months": _rounded(one.months, 1), "share_never": round(one.share_never, 3)}
            for one in even.at
        ],
    }


def _turned(turns: Turns) -> dict[str, Any]:
    return {
        "answers": [
            {"statement": one.criterion, "now": one.now, "to": one.to, "leader": one.leader} for one in turns.answers
        ],
        "weights": [
            {"statement": one.criterion, "now": one.now, "to": round(one.to, 3), "leader": one.leader}
            for one in turns.weights
        ],
    }


def _ranked(one: Ranked) -> dict[str, Any]:
    return {
        "model": one.model,
        "label": one.label,
        "place": one.place,
        "points": round(one.points, 6),
        "share_first": round(one.share_first, 3),
        "status": one.standing.status.value,
        "vetoes": [
            {"id": veto.id, "label": veto.label, "says": veto.says, "law": veto.law, "lifts": veto.lifts}
            for veto in one.standing.vetoes
        ],
        "waiting": [{"id": item.veto.id, "facts": list(item.facts)} for item in one.standing.waiting],
        "terms": [
            {
                "statement": term.criterion,
                "truth": term.truth,
                "weight": term.weight,
                "fit": term.fit,
                "points": round(term.points, 6),
            }
            for term in one.terms
        ],
    }


def _outlook(one: Outlook, desk: Desk) -> dict[str, Any]:
    model = desk.model(one.model)
    return {
        "model": one.model,
        "contract": model.contract,
        "cost": _spread(one.cost, 0),
        "productive_years": _spread(one.productive_years, 3),
        "cost_per_productive_year": _points(one.per_year),
        "weeks_to_start": _spread(one.start_weeks, 1),
        "knowledge_kept": _spread(one.kept, 3),
        "share_cheapest": round(one.share_cheapest, 3),
        "risks": [{"kind": risk.kind, "level": risk.level.value, "text": risk.text} for risk in model.risks],
        "line": [
            {"month": point.month, "cost": round(point.cost), "per_year": _rounded(point.per_year, 0)}
            for point in one.line
        ],
    }


def _signal(one: SignalReading) -> dict[str, Any]:
    return {
        "id": one.signal.id,
        "label": one.signal.label,
        "towards": one.signal.towards.value,
        "how": one.signal.how,
        "unit": one.signal.unit,
        "direction": "at_most" if one.signal.is_at_most else "at_least",
        "threshold": round(one.threshold, 2),
        "is_own_threshold": one.is_own_threshold,
        "seen": one.seen,
        "reading": one.reading.value,
    }


def _spread(spread: Spread, places: int) -> dict[str, float]:
    return {name: round(getattr(spread, name), places) for name in ("p10", "p50", "p90")}


def _points(points: Points) -> dict[str, float | None]:
    return {name: _rounded(getattr(points, name), 0) for name in ("p10", "p50", "p90")}


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _lines(comparison: Comparison, desk: Desk) -> Iterator[str]:
    advice = comparison.advice
    for one in comparison.contradictions:
        yield from _wrapped(f"Answers disagree: {one.message}", "")
    if comparison.contradictions:
        yield ""
    yield from _wrapped(advice.headline, "")
    if advice.is_provisional:
        yield "This is provisional until what is still open below is settled."
    for title, reasons in (("For it", advice.reasons_for), ("Against it", advice.reasons_against)):
        if reasons:
            yield from ("", title)
            for reason in reasons:
                yield from _wrapped(f"{reason.text} [{reason.basis}]", "  ")
    yield from _questions(advice.questions, desk)
    yield from _table(comparison)
    yield from _vetoed(comparison)
    yield from _even(comparison)
    yield from _turns(comparison)
    yield from _signs(comparison)
    yield ""
    yield f"{comparison.outlooks.draws:,} draws, seed {comparison.seed}; {comparison.version}. US dollars."
    yield "Points and fits are the authors' judgement, most inputs are assumptions: assay model --questions lists them."


def _questions(questions: tuple[str, ...], desk: Desk) -> Iterator[str]:
    if not questions:
        return
    yield from ("", "Needs your answer before it is clear")
    labels = {fact.id: fact.label for fact in desk.facts}
    for fact in questions:
        yield f"  {fact:<18} {labels[fact]}"


def _table(comparison: Comparison) -> Iterator[str]:
    outlooks = {one.model: one for one in comparison.outlooks.models}
    yield ""
    yield f"Over {comparison.months} months: middle of the draws, and 10% to 90% of them"
    head = ("place", "points", "first in", "", "a productive year costs", "weeks to start", "kept", "standing")
    yield "{:>5} {:>7} {:>8}  {:<42} {:>26}  {:>16} {:>5}  {}".format(*head)
    for one in comparison.ranking:
        own = outlooks[one.model]
        yield (
            f"{one.place or '-':>5} {one.points:>+7.1f} {one.share_first:>8.0%}  {one.label:<42} "
            f"{_money_points(own.per_year):>26}  {_weeks(own.start_weeks):>16} {own.kept.p50:>5.0%}  "
            f"{STATUS_WORDS[one.standing.status]}"
        )


def _money_points(points: Points) -> str:
    if points.p50 is None:
        return "nothing produced yet"
    low, middle, high = (_thousands(value) for value in (points.p10, points.p50, points.p90))
    return f"{middle} ({low} to {high})"


def _thousands(value: float | None) -> str:
    return "no end" if value is None else f"{round_figures(value) / 1000:,.0f}k"


def _weeks(spread: Spread) -> str:
    return f"{spread.p50:.0f} ({spread.p10:.0f} to {spread.p90:.0f})"


def _vetoed(comparison: Comparison) -> Iterator[str]:
    for one in comparison.ranking:
        for veto in one.standing.vetoes:
            yield ""
            otherwise = ", though it scores more" if one.model in comparison.advice.would_lead else ""
            yield from _wrapped(f"{one.label} is ruled out{otherwise}. {veto.label}: {veto.says}", "")
            yield from _wrapped(f"Law: {veto.law}", "  ")
            yield from _wrapped(f"What would lift it: {veto.lifts}", "  ")


def _even(comparison: Comparison) -> Iterator[str]:
    even = comparison.outlooks.break_even
    yield ""
    yield (
        f"Break-even: {even.rate.p50:,.0f} an hour ({even.rate.p10:,.0f} to {even.rate.p90:,.0f}). "
        "Below it freelance is cheaper even full time."
    )
    for one in even.at:
        yield f"  {one.says}"


def _turns(comparison: Comparison) -> Iterator[str]:
    if not comparison.turns.answers and not comparison.turns.weights:
        return
    yield from ("", "What would turn it")
    said = {one.model: one.announced for one in comparison.ranking}
    for turn in comparison.turns.answers[:5]:
        now = "unanswered" if turn.now is None else f"{turn.now:g}"
        yield f"  {turn.criterion}: {now} now; at {turn.to:g} {said[turn.leader]} would lead"
    for weight in comparison.turns.weights[:3]:
        leader = said[weight.leader]
        yield f"  weight of {weight.criterion}: {weight.now:g} now; at {weight.to:.2g} {leader} draws level"


def _signs(comparison: Comparison) -> Iterator[str]:
    yield from ("", "Signs to change later (thresholds are assumptions; set your own)")
    for one in comparison.signals:
        direction = "at most" if one.signal.is_at_most else "at least"
        state = "" if one.seen is None else f" ({one.reading.value.replace('_', ' ')}: {one.seen:g})"
        yield f"  {one.signal.label}: {direction} {one.threshold:,.0f} {one.signal.unit}{state}"


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
