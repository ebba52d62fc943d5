"""The only writers of own pay and saved bands. Nothing is changed or deleted: a wrong fact is voided with a reason."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from assay.app.market.models import PayBand, PayObservation
from assay.app.market.pay.answering import PayAnswer
from assay.app.market.pay.reading import OwnRecord
from assay.app.requisitions.visibility import require_requisition
from assay.core.market.pay.question import PayQuestionError
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.text import TextTooLongError, clean_line, clean_text

_LONGEST_TITLE = 200
_LONGEST_NOTE = 500
_LONGEST_REASON = 300
_LONGEST_OWN_NOTE = 300


@transaction.atomic
def add_own_pay(*, actor: User, records: Sequence[OwnRecord]) -> int:
    """Keep own facts about pay and return how many.

    Raises ``Forbidden`` for who may not, ``PayQuestionError`` for a note that is too long.
    """
    require(actor=actor, action=Action.EDIT_OWN_PAY, resource=ORGANISATION)
    rows = [
        PayObservation(
            kind=one.kind,
            family=one.family,
            level=one.level,
            country=one.country,
            metro=one.metro,
            currency=one.currency,
            annual_base=one.annual_base,
            observed_on=one.observed_on,
            note=_line(one.note, field="note", longest=_LONGEST_OWN_NOTE),
            created_by=actor,
        )
        for one in records
    ]
    kept = PayObservation.objects.bulk_create(rows, batch_size=500)
    if kept:
        record(
            actor=actor,
            verb="own_pay.added",
            object_type="pay_observation",
            object_id=kept[0].pk,
            data={"count": len(kept)},
        )
    return len(kept)


@transaction.atomic
def void_own_pay(*, actor: User, observation_id: int, reason: str) -> None:
    """Take an own fact out of every figure, keeping it with the reason.

    Raises ``PayQuestionError`` without a reason or with too long a one, for an unknown fact and for one that is void.
    """
    require(actor=actor, action=Action.EDIT_OWN_PAY, resource=ORGANISATION)
    why = _line(reason, field="reason", longest=_LONGEST_REASON)
    if not why:
        raise PayQuestionError(field="reason", message="Say why it does not count, so that others understand.")
    row = PayObservation.objects.select_for_update().filter(pk=observation_id).first()
    if row is None or row.voided_at is not None:
        raise PayQuestionError(field="observation", message="It is not here or does not count already.")
    row.voided_at = timezone.now()
    row.void_reason = why
    row.save(update_fields=["voided_at", "void_reason"])
    record(actor=actor, verb="own_pay.voided", object_type="pay_observation", object_id=row.pk)


@transaction.atomic
def save_band(
    *,
    actor: User,
    title: str,
    note: str,
    answer: PayAnswer,
    benchmark: Mapping[str, Any],
    requisition_id: int | None = None,
) -> int:
    """Keep the band that an answer was asked about, with the market as it stands, and return its id.

    Raises ``Forbidden`` or ``Http404`` for a requisition that is not the actor's to change, ``PayQuestionError``
    without a band or title and for a text that is too long.
    """
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    if requisition_id is not None:
        require_requisition(actor=actor, requisition_id=requisition_id, action=Action.EDIT_REQUISITION)
    if answer.placement is None:
        raise PayQuestionError(field="low", message="Give both ends of the band before you save it.")
    name = _line(title, field="title", longest=_LONGEST_TITLE)
    if not name:
        raise PayQuestionError(field="title", message="Give the band a name, such as the role it is for.")
    found, band = answer.estimate, answer.placement.band
    row = PayBand.objects.create(
        requisition_id=requisition_id,
        title=name,
        family=found.family,
        level=found.level.id,
        country=found.country,
        metro=found.metro,
        currency=found.currency,
        low=Decimal(f"{band.low:.2f}"),
        high=Decimal(f"{band.high:.2f}"),
        note=_note(note),
        benchmark=dict(benchmark),
        created_by=actor,
    )
    record(
        actor=actor,
        verb="pay_band.saved",
        object_type="pay_band",
        object_id=row.pk,
        data={"requisition": requisition_id, "family": found.family, "level": found.level.id},
    )
    return row.pk


def _line(text: str, *, field: str, longest: int) -> str:
    try:
        return clean_line(text, longest=longest)
    except TextTooLongError as error:
        raise PayQuestionError(field=field, message=str(error)) from error


def _note(text: str) -> str:
    try:
        return clean_text(text, longest=_LONGEST_NOTE)
    except TextTooLongError as error:
        raise PayQuestionError(field="note", message=str(error)) from error
