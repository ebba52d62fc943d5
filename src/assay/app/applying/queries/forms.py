"""What a job's form asks: for the applicant, who needs no account, and for whoever edits it."""

from dataclasses import dataclass

from assay.app.applying.asked import effort_for
from assay.app.applying.models import ApplicationForm
from assay.app.applying.question_codec import decode_questions
from assay.app.pipeline.queries.jobs import get_job
from assay.core.applying.pace import Effort
from assay.core.applying.questions import Question
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class FormView:
    """A job's form; ``revision`` 0 means that nobody has changed it yet."""

    questions: tuple[Question, ...] = ()
    asks_demographics: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True)
class EditableForm:
    """The same with the job's name and what its reader may do there, for its editor."""

    job_id: int
    title: str
    can: frozenset[Action]
    form: FormView


def get_form(*, job_id: int) -> FormView:
    """Return what applicants of a job are asked. Asks no one's permission: the advert is out."""
    row = ApplicationForm.objects.filter(job_id=job_id).first()
    if row is None:
        return FormView()
    return FormView(decode_questions(stored=row.questions), row.asks_demographics, row.revision)


def effort_of_job(*, job_id: int) -> Effort:
    """Return how many fields a job's form has and how long it takes, as an estimate."""
    return effort_for(questions=get_form(job_id=job_id).questions)


def get_editable_form(*, actor: User, job_id: int) -> EditableForm:
    """Return a job's form for editing. Raises ``Http404`` or ``Forbidden``."""
    job = get_job(actor=actor, job_id=job_id, action=Action.EDIT_JOB)
    return EditableForm(job.id, job.title, job.can, get_form(job_id=job_id))
