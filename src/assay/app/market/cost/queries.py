"""The only readers of cost scenarios."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import F
from django.db.models.functions import JSONObject
from django.http import Http404, QueryDict
from django.urls import reverse

from assay.app.market.cost.catalogue import cost_version
from assay.app.market.cost.figures import between, compact, headline
from assay.app.market.cost.forms import read_question
from assay.app.market.models import CostScenario
from assay.app.requisitions.steps import StepResult, StepState
from assay.app.requisitions.visibility import visible_desk_results
from assay.core.market.cost.answer import CostAnswer
from assay.core.market.cost.compare import CostDifference, compare_scenarios
from assay.core.market.cost.inputs import CostError
from assay.core.market.cost.scenario import Scenario
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A saved scenario in a list."""

    id: int
    title: str
    requisition_id: int | None
    requisition: str
    year: str
    total: str
    months: int
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """A saved scenario with its answer as it was worked out. ``is_current`` while the files are still the same."""

    row: ScenarioRow
    answer: CostAnswer
    state: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two saved scenarios and what lies between them, worked out anew with today's files."""

    first: ScenarioRow
    second: ScenarioRow
    difference: CostDifference


def list_scenarios(*, actor: User, requisition_id: int | None = None) -> tuple[ScenarioRow, ...]:
    """Return the newest scenarios that ``actor`` may see, or those of one requisition."""
    visible = CostScenario.objects.filter(visible_desk_results(actor=actor)).values("pk")
    rows = CostScenario.objects.filter(pk__in=visible).select_related("created_by", "requisition")
    if requisition_id is not None:
        rows = rows.filter(requisition_id=requisition_id)
    light = rows.defer("inputs", "result").annotate(
        summary=JSONObject(
            currency=F("result__currency"),
            months=F("result__months"),
            year=F("result__yearly__total__p50"),
            total=F("result__ownership__total"),
        )
    )
    return tuple(_row(row, row.summary) for row in light[:MOST_LISTED])


def get_scenario(*, actor: User, scenario_id: int) -> ScenarioView:
    """Return a scenario; raises ``Http404`` when there is none that ``actor`` may see."""
    row = _find(actor, scenario_id)
    answer = _answer(row)
    return ScenarioView(
        row=_row(row, _summary(row)),
        answer=answer,
        state=str(row.inputs.get("state", "")),
        is_current=row.inputs_version == cost_version(),
    )


def compare_saved(*, actor: User, first_id: int, second_id: int) -> Comparison:
    """Compare two saved scenarios under the first one's luck. Raises ``Http404``, and ``CostError`` where they cannot
    be compared."""
    first, second = (_find(actor, one) for one in (first_id, second_id))
    difference = compare_scenarios(first=_again(first), second=_again(second))
    return Comparison(_row(first, _summary(first)), _row(second, _summary(second)), difference)


def latest_for_requisition(*, requisition_id: int) -> StepResult | None:
    """Return the newest scenario of a requisition as a step of its path; asks no one's permission."""
    row = (
        CostScenario.objects.filter(requisition_id=requisition_id)
        .select_related("created_by", "requisition")
        .order_by("-created_at", "-id")
        .first()
    )
    if row is None:
        return None
    answer = _answer(row)
    total, year = answer.ownership.total, answer.yearly.total
    strongest = answer.driver_sentences[0] if answer.driver_sentences else ""
    seats = "" if answer.headcount == 1 else f" for {answer.headcount} seats"
    return StepResult(
        headline=f"{headline(total, answer.currency)} over {answer.months} months{seats}",
        lines=(
            f"Over {answer.months} months, {between(total, answer.currency)}.",
            f"A loaded year of one seat: {headline(year, answer.currency)}, {answer.yearly.factor.p50:.2f} × base.",
            strongest,
            answer.juniors.verdict,
        ),
        url=reverse("market:cost_scenario", args=[row.pk]),
        state=StepState.DONE,
        made_by=row.created_by.display_name,
        made_at=row.created_at,
        facts=_facts(answer),
    )


def _facts(answer: CostAnswer) -> dict[str, str]:
    years = {f"year_{one.label}": str(one.total.p50) for one in answer.budget.years}
    return {
        "currency": answer.currency,
        "months": str(answer.months),
        "headcount": str(answer.headcount),
        "loaded_year": str(answer.yearly.total.p50),
        "total": str(answer.ownership.total.p50),
        "total_low": str(answer.ownership.total.p10),
        "total_high": str(answer.ownership.total.p90),
        **years,
    }


def _find(actor: User, scenario_id: int) -> CostScenario:
    found = None
    if 0 < scenario_id <= LARGEST_ID:
        visible = CostScenario.objects.filter(visible_desk_results(actor=actor)).values("pk")
        rows = CostScenario.objects.select_related("created_by", "requisition")
        found = rows.filter(pk=scenario_id, pk__in=visible).first()
    if found is None:
        raise Http404("There is no such scenario.")
    return found


def _again(row: CostScenario) -> Scenario:
    fields = QueryDict(str(row.inputs.get("state", ""))).dict()
    found = read_question(fields=fields, today=row.created_at.date()).scenario
    if found is None:
        raise CostError(field="base", message=f"“{row.title}” has no base pay any more. Save it anew.")
    return found


def _answer(row: CostScenario) -> CostAnswer:
    return msgspec.convert(row.result, CostAnswer)


def _row(row: CostScenario, summary: Mapping[str, Any]) -> ScenarioRow:
    currency, total = summary["currency"], {name: float(amount) for name, amount in summary["total"].items()}
    return ScenarioRow(
        id=row.pk,
        title=row.title,
        requisition_id=row.requisition_id,
        requisition=row.requisition.title if row.requisition is not None else "",
        year=f"{currency} {compact(float(summary['year']))}",
        total=f"{currency} {compact(total['p50'])} ({compact(total['p10'])}–{compact(total['p90'])})",
        months=summary["months"],
        made_by=row.created_by.display_name,
        made_at=row.created_at,
    )


def _summary(row: CostScenario) -> dict[str, Any]:
    result = row.result
    return {
        "currency": result["currency"],
        "months": result["months"],
        "year": result["yearly"]["total"]["p50"],
        "total": result["ownership"]["total"],
    }
