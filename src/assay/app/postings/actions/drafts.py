"""Writing an advert: begin one, save a part of it, apply a fix. Nobody's words are written over by another's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.queries.jobs import get_job
from assay.app.postings.checking import check_draft
from assay.app.postings.models import Advert
from assay.app.postings.sources import answers_for, role_of, role_of_version
from assay.app.postings.standing import find_advert, require_editing
from assay.app.postings.starting import start_draft
from assay.app.postings.writing import Draft, draft_from_content, draft_to_content, mark_of, part_text, with_part
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.prefill import Prefill, prefill
from assay.app.requisitions.visibility import require_requisition
from assay.app.roles.visibility import may_see_version
from assay.core.postings.advert import SectionKey
from assay.core.postings.finding import CheckResult, Finding, Severity, StaleFinding, apply_fix
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record

# Every pause of a writer is saved; the audit log names one sitting of writing once.
SITTING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Saved:
    """An advert after a save: what is kept, what the check says, and the errors of inputs that kept their old value."""

    draft: Draft
    result: CheckResult
    revision: int
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FixRequest:
    """The finding somebody clicked, as their page showed it, and the text that stood in the field at that moment."""

    rule_id: str
    section: SectionKey
    start: int
    end: int
    quote: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A save with a fix in it. ``before`` and ``after`` are the section's texts; ``start`` and ``end`` the new words.

    When the words no longer stood there, nothing was applied: ``is_applied`` is false and both texts are the same.
    """

    saved: Saved
    is_applied: bool
    before: str
    after: str
    start: int
    end: int


class EditConflict(ValueError):
    """Raised when somebody else changed the same part in the meantime. Nothing was saved; both texts are here."""

    def __init__(self, *, key: SectionKey, theirs: str, yours: str, by: str, at: datetime) -> None:
        super().__init__(f"{by} changed this part in the meantime. Nothing was saved: choose which text stays.")
        self.key, self.theirs, self.yours, self.by, self.at = key, theirs, yours, by, at


@transaction.atomic
def create_advert(
    *,
    actor: User,
    as_of: date,
    requisition_id: int | None = None,
    role_version_id: int | None = None,
    job_id: int | None = None,
) -> int:
    """Begin an advert and return its id: from a requisition, a role, a job, or from nothing.

    What the requisition's desks know is filled in, a job keeps its own title and problem; what nobody said stands in
    it as a question to the writer. Raises ``Http404`` or ``Forbidden`` for what is not there for ``actor``.
    """
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    known, job = Prefill(), None
    if role_version_id is not None and not may_see_version(actor=actor, role_version_id=role_version_id):
        raise Http404("There is no such role.")
    if requisition_id is not None:
        row = require_requisition(actor=actor, requisition_id=requisition_id, action=Action.EDIT_REQUISITION)
        known = prefill(requisition_id=requisition_id)
        role_version_id = role_version_id or known.role_id
        job_id = _seen_job(actor, row)
    elif job_id is not None:
        job = get_job(actor=actor, job_id=job_id, action=Action.EDIT_JOB)
        role_version_id = role_version_id or job.role_version_id
        known = Prefill(title=job.title, problem=job.problem, headcount=job.openings)
    role = role_of_version(role_version_id)
    answers = answers_for(actor=actor, requisition_id=requisition_id)
    told = replace(role, title=job.title, problem=job.problem or role.problem) if job and role else role
    draft = start_draft(role=told, known=known, answers=answers, as_of=as_of)
    advert = Advert(
        requisition_id=requisition_id,
        job_id=job_id,
        role_version_id=role_version_id if role is not None else None,
        created_by=actor,
    )
    _write(advert, actor=actor, draft=draft, result=check_draft(draft, role=role, as_of=as_of))
    data: dict[str, JsonValue] = {"requisition": requisition_id, "role_version": advert.role_version_id, "job": job_id}
    record(actor=actor, verb="advert.begun", object_type="advert", object_id=advert.pk, data=data)
    return advert.pk


def _seen_job(actor: User, row: Requisition) -> int | None:
    """Return the job of a requisition if its writer sees it: an advert that has a job is hidden with the job."""
    if row.job_id is None or not visible_jobs(user=actor).filter(pk=row.job_id).exists():
        return None
    return row.job_id


