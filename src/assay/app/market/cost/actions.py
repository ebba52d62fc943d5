"""The only writer of cost scenarios: written once, with inputs, seed and result; a change is a new one."""

from datetime import date
from typing import Any

import msgspec
from django.db import transaction
from django.http import QueryDict

from assay.app.market.cost.forms import Reading, read_question
from assay.app.market.models import CostScenario
from assay.app.requisitions.visibility import require_requisition
from assay.core.market.cost.answer import CostAnswer
from assay.core.market.cost.inputs import CostError
from assay.core.market.cost.work_out import work_out
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.text import TextTooLongError, clean_line

LONGEST_TITLE = 200


@transaction.atomic
def save_scenario(*, actor: User, title: str, state: str, requisition_id: int | None, today: date) -> int:
    """Work the question of a query string out once more, keep it with its result, and return its id.

    An empty title is made from the question. Raises ``CostError`` for a question or title that makes no sense, and
    ``Forbidden`` or ``Http404`` for a requisition that is not the actor's to change.
    """
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    if requisition_id is not None:
        require_requisition(actor=actor, requisition_id=requisition_id, action=Action.EDIT_REQUISITION)
    reading = read_question(fields=QueryDict(state).dict(), today=today)
    wrong = next(iter(reading.all_errors.items()), None)
    if reading.scenario is None or wrong is not None:
        field, message = wrong or ("base", "Give the base pay a year.")
        raise CostError(field=field, message=message)
    answer = work_out(scenario=reading.scenario)
    row = CostScenario.objects.create(
        requisition_id=requisition_id,
        title=_title(title, reading, answer),
        inputs=_inputs(reading),
        inputs_version=answer.version,
        seed=answer.seed,
        result=msgspec.to_builtins(answer),
        created_by=actor,
    )
    record(
        actor=actor,
        verb="cost_scenario.saved",
        object_type="cost_scenario",
        object_id=row.pk,
        data={"seed": answer.seed, "version": answer.version, "requisition_id": requisition_id},
    )
    return row.pk


def _inputs(reading: Reading) -> dict[str, Any]:
    """Return what asks the same again; the month of opening is kept even where it is today's."""
    kept = QueryDict(reading.state, mutable=True)
    kept["opens"] = reading.typed["opens"]
    return {"state": kept.urlencode(), "changed": [row.id for row in reading.rows if row.is_changed]}


def _title(text: str, reading: Reading, answer: CostAnswer) -> str:
    try:
        title = clean_line(text, longest=LONGEST_TITLE)
    except TextTooLongError as error:
        raise CostError(field="title", message=str(error)) from error
    if title:
        return title
    seats = "1 seat" if answer.headcount == 1 else f"{answer.headcount} seats"
    base = next(one for one in answer.inputs if one.id == "base")
    middle = base.points[len(base.points) // 2]
    return f"{seats}, {answer.place}, base {answer.currency} {middle:,.0f}, {answer.months} months"
