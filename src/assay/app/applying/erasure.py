"""What an erasure deletes and what it leaves, said before somebody grants it."""

from dataclasses import dataclass

from assay.app.documents.queries import list_documents
from assay.app.interviewing.queries.facts import list_interview_facts
from assay.app.pipeline.funnel import find_application, visible_jobs
from assay.app.pipeline.queries.continuing import list_one_pursuit
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class ErasureForecast:
    """Sentences for whoever decides: what goes, and what stays and why."""

    deleted: tuple[str, ...]
    kept: tuple[str, ...]


def forecast_erasure(*, application_id: int, user: User) -> ErasureForecast:
    """Return what granting the erasure of an application would do now. Whoever calls this has checked access.

    A job that ``user`` does not see is counted and not named.
    """
    pursuit = list_one_pursuit(application_id=application_id)
    every = [find_application(application_id=one) for one in pursuit]
    documents = [document for one in pursuit for document in list_documents(application_id=one)]
    deleted = [
        "Name, e-mail address, phone, place and links, unless another application of theirs still needs them",
        f"Documents and all that was read from them: {len(documents)}",
        "What they typed into the form, and the index by which they are found",
        "The words of every letter between them and us; the answer that you write here still goes out first",
    ]
    others = [one for one in every if one.pk != application_id]
    seen = set(visible_jobs(user=user).filter(pk__in=[one.job_id for one in others]).values_list("pk", flat=True))
    for other in others:
        name = other.job.title if other.job_id in seen else "a job that you do not see"
        deleted.append(f"The same of the application that is one with this: {name}, since {other.applied_at:%d %B %Y}")
    if any(ApplicationStatus(one.status).is_live for one in every):
        deleted.append("Their place in the job: the application ends as withdrawn")
    interviews = sum(len(facts) for facts in list_interview_facts(application_ids=pursuit).values())
    kept = [
        "What was decided, when, by whom, for which reason and on which lines of evidence: a decision is written once "
        "and cannot be changed. It no longer leads to a name.",
        "The audit log, which holds numbers and no names",
        "Copies in backups, until those are overwritten",
    ]
    if interviews:
        kept.append(f"That interviews took place ({interviews}), and what interviewers wrote in their scorecards")
    return ErasureForecast(tuple(deleted), tuple(kept))
