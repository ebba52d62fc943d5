"""How long rejections wait, who signs, and the organisation's own words for letters."""

from collections.abc import Mapping

from django.db import transaction

from assay.app.messaging.models import MailSettings, Signature, Template
from assay.app.messaging.rules import limits
from assay.app.messaging.wording import find_note, get_letter
from assay.core.messaging.rendering import Words, check_words, one_line
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.text import clean_line, clean_text

LONGEST_SIGNATURE = 1000
LONGEST_NAME = 120


class BadLetterError(ValueError):
    """Raised for words or settings that cannot be kept; ``field`` is where."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def set_sending(*, actor: User, delay_hours: int, signature: str) -> None:
    """Set how many hours a rejection waits and how unsigned letters end. Letters that wait already keep their time.

    Raises ``Forbidden``, ``BadLetterError`` or ``TextTooLongError``.
    """
    require(actor=actor, action=Action.EDIT_MAIL, resource=ORGANISATION)
    if delay_hours not in limits().sending.rejection_delays:
        raise BadLetterError("Choose one of the times in the list.", field="delay_hours")
    row = MailSettings.objects.select_for_update().order_by("id").first() or MailSettings()
    before = row.rejection_delay_hours
    row.rejection_delay_hours, row.signature = delay_hours, clean_text(signature, longest=LONGEST_SIGNATURE)
    row.save()
    data: Mapping[str, int] = {"delay_before": before, "delay": delay_hours}
    record(actor=actor, verb="mail.settings_changed", object_type="mail_settings", object_id=row.pk, data=data)


@transaction.atomic
def set_signature(*, actor: User, sender_name: str, text: str) -> None:
    """Set the name that somebody's letters come from and what stands under them. Raises ``TextTooLongError``."""
    Signature.objects.update_or_create(
        user=actor,
        defaults={
            "sender_name": clean_line(sender_name, longest=LONGEST_NAME),
            "text": clean_text(text, longest=LONGEST_SIGNATURE),
        },
    )
    record(actor=actor, verb="signature.changed", object_type="account", object_id=actor.pk)


@transaction.atomic
def write_template(*, actor: User, key: str, title: str, subject: str, body: str, seen_version: int) -> int:
    """Keep the organisation's own words for a letter as a new version and return its number.

    ``seen_version`` is the newest version that the writer saw, 0 for none. Raises ``Http404``, ``Forbidden``,
    ``UnknownPlaceholderError``, ``BadLetterError`` (also when somebody else was faster) or ``TextTooLongError``.
    """
    require(actor=actor, action=Action.EDIT_TEMPLATES, resource=ORGANISATION)
    note, longest = find_note(key=key), limits().sending
    words = Words(
        one_line(text=clean_line(subject, longest=longest.longest_subject)),
        clean_text(body, longest=longest.longest_body) + "\n",
    )
    if not words.subject or not words.body.strip():
        raise BadLetterError("A letter needs a subject and words.", field="body" if words.subject else "subject")
    check_words(words=words, known={variable.name for variable in get_letter(key=key).variables})
    newest = _newest(key, seen_version)
    row = Template.objects.create(
        key=key,
        version=newest + 1,
        title=clean_line(title, longest=LONGEST_NAME) or note.title,
        kind=note.kind,
        subject=words.subject,
        body=words.body,
        written_by=actor,
    )
    record(actor=actor, verb="template.written", object_type="template", object_id=row.pk, data={"key": key})
    return row.version


@transaction.atomic
def use_shipped_words(*, actor: User, key: str, seen_version: int) -> None:
    """Go back to the words that ship; the organisation's versions stay to be read. Raises like ``write_template``."""
    require(actor=actor, action=Action.EDIT_TEMPLATES, resource=ORGANISATION)
    note = find_note(key=key)
    newest = _newest(key, seen_version)
    row = Template.objects.create(
        key=key,
        version=newest + 1,
        title=note.title,
        kind=note.kind,
        subject=note.subject,
        body=note.body,
        is_retired=True,
        written_by=actor,
    )
    record(actor=actor, verb="template.shipped_again", object_type="template", object_id=row.pk, data={"key": key})


def _newest(key: str, seen_version: int) -> int:
    rows = Template.objects.select_for_update().filter(key=key).order_by("-version")
    newest = rows.values_list("version", flat=True).first() or 0
    if newest != seen_version:
        raise BadLetterError(
            "Somebody else changed this letter meanwhile. Yours is below; look at theirs, then keep yours.",
            field="body",
        )
    return newest
