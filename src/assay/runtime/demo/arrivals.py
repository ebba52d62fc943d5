"""How the demo's applicants arrive: as files in imports, by the form of the careers page, and as a draft to try."""

from collections.abc import Sequence
from random import Random

from django.conf import settings
from django.utils import timezone

from assay.app.applying.actions.submitting import Filled, submit
from assay.app.applying.asked import consent_for
from assay.app.applying.form_tokens import FormToken
from assay.app.applying.queries.pending import PendingView
from assay.app.applying.resumes import FromFile
from assay.app.applying.secrets_kept import make_secret
from assay.app.pipeline.models import Application
from assay.app.postings.public_queries import get_door
from assay.app.screening.jobs import screen_documents
from assay.app.screening.stored import Reader
from assay.app.sourcing.actions.drafts import Upload, add_uploads, begin_import
from assay.app.sourcing.actions.pieces import import_files
from assay.app.sourcing.actions.running import begin_pieces, finish_if_done, start_import
from assay.app.sourcing.queries import list_items
from assay.core.applying.particulars import Particulars
from assay.platform.accounts.models import User
from assay.platform.files.actions import store_bytes
from assay.platform.files.models import StoredFile
from assay.runtime.demo.rendering import RENDERERS
from assay.runtime.demo.resume import DemoResume

_USUAL = ("pdf", "pdf", "two_columns", "docx", "docx", "html", "text", "markdown", "json")
_HEAD = 512


def upload_of(*, resume: DemoResume, form: str, random: Random) -> Upload:
    """Write a résumé as a file of a form, of any usual one if none is named, and keep it."""
    usual = "hidden" if resume.kind == "stuffed" else random.choice(_USUAL)
    ending, render = RENDERERS[form or usual]
    content = render(resume)
    return Upload(
        path=f"{resume.name.replace(' ', '_')}_CV{ending}",
        head=content[:_HEAD],
        size=len(content),
        stored_file_id=store_bytes(content=content).pk,
    )


def bring_in(*, actor: User, job_id: int, source: str, uploads: Sequence[Upload]) -> list[int]:
    """Import files and return the applications that they became, in the order of the files."""
    batch_id = draft_import(actor=actor, job_id=job_id, source=source, uploads=uploads)
    start_import(actor=actor, batch_id=batch_id)
    begin_pieces(actor=actor, batch_id=batch_id)
    items = list_items(batch_id=batch_id, limit=None).items
    import_files(actor=actor, batch_id=batch_id, item_ids=[item.id for item in items])
    finish_if_done(actor=actor, batch_id=batch_id)
    came = {item.name: item.application_id for item in list_items(batch_id=batch_id, limit=None).items}
    return [found for upload in uploads if (found := came[upload.path]) is not None]


def draft_import(*, actor: User, job_id: int, source: str, uploads: Sequence[Upload]) -> int:
    """Leave an import with its files added and not yet started, and return its id."""
    batch_id = begin_import(actor=actor, job_id=job_id, source=source)
    add_uploads(actor=actor, batch_id=batch_id, uploads=uploads)
    return batch_id


def fill_in_form(*, slug: str, who: Particulars, upload: Upload | None, reader: Reader) -> int:
    """Send the form of the careers page, with a résumé or without, and have it screened; return the application."""
    now, door = timezone.now(), get_door(slug=slug)
    if door is None:
        raise LookupError(f"no advert of the demo is at {slug}")
    receipt = submit(
        form=FormToken(make_secret(), slug, now),
        filled=Filled(particulars=who, given=()),
        consent=consent_for(places=door.places, organisation=door.organisation or str(settings.ORGANISATION)),
        resume=None if upload is None else _chosen(upload),
        now=now,
    )
    if receipt.application_id is None:
        raise LookupError(f"{who.email} had applied before")
    if upload is not None:
        screen_documents(application_id=receipt.application_id, reader=reader)
    return receipt.application_id


def twin_of(*, application_id: int) -> Particulars:
    """Return an applicant under another address, as somebody types who forgot that they have applied already."""
    person = Application.objects.select_related("person").get(pk=application_id).person
    return Particulars(
        name=person.name,
        email=f"again.{person.email}",
        phone=person.phone,
        location=person.location,
        links=tuple(str(link) for link in person.links),
    )


def _chosen(upload: Upload) -> PendingView:
    stored = StoredFile.objects.get(pk=upload.stored_file_id or 0)
    return PendingView(make_secret(), upload.path, stored.sha256, stored.size, FromFile())