@transaction.atomic
def save_part(
    *, actor: User, advert_id: int, key: SectionKey, posted: Mapping[str, str], base: str, as_of: date
) -> Saved:
    """Save one part. ``base`` is the mark of the part as the writer last saw it saved.

    Raises ``EditConflict`` when it is not that any more, ``PartError`` for a text that is too long.
    """
    advert = _lock(actor=actor, advert_id=advert_id)
    draft, errors = _changed(advert, key=key, posted=posted, base=base)
    return _keep(advert, actor=actor, draft=draft, errors=errors, as_of=as_of)


@transaction.atomic
def fix_finding(*, actor: User, advert_id: int, wanted: FixRequest, base: str, as_of: date) -> Fixed:
    """Apply a finding's replacement where it stands now: the advert is checked again first, so that nothing moves.

    What was typed and not yet saved is saved with it. Raises ``EditConflict`` and ``PartError`` as ``save_part``.
    """
    advert = _lock(actor=actor, advert_id=advert_id)
    draft = draft_from_content(advert.content)
    if wanted.text is not None:
        draft, _ = _changed(advert, key=wanted.section, posted={"text": wanted.text}, base=base)
    before = part_text(draft, wanted.section)
    finding = _find(check_draft(draft, role=role_of(advert), as_of=as_of).findings, wanted)
    try:
        if finding is None:
            raise StaleFinding("The text has changed since it was checked.")
        fixed = Draft(apply_fix(advert=draft.advert, finding=finding), draft.circumstances)
    except StaleFinding:
        return Fixed(_keep(advert, actor=actor, draft=draft, errors={}, as_of=as_of), False, before, before, 0, 0)
    after = part_text(fixed, wanted.section)
    new = (finding.replacement or "").strip()
    start = max(after.find(new, max(0, finding.start - len(new) - 2)), 0)
    saved = _keep(advert, actor=actor, draft=fixed, errors={}, as_of=as_of)
    return Fixed(saved, True, before, after, start, start + len(new))


def _find(findings: tuple[Finding, ...], wanted: FixRequest) -> Finding | None:
    """Return the finding as it stands now: at its old place, else the only one of its kind with the same words."""
    same = [
        one
        for one in findings
        if (one.rule_id, one.section, one.quote) == (wanted.rule_id, wanted.section, wanted.quote)
    ]
    exact = [one for one in same if (one.start, one.end) == (wanted.start, wanted.end)]
    return exact[0] if exact else same[0] if len(same) == 1 else None


def _lock(*, actor: User, advert_id: int) -> Advert:
    require_editing(actor=actor, advert=find_advert(actor=actor, advert_id=advert_id))
    return Advert.objects.select_for_update(of=("self",)).select_related("updated_by").get(pk=advert_id)


def _changed(
    advert: Advert, *, key: SectionKey, posted: Mapping[str, str], base: str
) -> tuple[Draft, Mapping[str, str]]:
    draft = draft_from_content(advert.content)
    kept = part_text(draft, key)
    changed = with_part(draft, key=key, posted=posted)
    wanted = part_text(changed.draft, key)
    if wanted != kept and base != mark_of(kept):
        by = advert.updated_by.display_name if advert.updated_by else "Somebody"
        raise EditConflict(key=key, theirs=kept, yours=wanted, by=by, at=advert.updated_at)
    return changed.draft, changed.errors


def _keep(advert: Advert, *, actor: User, draft: Draft, errors: Mapping[str, str], as_of: date) -> Saved:
    result = check_draft(draft, role=role_of(advert), as_of=as_of)
    if draft == draft_from_content(advert.content):
        return Saved(draft, result, advert.revision, errors)
    is_new_sitting = advert.updated_by_id != actor.pk or timezone.now() - advert.updated_at > SITTING
    advert.revision += 1
    _write(advert, actor=actor, draft=draft, result=result)
    if is_new_sitting:
        data: dict[str, JsonValue] = {"revision": advert.revision}
        record(actor=actor, verb="advert.edited", object_type="advert", object_id=advert.pk, data=data)
    return Saved(draft, result, advert.revision, errors)


def _write(advert: Advert, *, actor: User, draft: Draft, result: CheckResult) -> None:
    advert.title = draft.advert.title[:200]
    advert.content = draft_to_content(draft)
    advert.musts, advert.shoulds, advert.considers = (result.count(one) for one in Severity)
    advert.updated_by = actor
    advert.save()
