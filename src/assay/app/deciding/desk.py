"""One candidate on the desk: who, where they stand, the evidence, the document, and what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assay.app.deciding.queries import DecisionView, OnScreen, evidence_on_screen, get_standing_decision
from assay.app.deciding.sheet import Sheet, lay_sheet
from assay.app.deciding.standing import PlanStep, plan_steps, step_of
from assay.app.documents.queries import get_document, get_latest_document
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.screening.queries import ScreeningView, get_current_screening
from assay.core.deciding.evidence import usual_ground
from assay.core.pipeline.facts import waits_since
from assay.core.pipeline.status import ApplicationStatus, ScreeningState
from assay.core.screening.result import Contact, ScreeningStatus
from assay.platform.access.gate import ask, require
from assay.platform.access.policy import Action, Resource
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person looking may do with this application."""

    can_decide: bool
    why_not: str
    can_see_decisions: bool
    can_edit: bool
    can_see_messages: bool
    can_answer: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application as its pages show it. ``needs_person`` says that no usable text stands behind it."""

    application_id: int
    job_id: int
    job_title: str
    role_title: str
    person_id: int
    name: str
    contact: Contact
    submitted: Mapping[str, object]
    source: str
    is_internal: bool
    applied_at: datetime
    recorded_at: datetime
    revision: int
    status: ApplicationStatus
    held_until: date | None
    stage: PlanStep
    steps: tuple[PlanStep, ...]
    screening_state: ScreeningState
    rights: Rights
    on_screen: OnScreen
    ticked: frozenset[str]
    screening: ScreeningView | None
    sheet: Sheet | None
    standing: DecisionView | None

    @property
    def waits_since(self) -> datetime:
        """Since when this application waits for us: since it came in here."""
        return waits_since(applied_at=self.applied_at, recorded_at=self.recorded_at)

    @property
    def undoable(self) -> DecisionView | None:
        """The decision that can be taken back."""
        return self.standing if self.standing and self.standing.is_undoable else None

    @property
    def left_themself(self) -> bool:
        """Tell whether the candidate withdrew on their own page; nobody of the team undoes that."""
        return self.standing is not None and self.standing.is_by_candidate

    @property
    def is_alive(self) -> bool:
        """Tell whether anything but an undo can still be decided."""
        return self.status in (ApplicationStatus.ACTIVE, ApplicationStatus.HELD)

    @property
    def is_screened(self) -> bool:
        """Tell whether there is a score to show."""
        return self.screening is not None and self.screening.result.status is ScreeningStatus.SCREENED

    @property
    def next_step(self) -> PlanStep | None:
        """The stage that advancing leads to."""
        later = [step for step in self.steps if step.position > self.stage.position]
        return min(later, key=lambda step: step.position, default=None)


def get_candidate(*, actor: User, application_id: int, as_text: bool = False, with_sheet: bool = True) -> Candidate:
    """Return one application for its pages. Raises ``Http404`` or ``Forbidden`` without access to the job."""
    application = find_application(application_id=application_id)
    resource = job_resource(job=application.job, user=actor)
    require(actor=actor, action=Action.SEE_APPLICANTS, resource=resource)
    rights = _rights(actor, resource)
    steps = plan_steps(stages=application.job.stages)
    screening = get_current_screening(application_id=application_id)
    on_screen = evidence_on_screen(application_id=application_id, screening=screening)
    person = application.person
    return Candidate(
        application_id=application.pk,
        job_id=application.job_id,
        job_title=application.job.title,
        role_title=application.job.role.title,
        person_id=person.pk,
        name=str(person),
        contact=Contact(person.name, person.email, person.phone, person.location, tuple(map(str, person.links))),
        submitted=application.submitted,
        source=application.source,
        is_internal=application.is_internal,
        applied_at=application.applied_at,
        recorded_at=application.recorded_at,
        revision=application.revision,
        status=ApplicationStatus(application.status),
        held_until=application.held_until,
        stage=step_of(stage=application.stage),
        steps=steps,
        screening_state=ScreeningState(application.screening_state),
        rights=rights,
        on_screen=on_screen,
        ticked=usual_ground(items=on_screen.items),
        screening=screening,
        sheet=_sheet(application_id, screening, as_text) if with_sheet else None,
        standing=get_standing_decision(application_id=application_id) if rights.can_decide else None,
    )


def _rights(actor: User, resource: Resource) -> Rights:
    decides = ask(actor=actor, action=Action.DECIDE, resource=resource)
    return Rights(
        can_decide=decides.allowed,
        why_not="" if decides.allowed else decides.why,
        can_see_decisions=ask(actor=actor, action=Action.SEE_DECISIONS, resource=resource).allowed,
        can_edit=ask(actor=actor, action=Action.EDIT_APPLICANT, resource=resource).allowed,
        can_see_messages=ask(actor=actor, action=Action.SEE_MESSAGES, resource=resource).allowed,
        can_answer=ask(actor=actor, action=Action.ANSWER_CANDIDATES, resource=resource).allowed,
    )


def _sheet(application_id: int, screening: ScreeningView | None, as_text: bool) -> Sheet | None:
    if screening is not None:
        document = get_document(document_id=screening.document_id)
        return lay_sheet(document=document, result=screening.result, as_text=as_text)
    latest = get_latest_document(application_id=application_id)
    return None if latest is None else lay_sheet(document=latest, result=None, as_text=as_text)
