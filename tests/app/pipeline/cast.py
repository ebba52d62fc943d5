"""What tests of jobs and applicants share: a job held to a shipped role, and applicants by the handful."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assay.app.documents.models import Document, Reading
from assay.app.market.models import PayBand
from assay.app.pipeline.actions.jobs import JobDraft, Seat, open_job
from assay.app.pipeline.models import Application, Job, Person, Stage
from assay.app.pipeline.plans import planned_stages
from assay.app.requisitions.actions.approvals import give_verdict, submit_requisition
from assay.app.requisitions.actions.drafts import edit_requisition
from assay.app.requisitions.actions.jobs import request_for_job
from assay.app.requisitions.actions.people import Place, set_people
from assay.app.requisitions.models import Requisition
from assay.app.roles.actions import adopt_role
from assay.app.roles.queries import get_role_version
from assay.app.screening.actions import store_screening
from assay.app.screening.rules import load_rules
from assay.core.documents.document import Document as ReadDocument
from assay.core.documents.document import DocumentKind, Page
from assay.core.requisitions.approval import VerdictKind
from assay.core.requisitions.draft import RequisitionDraft
from assay.core.requisitions.plan import Step
from assay.core.requisitions.status import ReadinessGate
from assay.core.screening.screen import screen
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User
from assay.platform.files.models import StoredFile

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STRONG = (
    "Deployed an arrival-time model to production on Kubernetes serving 40,000 requests per second.",
    "Set up drift monitoring with alerts in Grafana that caught a broken feed before users did.",
    "Built a weekly retraining pipeline in Airflow with a model registry and automatic rollback.",
    "Was on call for the pricing service and led the postmortem of an outage that cost 200k euro.",
)


def make_job(
    owner: User,
    *,
    title: str = "ML engineer",
    team: Sequence[Seat] = (),
    is_confidential: bool = False,
    openings: int = 1,
) -> Job:
    """Open a job held to the shipped ml-engineer role."""
    draft = JobDraft(title, "Arrival times are wrong.", "Utrecht", is_confidential, openings, posting="")
    version = adopt_role(actor=owner, role_key="ml-engineer")
    plan = planned_stages(plan_id="standard")
    return Job.objects.get(pk=open_job(actor=owner, draft=draft, role_version_id=version, plan=plan, team=list(team)))


def apply(job: Job, name: str, *, email: str = "", score: float | None = None, **fields: object) -> Application:
    """Add an application as a list sees it, without documents."""
    person = Person.objects.create(name=name, email=email)
    applied_at = fields.pop("applied_at", START)
    return Application.objects.create(
        person=person,
        job=job,
        stage=fields.pop("stage", None) or Stage.objects.filter(job=job).order_by("position")[0],
        applied_at=applied_at,
        recorded_at=fields.pop("recorded_at", applied_at),
        score=None if score is None else Decimal(f"{score:.3f}"),
        score_low=None if score is None else Decimal(f"{max(score - 5, 0):.3f}"),
        score_high=None if score is None else Decimal(f"{min(score + 5, 100):.3f}"),
        **fields,
    )


def apply_many(job: Job, scores: Sequence[float | None]) -> list[Application]:
    """Add applications with these scores, an hour apart, with names that repeat."""
    people = Person.objects.bulk_create(Person(name=f"Applicant {n % 7}") for n in range(len(scores)))
    stage = Stage.objects.filter(job=job).order_by("position")[0]
    return Application.objects.bulk_create(
        Application(
            person=person,
            job=job,
            stage=stage,
            applied_at=START + timedelta(hours=n // 3),
            recorded_at=START + timedelta(hours=n // 3),
            score=None if score is None else Decimal(f"{score:.3f}"),
            score_low=Decimal(0),
            score_high=Decimal(100),
        )
        for n, (person, score) in enumerate(zip(people, scores, strict=True))
    )


def apply_with_clocks(job: Job, scores: Sequence[float | None], *, now: datetime) -> list[Application]:
    """Add applications whose clocks repeat: some late, some with time left, some at rest, some with none."""
    rows = apply_many(job, scores)
    for number, row in enumerate(rows):
        row.due_at = None if number % 3 == 0 else now + timedelta(hours=number % 7 - 3)
        row.is_paused = number % 5 == 0
        row.entered_stage_at = now - timedelta(hours=number % 4)
    Application.objects.bulk_update(rows, ["due_at", "is_paused", "entered_stage_at"])
    return rows


def advance(application: Application, position: int = 2) -> Application:
    """Put an application at another stage, as a decision does."""
    application.stage = Stage.objects.get(job=application.job, position=position)
    application.needs_review = False
    application.save(update_fields=["stage", "needs_review"])
    return application


def screened(job: Job, name: str, *, lines: Sequence[str] = STRONG, email: str = "") -> Application:
    """Add an application with a résumé of these lines, screened by the shipped rules."""
    application = apply(job, name, email=email)
    bullets = "\n".join(f"- {line}" for line in lines)
    text = f"{name}\n\nExperience\nML Engineer, Tallyport\nJan 2021 - Present\n{bullets}\n"
    stored = StoredFile.objects.create(sha256=f"{application.pk:064x}", size=len(text))
    document = Document.objects.create(application=application, stored_file=stored, name="cv.txt", kind="text")
    Reading.objects.create(document=document, text=text, pages=[[1, 0, 0, 0, len(text)]])
    version = get_role_version(role_version_id=job.role_id)
    assert version is not None
    read = ReadDocument(kind=DocumentKind.TEXT, text=text, pages=(Page(1, 0, 0, 0, len(text)),))
    result = screen(document=read, role=version.role, rules=load_rules())
    store_screening(application_id=application.pk, document_id=document.pk, result=result, role_version_id=job.role_id)
    application.refresh_from_db()
    return application


def set_band(
    requisition_id: int, *, by: User, low: int = 80_000, high: int = 100_000, currency: str = "EUR"
) -> PayBand:
    """Set a band for a requisition, as the pay desk does."""
    return PayBand.objects.create(
        requisition_id=requisition_id,
        title="ML engineer",
        family="ml-engineer",
        level="senior",
        country="NL",
        currency="EUR",
        low=low,
        high=high,
        created_by=by,
    )


def _approver() -> User:
    email = "bands@assay.example"
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email, "a long password", name="Bao", role=Role.APPROVER)


def approve_band(job: Job, owner: User) -> Requisition:
    """Have the band of a job approved by somebody who approves: its interviews may start."""
    approver = _approver()
    made = request_for_job(actor=owner, job_id=job.pk)
    row = Requisition.objects.get(pk=made)
    draft = RequisitionDraft(
        title=job.title,
        problem=job.problem,
        location=job.location,
        headcount=row.headcount,
        budget=Decimal(150_000),
        currency="EUR",
        is_confidential=job.is_confidential,
        readiness_gate=ReadinessGate.OFF,
    )
    edit_requisition(actor=owner, requisition_id=made, draft=draft, seen_revision=1)
    set_band(made, by=owner)
    step = Step("approver", "Approver", (approver.pk,))
    places = [Place(owner.pk, RequisitionSeat.OWNER)]
    set_people(actor=owner, requisition_id=made, places=places, steps=[step], seen_revision=2)
    submit_requisition(actor=owner, requisition_id=made)
    facts_hash = row.submissions.get().facts_hash
    give_verdict(actor=approver, requisition_id=made, kind=VerdictKind.APPROVE, seen_hash=facts_hash)
    return Requisition.objects.get(pk=made)
