"""One file, or one row with its file, becomes an application with a document, a reading and a screening."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from assay.app.documents.actions import attach_document, store_reading
from assay.app.pipeline.actions.applications import RecordedApplication, record_application
from assay.app.pipeline.actions.intake import Arrival, hold_intake
from assay.app.screening.actions import store_screening
from assay.app.sourcing.items import Ending, end_joined_files, standing_for, write_endings
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.plan import arrival_of, plan_file, plan_row
from assay.app.sourcing.reading import FileRead
from assay.app.sourcing.rules import row_limits
from assay.core.screening.result import Contact
from assay.core.sourcing.file_rules import name_from_path
from assay.core.sourcing.forecast import Candidate, Forecast, foresee
from assay.core.sourcing.import_state import BatchState, ItemKind, ItemState
from assay.platform.accounts.models import User

_BROUGHT_IN = (ItemState.IMPORTED, ItemState.NEEDS_PERSON)


@transaction.atomic
def bring_in_file(*, actor: User, batch: ImportBatch, item: ImportItem, read: FileRead) -> None:
    """Write what became of one item together with all that it made; an item that no longer waits is left alone.

    Whoever holds the job's intake sees every applicant that came before, so that nobody comes in twice.
    """
    hold_intake(job_id=batch.job_id)
    held = ImportItem.objects.select_for_update(of=("self",)).filter(
        pk=item.pk, state=ItemState.WAITING, batch__state=BatchState.RUNNING
    )
    if not held.exists():
        return
    candidate, arrival, problems = _plan(batch, item, read)
    standing = standing_for(job_id=batch.job_id, candidates=[candidate])
    (forecast,) = foresee(candidates=[candidate], standing=standing)
    made = None
    if arrival is not None and forecast.state in _BROUGHT_IN:
        made = _make(actor, batch, item, read, arrival)
    write_endings([_ending(item, forecast, made, problems)])
    if item.kind == ItemKind.ROW:
        end_joined_files(row_ids=[item.pk])


def _plan(
    batch: ImportBatch, item: ImportItem, read: FileRead
) -> tuple[Candidate, Arrival | None, Sequence[Mapping[str, str]]]:
    now = timezone.now()
    found = read.finding
    if item.kind == ItemKind.ROW:
        planned = plan_row(batch=batch, item=item, today=now.date(), file_id=item.stored_file_id, found=found)
        if planned.row is None:
            return planned.candidate, None, planned.problems
        arrival = arrival_of(batch=batch, item=item, row=planned.row, now=now, from_file=_contact(item, read))
        return planned.candidate, arrival, []
    contact = _contact(item, read)
    submitted = {"import": batch.pk, "file": item.name, "contact": _as_json(contact)}
    arrival = Arrival(contact=contact, source=batch.source, applied_at=now, recorded_at=now, submitted=submitted)
    return plan_file(item=item, found=found), arrival, []


def _make(actor: User, batch: ImportBatch, item: ImportItem, read: FileRead, arrival: Arrival) -> RecordedApplication:
    recorded = record_application(
        actor=actor,
        job_id=batch.job_id,
        contact=arrival.contact,
        source=arrival.source,
        applied_at=arrival.applied_at,
        recorded_at=arrival.recorded_at,
        submitted=arrival.submitted,
    )
    if not recorded.made_application or item.stored_file_id is None:
        return recorded
    document_id = attach_document(
        actor=actor, application_id=recorded.application_id, stored_file_id=item.stored_file_id, name=item.name
    )
    store_reading(document_id=document_id, reading=read.reading)
    store_screening(
        application_id=recorded.application_id,
        document_id=document_id,
        result=read.result,
        role_version_id=batch.job.role_id,
    )
    return recorded


def _ending(
    item: ImportItem, forecast: Forecast, made: RecordedApplication | None, problems: Sequence[Mapping[str, str]]
) -> Ending:
    if made is None:
        return Ending(
            item_id=item.pk,
            state=forecast.state,
            message=forecast.message,
            problems=problems,
            application_id=forecast.application_id,
        )
    is_new = made.made_application
    return Ending(
        item_id=item.pk,
        state=forecast.state if is_new else ItemState.DUPLICATE,
        message=forecast.message if is_new else "This person already applies to this job.",
        application_id=made.application_id,
        made_person=made.made_person,
        made_application=is_new,
    )


def _contact(item: ImportItem, read: FileRead) -> Contact:
    """Return how to reach someone as their file says; where it names nobody, they are called like the file."""
    contact, limits = read.result.contact, row_limits()
    name = " ".join(contact.name.split())[: limits.name]
    return Contact(
        name=name or name_from_path(path=item.name, most=limits.name),
        email=read.finding.email,
        phone=contact.phone[: limits.phone],
        location=contact.location[: limits.location],
        links=contact.links[: limits.links],
    )


def _as_json(contact: Contact) -> dict[str, object]:
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "location": contact.location,
        "links": list(contact.links),
    }
