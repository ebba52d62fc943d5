"""What somebody sent themself, told apart from what is known of the person from elsewhere."""

from collections.abc import Collection, Mapping

from assay.app.applying.models import Submission
from assay.app.documents.queries import DocumentView, list_documents
from assay.app.pipeline.models import Application


def sent_contact(*, application: Application) -> Mapping[str, str]:
    """Return how to reach them as the form said it; empty for an application that came otherwise or was erased."""
    contact = application.submitted.get("contact")
    if not isinstance(contact, dict):
        return {}
    links = contact.get("links") or ()
    found = {name: str(contact.get(name) or "") for name in ("name", "email", "phone", "location")}
    return {**found, "links": "\n".join(str(link) for link in links)}


def find_form(*, application_id: int, pursuit: Collection[int]) -> Submission | None:
    """Return the form of an application, else the newest of those that are one pursuit with it."""
    forms = {row.application_id: row for row in Submission.objects.filter(application_id__in=list(pursuit))}
    return forms.get(application_id) or next((forms[one] for one in sorted(forms, reverse=True, key=_order)), None)


def _order(application_id: int | None) -> int:
    return application_id or 0


def list_own_documents(*, application_id: int, form: Submission | None, is_mailed: bool) -> tuple[DocumentView, ...]:
    """Return the documents that a private page shows: all, or the one that came with the form itself."""
    every = tuple(list_documents(application_id=application_id))
    if is_mailed:
        return every
    return tuple(one for one in every if form is not None and one.sha256 == form.resume_digest)
