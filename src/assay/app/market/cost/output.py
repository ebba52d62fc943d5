"""A cost answer as JSON and as plain text: a stable shape for programs, aligned columns for people."""

import json
from decimal import Decimal
from typing import Any

from assay.core.base.source import Source
from assay.core.market.cost.answer import (
    AnswerInput,
    BudgetPeriod,
    Component,
    CostAnswer,
    DelayAnswer,
    Driver,
    JuniorsAnswer,
    MoneySpread,
    OwnershipAnswer,
    TeamOption,
    YearlyAnswer,
)
from assay.core.market.cost.inputs import number_words
from assay.core.market.draws import Spread, round_figures
from assay.knowledge.market.cost.sheets import CheckNote

_PLACES = 4
_WIDTH = 34


def to_mapping(answer: CostAnswer) -> dict[str, Any]:
    """Return the answer as plain values: money as numbers to the cent, shares and years to four places."""
    return {
        **_head(answer),
        "yearly": _yearly(answer.yearly),
        "ownership": _ownership(answer.ownership),
        "filling": {
            "total": _money(answer.filling.total),
            "interview_hours": _spread(answer.filling.interview_hours),
            "misfit": _money(answer.filling.misfit),
            "misfit_formula": answer.filling.misfit_formula,
        },
        "delay": _delay(answer.delay),
        "typical_total": float(answer.typical_total),
        "drivers": [_driver(one) for one in answer.drivers],
        "driver_sentences": list(answer.driver_sentences),
        "juniors": _juniors(answer.juniors),
        "budget": {
            "components": [_component(one) for one in answer.budget.components],
            "quarters": [_period(one) for one in answer.budget.quarters],
            "years": [_period(one) for one in answer.budget.years],
            "total": _money(answer.budget.total),
        },
        "inputs": [_input(one) for one in answer.inputs],
        "assumptions": list(answer.assumptions),
    }


