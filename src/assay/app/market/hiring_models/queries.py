"""The only readers of kept comparisons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import F, Func, JSONField
from django.db.models.functions import JSONObject
from django.urls import reverse

from assay.app.market.hiring_models.catalogue import load_desk
from assay.app.market.models import ModelComparison
from assay.app.requisitions.steps import StepResult, StepState
from assay.app.requisitions.visibility import visible_desk_results
from assay.core.market.hiring_models.advice import Firmness
from assay.core.market.hiring_models.comparison import Comparison
from assay.core.market.hiring_models.ranking import announced
from assay.core.market.hiring_models.vetoes import Status
from assay.platform.accounts.models import User

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A kept comparison in a list."""

    id: int
    title: str
    chosen: str
    recommended: str
    is_other: bool
    requisition: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A kept comparison with its answers and its result; ``result`` is ``None`` when it is in an older shape."""

    row: ComparisonRow
    requisition_id: int | None
    inputs: Mapping[str, Any]
    version: str
    seed: int
    reason: str
    result: Comparison | None


def list_comparisons(*, actor: User, requisition_id: int | None = None) -> tuple[ComparisonRow, ...]:
    """Return the newest comparisons that ``actor`` may see, at most 50; of one requisition when it is given."""
    rows = ModelComparison.objects.filter(
        pk__in=ModelComparison.objects.filter(visible_desk_results(actor=actor)).values("pk")
    )
    if requisition_id is not None:
        rows = rows.filter(requisition_id=requisition_id)
    known = rows.annotate(chosen_status=_status_of("chosen"), recommended_status=_status_of("recommended"))
    listed = known.defer("result", "inputs").select_related("created_by", "requisition")[:MOST_LISTED]
    return tuple(_row(row) for row in listed)


def get_comparison(*, actor: User, comparison_id: int) -> ComparisonView | None:
    """Return one comparison, or ``None`` when there is none that ``actor`` may see."""
    rows = ModelComparison.objects.filter(visible_desk_results(actor=actor), pk=comparison_id).annotate(
        chosen_status=_status_of("chosen"), recommended_status=_status_of("recommended")
    )
    row = rows.select_related("created_by", "requisition").first()
    if row is None:
        return None
    return ComparisonView(
        row=_row(row),
        requisition_id=row.requisition_id,
        inputs=row.inputs,
        version=row.inputs_version,
        seed=row.seed,
        reason=row.reason,
        result=_result(row),
    )


def latest_for_requisition(*, requisition_id: int) -> StepResult | None:
    """Return the newest choice of a hiring model for a requisition. Asks no one's permission."""
    rows = ModelComparison.objects.filter(requisition_id=requisition_id).select_related("created_by")
    row = rows.order_by("-created_at", "-id").first()
    if row is None:
        return None
    result = _result(row)
    contracts = {model.id: (model.contract, model.contract_label) for model in load_desk().models}
    contract, contract_label = contracts.get(row.chosen, ("", ""))
    lines = [f"Leads to: {contract_label.lower()}."] if contract_label else []
    is_doubtful = row.chosen != row.recommended
    standing = None
    if result is not None:
        lines.append(result.advice.headline)
        standing = next((one.standing for one in result.ranking if one.model == row.chosen), None)
        if standing is not None and standing.status is not Status.CLEAR:
            is_doubtful = True
            lines.append(_open_line(standing.status))
        is_doubtful |= result.advice.firmness is not Firmness.CLEAR or result.advice.is_provisional
    if row.reason:
        lines.append(f"Why: {row.reason}")
    return StepResult(
        headline=_label(row.chosen)
        if standing is None
        else announced(label=_label(row.chosen), status=standing.status),
        lines=tuple(lines[:4]),
        url=reverse("market:comparison", args=[row.pk]),
        state=StepState.WARN if is_doubtful else StepState.DONE,
        made_by=row.created_by.display_name,
        made_at=row.created_at,
        facts={"chosen": row.chosen, "contract": contract},
    )


def _open_line(status: Status) -> str:
    if status is Status.VETOED:
        return "It was ruled out by a fact when it was chosen; the reason stands with the choice."
    return "Facts that could rule it out were still open when it was chosen."


def _label(model: str) -> str:
    return next((one.label for one in load_desk().models if one.id == model), model)


def _result(row: ModelComparison) -> Comparison | None:
    try:
        return msgspec.convert(row.result, Comparison)
    except msgspec.ValidationError:
        return None


def _status_of(column: str) -> Func:
    """Return the standing of the model that a column names, as the kept result has it, without loading the result."""
    return Func(
        F("result"),
        JSONObject(model=column),
        function="jsonb_path_query_first",
        arg_joiner=", '$.ranking[*] ? (@.model == $model).standing.status', ",
        output_field=JSONField(),
    )


def _announced(model: str, status: object) -> str:
    """Return a model's name with its standing when it was kept; the name alone where the kept result is older."""
    known = next((one for one in Status if one.value == status), Status.CLEAR)
    return announced(label=_label(model), status=known)


def _row(row: Any) -> ComparisonRow:
    return ComparisonRow(
        id=row.pk,
        title=row.title,
        chosen=_announced(row.chosen, row.chosen_status),
        recommended=_announced(row.recommended, row.recommended_status) if row.recommended else "",
        is_other=row.chosen != row.recommended,
        requisition=row.requisition.title if row.requisition else "",
        made_by=row.created_by.display_name,
        made_at=row.created_at,
    )
