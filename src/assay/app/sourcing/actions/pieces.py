"""Pieces of an import: each item comes in exactly once, in a transaction that also says so on the item."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from assay.app.pipeline.actions.applications import RecordedApplication
from assay.app.pipeline.actions.intake import hold_intake, record_applications
from assay.app.sourcing.actions.bringing import bring_in_file
from assay.app.sourcing.actions.running import finish_if_done
from assay.app.sourcing.items import Ending, standing_for, write_endings
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.plan import Finding, PlannedRow, arrival_of, plan_row
from assay.app.sourcing.reading import FileReader
from assay.core.sourcing.forecast import Forecast, foresee
from assay.core.sourcing.import_state import BatchState, ItemState
from assay.platform.accounts.models import User

BROUGHT_IN = (ItemState.IMPORTED, ItemState.NEEDS_PERSON)


def import_files(*, actor: User, batch_id: int, item_ids: Sequence[int]) -> None:
    """Bring in files, and rows with files: each is read outside, and written inside a transaction of its own."""
    batch = ImportBatch.objects.select_related("job__role").get(pk=batch_id)
    reader = FileReader(batch=batch)
    for item_id in item_ids:
        item = ImportItem.objects.filter(pk=item_id, state=ItemState.WAITING, batch__state=BatchState.RUNNING).first()
        if item is not None:
            bring_in_file(actor=actor, batch=batch, item=item, read=reader.read(item=item))
    finish_if_done(actor=actor, batch_id=batch_id)


def import_rows(*, actor: User, batch_id: int, item_ids: Sequence[int]) -> None:
    """Bring in rows without files, all in one transaction, with one audit event that names every id."""
    with transaction.atomic():
        _import_rows(actor=actor, batch_id=batch_id, item_ids=item_ids)
    finish_if_done(actor=actor, batch_id=batch_id)


def _import_rows(*, actor: User, batch_id: int, item_ids: Sequence[int]) -> None:
    batch = ImportBatch.objects.select_related("job").get(pk=batch_id)
    hold_intake(job_id=batch.job_id)
    waiting = ImportItem.objects.select_for_update(of=("self",)).filter(
        pk__in=list(item_ids), state=ItemState.WAITING, batch__state=BatchState.RUNNING
    )
    now = timezone.now()
    items = {item.pk: item for item in waiting.order_by("position")}
    planned = {
        key: plan_row(batch=batch, item=item, today=now.date(), file_id=None, found=Finding())
        for key, item in items.items()
    }
    candidates = [plan.candidate for plan in planned.values()]
    forecasts = foresee(candidates=candidates, standing=standing_for(job_id=batch.job_id, candidates=candidates))
    arrivals = {
        forecast.key: arrival_of(batch=batch, item=items[forecast.key], row=row, now=now)
        for forecast in forecasts
        if forecast.state in BROUGHT_IN and (row := planned[forecast.key].row) is not None
    }
    recorded = record_applications(actor=actor, job_id=batch.job_id, arrivals=list(arrivals.values()))
    came = dict(zip(arrivals, recorded, strict=True))
    write_endings([_row_ending(forecast, planned[forecast.key], came.get(forecast.key)) for forecast in forecasts])


def _row_ending(forecast: Forecast, planned: PlannedRow, came: RecordedApplication | None) -> Ending:
    if came is None:
        return Ending(
            item_id=forecast.key,
            state=forecast.state,
            message=forecast.message,
            problems=planned.problems,
            application_id=forecast.application_id,
        )
    return Ending(
        item_id=forecast.key,
        state=forecast.state,
        message=forecast.message,
        application_id=came.application_id,
        made_person=came.made_person,
        made_application=came.made_application,
    )