def to_json(answer: CostAnswer) -> str:
    """Return the answer as JSON text: sorted keys, fixed decimals. The same question and seed give the same bytes."""
    return json.dumps(to_mapping(answer), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def to_text(*, answer: CostAnswer, checks: tuple[CheckNote, ...]) -> str:
    """Return the answer for a terminal, rounded to two significant figures."""
    owned, delay = answer.ownership, answer.delay
    lines = [_title(answer), "", f"{'':<{_WIDTH}}{'low':>12}{'middle':>12}{'high':>12}"]
    lines += ["A year, fully loaded"]
    lines += [_row(f"  {one.label}", one.cost) for one in answer.yearly.components]
    lines += [_row("  Together, without equity", answer.yearly.total), _row("  With equity", answer.yearly.with_equity)]
    lines += [f"  {_factor(answer.yearly.factor)}", *(f"  {check_words(one)}" for one in checks), ""]
    lines += [f"{answer.months} months from opening the seat" + ("" if answer.headcount == 1 else "s")]
    lines += [_row(f"  {one.label}", one.cost) for one in owned.components]
    lines += [_row("  Together, without equity", owned.total), _row("  With equity", owned.with_equity)]
    lines += [f"  Productive years: {_years(owned.productive_years)}"]
    if owned.per_productive_year is None:
        lines += ["  Too short for a productive year, so no cost of one is given."]
    else:
        lines += [_row("  For each productive year", owned.per_productive_year)]
    lines += ["", _row("Filling the seat once", answer.filling.total)]
    lines += [_row("One hire that does not work out", answer.filling.misfit)]
    lines += [
        _row("Work held up, a week", delay.per_week),
        _row("  less pay not spent, a week", delay.net_per_week),
        "",
    ]
    lines += ["What drives it", *(f"  {sentence}" for sentence in answer.driver_sentences), ""]
    lines += [*_juniors_lines(answer.juniors), "", "Budget (expected, with reserve)"]
    lines += [_row(f"  {one.label}", one.total) for one in answer.budget.years]
    lines += ["", "Assumptions", *(f"  {sentence}" for sentence in answer.assumptions)]
    lines += ["", f"Low and high are the ends of the middle 80% of {answer.draws:,} draws, seed {answer.seed}."]
    lines += [f"Files: {answer.version}. Each input with its source: --json."]
    return "\n".join(lines) + "\n"


def check_words(check: CheckNote) -> str:
    """Return a published figure in words."""
    span = f"{check.low:g}" if check.low == check.high else f"{check.low:g} to {check.high:g}"
    return f"{check.label}: {span} × base ({check.source})."


def _title(answer: CostAnswer) -> str:
    seats = "One seat" if answer.headcount == 1 else f"{answer.headcount} seats"
    base = answer.inputs[0]
    points = " / ".join(number_words(point, unit=base.unit) for point in base.points)
    return f"{seats} in {answer.place}, base {answer.currency} {points} a year. Amounts in {answer.currency}."


def _row(label: str, spread: MoneySpread) -> str:
    is_known = spread.p10 == spread.p90
    cells = "".join(f"{shown(amount, is_known=is_known):>12}" for amount in (spread.p10, spread.p50, spread.p90))
    return f"{label:<{_WIDTH}}{cells}"


def shown(amount: Decimal, *, is_known: bool = False) -> str:
    """Return an amount rounded to two significant figures, without its currency; what is known keeps its figures."""
    if is_known:
        return f"{amount:,.0f}"
    return f"{round_figures(float(amount)):,.0f}"


def _factor(factor: Spread) -> str:
    return f"Loaded cost over base: {factor.p50:.2f} (80% of draws {factor.p10:.2f} to {factor.p90:.2f})"


def _years(spread: Spread) -> str:
    return f"{spread.p50:.1f} (80% of draws {spread.p10:.1f} to {spread.p90:.1f})"


def _juniors_lines(juniors: JuniorsAnswer) -> list[str]:
    lines = [f"One senior or {juniors.number} junior" + ("" if juniors.number == 1 else "s"), f"  {juniors.verdict}"]
    for option in (juniors.senior, juniors.juniors):
        lines.append(_row(f"  {option.label}", option.cost))
        lines.append(f"    work done, in senior-years: {_years(option.output)}")
    lines += [f"  {sentence}" for sentence in juniors.sentences]
    return lines


def _head(answer: CostAnswer) -> dict[str, Any]:
    names = ("currency", "place", "law_year", "months", "headcount", "seed", "draws", "version")
    return {name: getattr(answer, name) for name in names}


def _yearly(yearly: YearlyAnswer) -> dict[str, Any]:
    return {
        "components": [_component(one) for one in yearly.components],
        "total": _money(yearly.total),
        "equity": _money(yearly.equity),
        "with_equity": _money(yearly.with_equity),
        "factor": _spread(yearly.factor),
        "factor_with_equity": _spread(yearly.factor_with_equity),
    }


def _ownership(owned: OwnershipAnswer) -> dict[str, Any]:
    return {
        "components": [_component(one) for one in owned.components],
        "total": _money(owned.total),
        "with_equity": _money(owned.with_equity),
        "filled_years": _spread(owned.filled_years),
        "productive_years": _spread(owned.productive_years),
        "per_productive_year": _money(owned.per_productive_year) if owned.per_productive_year else None,
    }


def _delay(delay: DelayAnswer) -> dict[str, Any]:
    return {
        "per_week": _money(delay.per_week),
        "saved_per_week": _money(delay.saved_per_week),
        "net_per_week": _money(delay.net_per_week),
        "until_filled": _money(delay.until_filled),
        "curve": [{"weeks": point.weeks, "cost": _money(point.cost)} for point in delay.curve],
        "formula": delay.formula,
    }


def _money(spread: MoneySpread) -> dict[str, float]:
    return {"p10": float(spread.p10), "p50": float(spread.p50), "p90": float(spread.p90), "mean": float(spread.mean)}


def _spread(spread: Spread) -> dict[str, float]:
    return {name: round(getattr(spread, name), _PLACES) for name in ("p10", "p50", "p90", "mean")}


def _source(source: Source) -> dict[str, str]:
    as_of = source.as_of.isoformat() if source.as_of else ""
    return {"title": source.title, "reference": source.reference, "as_of": as_of}


def _component(one: Component) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        "formula": one.formula,
        "inputs": list(one.inputs),
        "grade": one.grade.value,
        "sources": [_source(source) for source in one.sources],
        "cost": _money(one.cost),
        "share": round(one.share, _PLACES),
    }


def _driver(one: Driver) -> dict[str, Any]:
    return {
        "input": one.input_id,
        "label": one.label,
        "rank_correlation": round(one.correlation, _PLACES),
        "low": one.low_words,
        "high": one.high_words,
        "total_at_low": float(one.at_low),
        "total_at_high": float(one.at_high),
        "grade": one.grade.value,
    }


def _option(one: TeamOption) -> dict[str, Any]:
    per_output = _money(one.per_output) if one.per_output else None
    return {"label": one.label, "cost": _money(one.cost), "output": _spread(one.output), "per_output": per_output}


def _juniors(one: JuniorsAnswer) -> dict[str, Any]:
    return {
        "senior": _option(one.senior),
        "juniors": _option(one.juniors),
        "number": one.number,
        "senior_is_cheaper": round(one.senior_is_cheaper, _PLACES),
        "juniors_do_more": round(one.juniors_do_more, _PLACES),
        "juniors_to_match": _spread(one.juniors_to_match),
        "break_even_yield": _spread(one.break_even_yield),
        "given_yield": round(one.given_yield, _PLACES),
        "verdict": one.verdict,
        "sentences": list(one.sentences),
        "notes": list(one.notes),
    }


def _period(one: BudgetPeriod) -> dict[str, Any]:
    parts = {name: float(amount) for name, amount in one.parts}
    return {"label": one.label, "year": one.year, "seats": one.seats, "parts": parts, "total": _money(one.total)}


def _input(one: AnswerInput) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        "group": one.group,
        "unit": one.unit.value,
        "spread": one.spread,
        "points": [round(point, 6) for point in one.points],
        "words": one.words,
        "grade": one.grade.value,
        "sources": [_source(source) for source in one.sources],
        "note": one.note,
    }
