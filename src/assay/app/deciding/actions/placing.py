"""How a decision takes effect: the application placed, the row written, the news told, the audit event last."""

from collections.abc import Mapping

from django.db import IntegrityError
from django.db.models import QuerySet

from assay.app.deciding.announcing import LetterChoice, decided
from assay.app.deciding.models import Decision
from assay.app.deciding.queries import DecisionView, get_latest_decision
from assay.app.deciding.standing import ApplicationStanding
from assay.app.pipeline.actions.applications import BandNotApprovedError
from assay.app.pipeline.actions.placing import (
    Placement,
    StageRetiredError,
    StaleApplicationError,
    place_application,
)
from assay.app.pipeline.news import tell_changed
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, Landing
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record
from assay.platform.text import clean_text

LONGEST_NOTE = 4000
_VERBS = {
    DecisionKind.ADVANCE: "application.advanced",
    DecisionKind.MOVE: "application.moved",
    DecisionKind.REJECT: "application.rejected",
    DecisionKind.HOLD: "application.held",
    DecisionKind.RESUME: "application.resumed",
    DecisionKind.WITHDRAW: "application.withdrawn",
    DecisionKind.TRANSFER: "application.transferred",
    DecisionKind.UNDO: "decision.undone",
}


class ConflictingDecisionError(Exception):
    """Raised when somebody else changed the application first. ``latest`` is what they decided, if they decided."""

    def __init__(self, *, application_id: int, latest: DecisionView | None, message: str = "") -> None:
        who = f"{latest.decided_by} was faster: {latest.sentence}." if latest else "The application has changed."
        super().__init__(message or f"{who} Your decision was not stored. Look again, then decide.")
        self.application_id = application_id
        self.latest = latest


class InterviewsNotOpenError(IllegalDecisionError):
    """Raised for a move into interviews of a job whose band is not approved. ``job_id`` says where to go for it."""

    def __init__(self, message: str, *, job_id: int) -> None:
        super().__init__(message)
        self.job_id = job_id


def place(*, standing: ApplicationStanding, landing: Landing, is_undo: bool = False) -> None:
    """Put an application where a decision lands, in the transaction of the decision. Raises
    ``ConflictingDecisionError`` when somebody was faster, ``InterviewsNotOpenError`` before the band is approved, and
    ``IllegalDecisionError`` for a second live application: the caller's transaction ends with that."""
    placement = Placement(
        stage_id=standing.stage_at(position=landing.position),
        status=landing.status,
        held_until=landing.held_until,
        needs_review=landing.needs_review,
    )
    try:
        place_application(
            application_id=standing.application_id,
            expected_revision=standing.revision,
            before=standing.status,
            placement=placement,
            is_undo=is_undo,
        )
    except BandNotApprovedError as error:
        raise InterviewsNotOpenError(str(error), job_id=error.job_id) from error
    except StageRetiredError as error:
        raise IllegalDecisionError(str(error)) from error
    except StaleApplicationError as error:
        raise overtaken(application_id=standing.application_id) from error
    except IntegrityError as error:
        message = "This person has another live application to this job, so this one stays as it is."
        raise IllegalDecisionError(message) from error


def write(
    *,
    decision: Decision,
    standing: ApplicationStanding,
    landing: Landing,
    actor: User | None,
    letter: LetterChoice = LetterChoice.USUAL,
    data: Mapping[str, JsonValue] = {},  # noqa: B006 - read, never written
) -> int:
    """Store a decision about an application that was just placed and return its id: the row, then the announcement,
    then the audit event. ``actor`` is None for a candidate who withdrew and for a hold that ended by itself;
    ``data`` is added to what the event says."""
    decision.application_id, decision.decided_by = standing.application_id, actor
    decision.from_stage_id, decision.to_stage_id = standing.stage_id, standing.stage_at(position=landing.position)
    decision.status_before, decision.held_until_before = standing.status.value, standing.held_until
    decision.needs_review_before, decision.revision_before = standing.needs_review, standing.revision
    decision.save(force_insert=True)
    tell_changed(application_ids=[standing.application_id])
    decided.send(
        sender=None,
        decision_id=decision.pk,
        application_id=decision.application_id,
        kind=DecisionKind(decision.kind),
        undoes_id=decision.undoes_id,
        actor=actor,
        letter=letter,
        goes_on=data.get("to_application"),
    )
    _record(decision, actor, landing, data)
    return decision.pk


def _record(decision: Decision, actor: User | None, landing: Landing, data: Mapping[str, JsonValue]) -> None:
    record(
        actor=actor,
        verb=_VERBS[DecisionKind(decision.kind)],
        object_type="application",
        object_id=decision.application_id,
        why=decision.reason,
        data={
            "decision": decision.pk,
            "undoes": decision.undoes_id,
            "from_stage": decision.from_stage_id,
            "to_stage": decision.to_stage_id,
            "status": landing.status.value,
            "screening": decision.screening_id,
            "rests_on": [f"{item['kind']}:{item['ref']}" for item in decision.evidence_shown if item["relied_on"]],
        }
        | dict(data),
    )


def read_note(text: str) -> str:
    """Return a note as it is kept: without what no database can keep, and not beyond measure."""
    return clean_text(text[: LONGEST_NOTE * 2], longest=LONGEST_NOTE * 2)[:LONGEST_NOTE]


def twins_of(
    *, standing: ApplicationStanding, expected_revision: int, kind: DecisionKind, actor: User
) -> QuerySet[Decision]:
    """Return what still stands of this kind, by the same person about the same revision: a form that was sent twice."""
    return Decision.objects.filter(
        application_id=standing.application_id,
        revision_before=expected_revision,
        kind=kind,
        decided_by=actor,
        undone_by__isnull=True,
    )


def overtaken(*, application_id: int) -> ConflictingDecisionError:
    """Return the error that tells whoever came second what was decided first."""
    return ConflictingDecisionError(
        application_id=application_id, latest=get_latest_decision(application_id=application_id)
    )
