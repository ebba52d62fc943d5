"""What an erasure deletes and what it leaves, said before somebody grants it."""

from dataclasses import dataclass

from assay.app.documents.queries import list_documents
from assay.app.interviewing.queries.facts import list_interview_facts
from assay.app.pipeline.funnel import find_application
from assay.core.pipeline.status import ApplicationStatus


@dataclass(frozen=True, slots=True)
class ErasureForecast:
    """Sentences for whoever decides: what goes, and what stays and why."""

    deleted: tuple[str, ...]
    kept: tuple[str, ...]


def forecast_erasure(*, application_id: int) -> ErasureForecast:
    """Return what granting the erasure of an application would do now. Whoever calls this has checked access."""
    application = find_application(application_id=application_id)
    documents = list_documents(application_id=application_id)
    deleted = [
        "Name, e-mail address, phone, place and links, unless another application of theirs still needs them",
        f"Documents and all that was read from them: {len(documents)}",
        "What they typed into the form, and the index by which they are found",
        "The words of every letter between them and us; the answer that you write here still goes out first",
    ]
    if ApplicationStatus(application.status).is_live:
        deleted.append("Their place in this job: the application ends as withdrawn")
    interviews = len(list_interview_facts(application_ids=[application_id]).get(application_id, ()))
    kept = [
        "What was decided, when, by whom, for which reason and on which lines of evidence: a decision is written once "
        "and cannot be changed. It no longer leads to a name.",
        "The audit log, which holds numbers and no names",
        "Copies in backups, until those are overwritten",
    ]
    if interviews:
        kept.append(f"That interviews took place ({interviews}), and what interviewers wrote in their scorecards")
    return ErasureForecast(tuple(deleted), tuple(kept))
