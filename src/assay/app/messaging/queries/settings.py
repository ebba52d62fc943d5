"""Letters and their versions, addresses that want no mail, and how letters are sent."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.messaging.models import MailSettings, NoContact, Signature, Template
from assay.app.messaging.wording import Letter, get_letter, get_shipped, list_letters
from assay.core.messaging.rendering import Words, fill, to_html
from assay.platform.access.gate import ask, require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of the organisation's own words."""

    version: int
    subject: str
    body: str
    is_retired: bool
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A letter as it counts now, as it ships, its versions, and how it looks with example values."""

    letter: Letter
    shipped: Letter
    versions: tuple[VersionView, ...]
    newest: int
    can_edit: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A letter with example values: as text and as HTML."""

    subject: str
    body: str
    html: str


@dataclass(frozen=True, slots=True)
class NoContactView:
    """An address that wants no mail, or wanted none once (``lifted_at``)."""

    id: int
    address: str
    reason: str
    is_own_wish: bool
    added_by: str
    added_at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class SendingView:
    """How long rejections wait, in hours, and how unsigned letters end."""

    delay_hours: int
    signature: str


def list_templates(*, user: User) -> tuple[Letter, ...]:
    """Return every letter. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_TEMPLATES, resource=ORGANISATION)
    return list_letters()


def get_template(*, user: User, key: str) -> TemplateView:
    """Return one letter with its versions. Raises ``Http404`` or ``Forbidden``."""
    require(actor=user, action=Action.SEE_TEMPLATES, resource=ORGANISATION)
    letter = get_letter(key=key)
    rows = Template.objects.select_related("written_by").filter(key=key).order_by("-version")[:50]
    versions = tuple(
        VersionView(row.version, row.subject, row.body, row.is_retired, row.written_by.display_name, row.written_at)
        for row in rows
    )
    return TemplateView(
        letter=letter,
        shipped=get_shipped(key=key),
        versions=versions,
        newest=versions[0].version if versions else 0,
        can_edit=ask(actor=user, action=Action.EDIT_TEMPLATES, resource=ORGANISATION).allowed,
    )


def show_example(*, letter: Letter, words: Words | None = None) -> Example:
    """Return a letter, or other words for it, filled in with the examples of its variables."""
    filled = fill(words=words or letter.words, values=letter.examples)
    return Example(filled.subject, filled.body, to_html(text=filled.body))


def list_no_contact(*, user: User) -> tuple[NoContactView, ...]:
    """Return the addresses that want no mail, those in force first. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    rows = NoContact.objects.select_related("added_by").order_by("lifted_at", "-id")[:500]
    found = [
        NoContactView(
            row.pk,
            row.address,
            row.reason,
            row.is_own_wish,
            row.added_by.display_name if row.added_by else "",
            row.added_at,
            row.lifted_at,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: one.lifted_at is not None))


def get_sending(*, user: User) -> SendingView:
    """Return how letters are sent. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    row = MailSettings.objects.order_by("id").first() or MailSettings()
    return SendingView(row.rejection_delay_hours, row.signature)


def get_signature(*, user: User) -> tuple[str, str]:
    """Return somebody's own sender name and signature, empty when they set none."""
    row = Signature.objects.filter(user=user).first()
    return (row.sender_name, row.text) if row else ("", "")
