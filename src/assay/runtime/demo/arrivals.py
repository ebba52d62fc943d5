"""How the demo's applicants arrive: as files in an import, most of it done, one left as a draft to try."""

from collections.abc import Sequence
from random import Random

from assay.app.sourcing.actions.drafts import Upload, add_uploads, begin_import
from assay.app.sourcing.actions.pieces import import_files
from assay.app.sourcing.actions.running import begin_pieces, finish_if_done, start_import
from assay.app.sourcing.queries import list_items
from assay.platform.accounts.models import User
from assay.platform.files.actions import store_bytes
from assay.runtime.demo.rendering import RENDERERS
from assay.runtime.demo.resume import DemoResume

_USUAL = ("pdf", "pdf", "two_columns", "docx", "docx", "html", "text", "markdown", "json")
_HEAD = 512


def bring_in(*, actor: User, job_id: int, resumes: Sequence[DemoResume], random: Random) -> None:
    """Import résumés as files of mixed kinds, one of them a scan and one cut off in the middle."""
    batch_id = begin_import(actor=actor, job_id=job_id, source="Careers page")
    add_uploads(actor=actor, batch_id=batch_id, uploads=_files(resumes=resumes, random=random))
    start_import(actor=actor, batch_id=batch_id)
    begin_pieces(actor=actor, batch_id=batch_id)
    items = list_items(batch_id=batch_id, limit=None).items
    import_files(actor=actor, batch_id=batch_id, item_ids=[item.id for item in items])
    finish_if_done(actor=actor, batch_id=batch_id)


def draft_import(*, actor: User, job_id: int, resumes: Sequence[DemoResume], random: Random) -> None:
    """Leave an import with its files added and not yet started."""
    batch_id = begin_import(actor=actor, job_id=job_id, source="Referrals")
    uploads = [_upload(resume=resume, form=random.choice(_USUAL)) for resume in resumes]
    add_uploads(actor=actor, batch_id=batch_id, uploads=uploads)


def _files(*, resumes: Sequence[DemoResume], random: Random) -> list[Upload]:
    forms = [random.choice(_USUAL) for _ in resumes]
    for index, resume in enumerate(resumes):
        if resume.kind == "stuffed":
            forms[index] = "hidden"
    partial = [index for index, resume in enumerate(resumes) if resume.kind in ("partial", "course")]
    forms[partial[0]], forms[partial[-1]] = "scan", "broken"
    return [_upload(resume=resume, form=form) for resume, form in zip(resumes, forms, strict=True)]


def _upload(*, resume: DemoResume, form: str) -> Upload:
    ending, render = RENDERERS[form]
    content = render(resume)
    return Upload(
        path=f"{resume.name.replace(' ', '_')}_CV{ending}",
        head=content[:_HEAD],
        size=len(content),
        stored_file_id=store_bytes(content=content).pk,
    )
