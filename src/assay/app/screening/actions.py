"""The only writer of screenings and of measurements: those drawn from screenings, and those that people rated."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from decimal import Decimal

from django.db import transaction

from assay.app.documents.queries import get_document, list_documents, lock_application_of
from assay.app.pipeline.actions.applications import ScoreSummary, index_application, note_screening
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.screening.measuring import RatedMeasurement
from assay.app.screening.models import Measurement, Screening
from assay.app.screening.queries import FINISHED, REQUESTED
from assay.app.screening.stored_result import decode_result, encode_result
from assay.core.pipeline.comparison import strongest_quotes
from assay.core.pipeline.status import ScreeningState
from assay.core.screening.result import ScreeningResult, ScreeningStatus, Verdict
from assay.core.screening.screen import measurements
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.queue.tasks import enqueue

SCREEN_TASK = "screening.screen_application"


class ForeignDocumentError(ValueError):
    """Raised when a screening would be kept on an application that its document does not belong to."""


@transaction.atomic
def store_screening(*, application_id: int, document_id: int, result: ScreeningResult, role_version_id: int) -> int:
    """Keep a screening result, draw its measurements, and repeat its summary on the application. Returns its id.

    Older results stay, no longer current. The same result twice is kept once. A file that needs a person never
    pushes aside a document of the same application that could be screened.
    Raises ``ForeignDocumentError`` when the document belongs to another application.
    """
    if lock_application_of(document_id=document_id) != application_id:
        raise ForeignDocumentError(f"document {document_id} does not belong to application {application_id}")
    body = encode_result(result=result)
    earlier = Screening.objects.filter(application_id=application_id)
    twin = earlier.filter(document_id=document_id).order_by("-id").first()
    if twin is not None and twin.role_id == role_version_id and twin.result == body:
        return twin.pk
    current = earlier.filter(is_current=True).first()
    becomes_current = result.status is ScreeningStatus.SCREENED or not _is_better_read(current, document_id)
    if becomes_current:
        Screening.objects.filter(application_id=application_id, is_current=True).update(is_current=False)
    screening = Screening.objects.create(
        application_id=application_id,
        document_id=document_id,
        role_id=role_version_id,
        rules_version=result.rules_version,
        status=result.status.value,
        result=body,
        is_current=becomes_current,
    )
    _draw_measurements(screening, result)
    if becomes_current:
        _summarise(application_id, document_id, result)
    record(
        actor=None,
        verb="application.screened",
        object_type="application",
        object_id=application_id,
        data={
            "screening": screening.pk,
            "document": document_id,
            "status": result.status.value,
            "rules": result.rules_version,
            "role_version": role_version_id,
            "score": round(result.score, 3),
            "score_before": _score_of(current),
        },
    )
    return screening.pk


@transaction.atomic
def request_screening(*, actor: User, application_id: int) -> None:
    """Ask for an application's documents to be read and screened again with the rules of today, in the background.

    Raises ``Http404`` or ``Forbidden`` when the actor may not change applicants of the job.
    """
    application = find_application(application_id=application_id)
    require(actor=actor, action=Action.EDIT_APPLICANT, resource=job_resource(job=application.job, user=actor))
    enqueue(SCREEN_TASK, lock=f"application-{application_id}", application_id=application_id)
    record(actor=actor, verb=REQUESTED, object_type="application", object_id=application_id)


@transaction.atomic
def fall_back(*, application_id: int) -> None:
    """Let an application whose current screening went with its document stand on what is left, or on nothing.

    The last one that could be read becomes current. Whoever calls this has checked access.
    """
    rows = Screening.objects.filter(application_id=application_id)
    if rows.filter(is_current=True).exists():
        return
    left = rows.filter(status=ScreeningStatus.SCREENED).order_by("-id").first() or rows.order_by("-id").first()
    if left is None:
        has_documents = bool(list_documents(application_id=application_id))
        state = ScreeningState.WAITING if has_documents else ScreeningState.NO_DOCUMENT
        note_screening(application_id=application_id, state=state, summary=None)
        index_application(application_id=application_id, text="", skills=[])
        return
    left.is_current = True
    left.save(update_fields=["is_current"])
    _summarise(application_id, left.document_id, decode_result(kept=left.result))


@transaction.atomic
def finish_screening(*, application_id: int) -> None:
    """Note that a screening that was asked for is done, whether or not it changed anything."""
    if not list_documents(application_id=application_id):
        note_screening(application_id=application_id, state=ScreeningState.NO_DOCUMENT, summary=None)
    record(actor=None, verb=FINISHED, object_type="application", object_id=application_id)


@transaction.atomic
def erase_screenings(*, application_id: int) -> None:
    """Empty what screening said of an application whose documents were erased, and forget what was measured from it.

    The rows stay, because decisions point to them: with which rules and when, without a word of the document.
    Whoever calls this has checked access and writes the audit event.
    """
    Measurement.objects.filter(application_id=application_id, screening__isnull=False).delete()
    rows = Screening.objects.select_for_update(of=("self",)).filter(application_id=application_id)
    for row in rows:
        kept = decode_result(kept=row.result)
        empty = ScreeningResult(
            status=ScreeningStatus.NEEDS_PERSON,
            status_detail="Erased because the applicant asked for it.",
            rules_version=kept.rules_version,
            role_id=kept.role_id,
            role_version=kept.role_version,
            score=0.0,
            interval=replace(kept.interval, low=0.0, high=100.0),
        )
        row.status, row.result = ScreeningStatus.NEEDS_PERSON, encode_result(result=empty)
        row.save(update_fields=["status", "result"])
    note_screening(application_id=application_id, state=ScreeningState.NO_DOCUMENT, summary=None)


@transaction.atomic
def store_ratings(*, application_id: int, observed_by_id: int, ratings: Sequence[RatedMeasurement]) -> None:
    """Keep an interviewer's ratings as measurements, in the caller's transaction. A rating is kept once.

    The caller has checked access, and records the scorecard that they belong to.
    """
    Measurement.objects.bulk_create(
        Measurement(
            application_id=application_id,
            competency=one.measured.competency,
            level=_thousandths(one.measured.level),
            reliability=_thousandths(one.measured.reliability),
            observer=one.measured.observer.value,
            rating_id=one.rating_id,
            observed_by_id=observed_by_id,
            evidence=[asdict(quote) for quote in one.measured.evidence],
        )
        for one in ratings
    )


def _is_better_read(current: Screening | None, document_id: int) -> bool:
    """Tell whether another document of the application could be screened, which one without text must not hide."""
    return current is not None and current.status == ScreeningStatus.SCREENED and current.document_id != document_id


def _score_of(screening: Screening | None) -> float | None:
    if screening is None or screening.status != ScreeningStatus.SCREENED:
        return None
    return round(float(screening.result["score"]), 3)


def _draw_measurements(screening: Screening, result: ScreeningResult) -> None:
    Measurement.objects.bulk_create(
        Measurement(
            application_id=screening.application_id,
            screening=screening,
            competency=measured.competency,
            level=_thousandths(measured.level),
            reliability=_thousandths(measured.reliability),
            observer=measured.observer.value,
            evidence=[asdict(quote) for quote in measured.evidence],
        )
        for measured in measurements(result=result)
    )


def _summarise(application_id: int, document_id: int, result: ScreeningResult) -> None:
    if result.status is ScreeningStatus.SCREENED:
        verdicts = [item.verdict for item in result.must_haves]
        best = next((quotation.span for quotation in strongest_quotes(result=result)), None)
        summary = ScoreSummary(
            score=_thousandths(result.score),
            low=_thousandths(result.interval.low),
            high=_thousandths(result.interval.high),
            must_haves_met=verdicts.count(Verdict.MET),
            must_haves_missing=verdicts.count(Verdict.MISSING),
            must_haves_total=len(verdicts),
            flags=tuple(dict.fromkeys(flag.kind.value for flag in result.flags)),
            best_quote=best.quote if best else "",
            best_quote_page=best.page if best else None,
        )
        note_screening(application_id=application_id, state=ScreeningState.SCREENED, summary=summary)
    else:
        note_screening(application_id=application_id, state=ScreeningState.NEEDS_PERSON, summary=None)
    reading = get_document(document_id=document_id).reading
    index_application(
        application_id=application_id,
        text=reading.text if reading else "",
        skills=[skill.label for skill in result.skills],
    )


def _thousandths(value: float) -> Decimal:
    return Decimal(f"{value:.3f}")
