"""The only writer of comparisons. One is written once, with all it stands on; a change is a new one."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction

from assay.app.market.hiring_models.answers import ask, to_mapping
from assay.app.market.hiring_models.catalogue import load_desk
from assay.app.market.models import ModelComparison
from assay.app.requisitions.visibility import require_requisition
from assay.core.market.hiring_models.comparison import compare_models
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.text import TextTooLongError, clean_line, clean_text

LONGEST_TITLE = 200
LONGEST_REASON = 500


class ChoiceError(ValueError):
    """Raised when a choice cannot be kept as asked; ``field`` says which input to change."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def save_comparison(
    *, actor: User, content: Mapping[str, Any], title: str, chosen: str, reason: str, requisition_id: int | None
) -> int:
    """Compare once more, keep the answer with the model that was chosen, and return its id.

    A model other than the recommended one needs a reason. Raises ``QuestionError`` for answers that make no sense,
    ``ChoiceError`` for a choice that cannot be kept.
    """
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    if requisition_id is not None:
        require_requisition(actor=actor, requisition_id=requisition_id, action=Action.EDIT_REQUISITION)
    desk = load_desk()
    asked = ask(content=content, desk=desk)
    result = compare_models(desk=desk, question=asked.question, seed=asked.seed)
    title, reason = _cleaned(title, reason)
    _check_choice(
        known={model.id for model in desk.models},
        recommended=result.advice.recommended,
        title=title,
        chosen=chosen,
        reason=reason,
    )
    row = ModelComparison.objects.create(
        requisition_id=requisition_id,
        title=title,
        inputs=to_mapping(asked.answers),
        inputs_version=desk.version,
        seed=asked.seed,
        result=msgspec.to_builtins(result),
        recommended=result.advice.recommended or "",
        chosen=chosen,
        reason=reason,
        created_by=actor,
    )
    record(
        actor=actor,
        verb="hiring_model.chosen",
        object_type="model_comparison",
        object_id=row.pk,
        data={"chosen": chosen, "recommended": row.recommended, "requisition": requisition_id},
    )
    return row.pk


def _cleaned(title: str, reason: str) -> tuple[str, str]:
    field = "title"
    try:
        name = clean_line(title, longest=LONGEST_TITLE)
        field = "reason"
        return name, clean_text(reason, longest=LONGEST_REASON)
    except TextTooLongError as error:
        raise ChoiceError(field=field, message=str(error)) from error


def _check_choice(*, known: set[str], recommended: str | None, title: str, chosen: str, reason: str) -> None:
    if not title:
        raise ChoiceError(field="title", message="Give it a name, such as the role and the year.")
    if chosen not in known:
        raise ChoiceError(field="chosen", message="Choose one of the six models.")
    if chosen != recommended and not reason:
        message = (
            "You choose another model than the answers point to. Say why in a sentence; it is kept with the choice."
        )
        raise ChoiceError(field="reason", message=message)
