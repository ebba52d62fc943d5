"""Let an advert out, and take it down. What goes out is frozen; its address stays the same for as long as it exists."""

import re
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from assay.app.pipeline.actions.postings import keep_posting
from assay.app.postings.checking import check_draft
from assay.app.postings.models import Advert, Publication
from assay.app.postings.queries import is_confidential
from assay.app.postings.sources import role_of
from assay.app.postings.standing import find_advert, require_editing
from assay.app.postings.writing import Draft, draft_from_content, draft_to_content, mark_of
from assay.core.postings.blanks import find_blanks
from assay.core.postings.finding import Finding, Severity
from assay.core.postings.written import to_markdown, to_plain
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record

LONGEST_REASON = 500
_SHORTEST_NAME = 3


class PublishError(ValueError):
    """Raised when an advert cannot go out as it is; ``field`` names the answer that is missing, if one is."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody who publishes has answered: the revision they read, and what they take upon themselves."""

    revision: int
    reason: str = ""
    is_listed: bool = True
    is_confirmed: bool = False


@transaction.atomic
def publish(*, actor: User, advert_id: int, wish: Wish, as_of: date) -> int:
    """Let an advert out and return the number of the publication; what was out before is replaced.

    Raises ``PublishError`` while questions stand in it, while musts stand and no reason is given, when the advert
    changed since it was read, and for a confidential one without confirmation or with internal names in it.
    """
    require_editing(actor=actor, advert=find_advert(actor=actor, advert_id=advert_id))
    rows = Advert.objects.select_for_update(of=("self",)).select_related("requisition", "job")
    advert = rows.get(pk=advert_id)
    if advert.revision != wish.revision:
        raise PublishError("The advert has changed since you read it. Read it again, then publish it.")
    up = advert.publications.filter(taken_down_at__isnull=True).first()
    draft = _frozen(advert, first_out=_posted_on(up) or as_of)
    musts = _open_musts(advert, draft, as_of=as_of)
    reason = " ".join(wish.reason.replace("\0", " ").split())[:LONGEST_REASON]
    _refuse(advert, draft, musts, wish=wish, reason=reason)
    now = timezone.now()
    if up is not None:
        up.taken_down_at, up.taken_down_by = now, actor
        up.save(update_fields=["taken_down_at", "taken_down_by"])
    row = Publication.objects.create(
        advert=advert,
        number=advert.publications.count() + 1,
        slug=_slug(advert),
        content=draft_to_content(draft),
        is_listed=wish.is_listed,
        reason=reason if musts else "",
        open_musts=[f"{finding.why} {finding.fix_label}" for finding in musts],
        published_at=now,
        published_by=actor,
    )
    _tell_job(advert, actor=actor, draft=draft)
    data: dict[str, JsonValue] = {
        "number": row.number,
        "content": mark_of(to_markdown(draft.advert)),
        "open_musts": [finding.rule_id for finding in musts],
    }
    record(actor=actor, verb="advert.published", object_type="advert", object_id=advert.pk, why=row.reason, data=data)
    return row.number


@transaction.atomic
def take_down(*, actor: User, advert_id: int) -> None:
    """Take an advert down; one that is not up stays as it is."""
    advert = find_advert(actor=actor, advert_id=advert_id)
    require_editing(actor=actor, advert=advert)
    up = Publication.objects.select_for_update().filter(advert=advert, taken_down_at__isnull=True).first()
    if up is None:
        return
    up.taken_down_at, up.taken_down_by = timezone.now(), actor
    up.save(update_fields=["taken_down_at", "taken_down_by"])
    data: dict[str, JsonValue] = {"number": up.number}
    record(actor=actor, verb="advert.taken_down", object_type="advert", object_id=advert.pk, data=data)


def list_internal_names(*, advert: Advert, text: str) -> tuple[str, ...]:
    """Return what stands in a text and is known inside only: the requisition's code and team, people's names."""
    known: set[str] = set()
    if advert.requisition is not None:
        known |= {advert.requisition.code, advert.requisition.team}
        known |= _people([member.user for member in advert.requisition.members.select_related("user")])
    if advert.job is not None:
        known |= _people([member.user for member in advert.job.members.select_related("user")])
    found = (name for name in known if len(name.strip()) >= _SHORTEST_NAME and _stands_in(name.strip(), text))
    return tuple(sorted(found))


def _refuse(advert: Advert, draft: Draft, musts: tuple[Finding, ...], *, wish: Wish, reason: str) -> None:
    if not draft.advert.title.strip():
        raise PublishError("Give the advert a title first.")
    written = to_plain(draft.advert)
    if find_blanks(to_markdown(draft.advert).replace("\\", "")) or find_blanks(written):
        raise PublishError(
            "A question to you still stands in the text. Answer it or take it out; it is never published."
        )
    if musts and not reason:
        raise PublishError("Say why it goes out although something must change. It is kept.", field="reason")
    if not is_confidential(advert):
        return
    if not wish.is_confirmed:
        raise PublishError("This is confidential. Confirm that the outside may read the advert.", field="confirm")
    if names := list_internal_names(advert=advert, text=written):
        said = ", ".join(f"“{name}”" for name in names)
        raise PublishError(f"This is confidential, and the advert still names {said}. Take that out first.")


def _frozen(advert: Advert, *, first_out: date) -> Draft:
    draft = draft_from_content(advert.content)
    terms = replace(draft.advert.terms, posted_on=first_out)
    return Draft(replace(draft.advert, terms=terms), draft.circumstances)


def _open_musts(advert: Advert, draft: Draft, *, as_of: date) -> tuple[Finding, ...]:
    result = check_draft(draft, role=role_of(advert), as_of=as_of)
    return tuple(finding for finding in result.findings if finding.severity is Severity.MUST)


def _posted_on(up: Publication | None) -> date | None:
    return draft_from_content(up.content).advert.terms.posted_on if up is not None else None


def _slug(advert: Advert) -> str:
    """Return the address that an advert has had since it first went out, or a new one made of its title."""
    kept = advert.publications.order_by("number").first()
    if kept is not None:
        return kept.slug
    base = slugify(advert.title)[:70].strip("-") or "job"
    return f"{base}-{advert.pk}" if Publication.objects.filter(slug=base).exists() else base


def _tell_job(advert: Advert, *, actor: User, draft: Draft) -> None:
    job_id = advert.job_id or (advert.requisition.job_id if advert.requisition is not None else None)
    if job_id is not None:
        keep_posting(actor=actor, job_id=job_id, body=to_plain(draft.advert))


def _people(users: list[User]) -> set[str]:
    return {user.name for user in users} | {user.email for user in users}


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
