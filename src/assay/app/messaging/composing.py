"""The form in which somebody writes to a candidate, as it stands before anything is typed."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from assay.app.messaging.actions.sending import kind_of_letter
from assay.app.messaging.filling import common_values, sender_for
from assay.app.messaging.models import Message
from assay.app.messaging.queries.conversations import Conversation
from assay.app.messaging.standing import why_not
from assay.app.messaging.wording import Letter, list_letters
from assay.app.pipeline.funnel import find_application
from assay.core.messaging.rendering import Words, fill
from assay.core.messaging.states import Direction, MessageKind
from assay.platform.accounts.models import User
from assay.platform.mail.addresses import sender_address
from assay.platform.mail.queries import can_send

BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Compose:
    """What the form shows: to whom, from whom, in which words. ``why_not`` says why nothing can be sent to them.

    ``token`` makes sending twice send once. ``open_names`` are names that are still to be filled in.
    """

    token: str
    template: str
    subject: str
    body: str
    to: str
    sender: str
    kind: MessageKind
    letters: tuple[Letter, ...]
    why_not: str
    can_go: bool
    is_draft: bool
    saved_at: datetime | None

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The letters to start from, as a list shows them."""
        return tuple((letter.key, letter.title) for letter in self.letters)


def prepare(*, user: User, conversation: Conversation, template: str = "") -> Compose:
    """Return the form for a new letter: from a chosen template, else the draft, else an answer or a blank letter.

    Whoever calls this has asked the policy.
    """
    application = find_application(application_id=conversation.application_id)
    sender = sender_for(author=user)
    letters = tuple(letter for letter in list_letters() if letter.is_for_hands)
    kind = kind_of_letter(application_id=conversation.application_id)
    draft = None if template else conversation.draft
    chosen = next((one for one in letters if one.key == template), None) or _blank(letters)
    values = common_values(application=application, sender=sender)
    words = Words(draft.subject, draft.body) if draft else fill(words=chosen.words, values=values)
    answered = "" if draft or template else _answered_subject(conversation)
    kept = conversation.draft.token if conversation.draft else ""
    return Compose(
        token=kept or uuid.uuid4().hex,
        template=draft.template if draft else chosen.key,
        subject=answered or words.subject,
        body=words.body,
        to=application.person.email,
        sender=f"{sender.name} <{sender_address().address}>",
        kind=kind,
        letters=letters,
        why_not=why_not(address=application.person.email, kind=kind),
        can_go=can_send(),
        is_draft=draft is not None,
        saved_at=draft.saved_at if draft else None,
    )


def _blank(letters: tuple[Letter, ...]) -> Letter:
    return next((letter for letter in letters if letter.key == BLANK), letters[0])


def _answered_subject(conversation: Conversation) -> str:
    """Return the subject of the letter that would be answered, with one "Re:" before it."""
    if not conversation.waiting:
        return ""
    came = Message.objects.filter(thread_id__in=list(conversation.waiting), direction=Direction.IN, is_automatic=False)
    last = came.order_by("-created_at").values_list("subject", flat=True).first() or ""
    bare = last
    while bare[:3].lower() in ("re:", "aw:", "sv:"):
        bare = bare[3:].strip()
    return f"Re: {bare}"[:300] if bare else ""
