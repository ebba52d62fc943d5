"""The outbox as /messages/ shows it: every letter that left or will, with its words only for who may read them."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.messaging.models import Message
from assay.app.pipeline.funnel import visible_jobs
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.mail.queries import LetterRow, OutboxHealth, get_outbox_health, list_letters
from assay.platform.mail.states import LetterState

PAGE = 50


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A letter in the outbox; who may not see its conversation sees neither its words nor to whom it goes.

    ``application_id`` is None for letters to people here (invitations, digests).
    """

    letter_id: int
    application_id: int | None
    recipient: str
    subject: str
    state: LetterState
    created_at: datetime
    send_after: datetime
    attempts: int
    error: str
    is_called_back: bool

    @property
    def may_go_again(self) -> bool:
        """Tell whether a person may send it once more from here: never what was called back."""
        in_trouble = (LetterState.UNCERTAIN, LetterState.REFUSED, LetterState.BOUNCED)
        return self.state in in_trouble and not self.is_called_back


def list_outbox(*, user: User, state: LetterState | None = None, before: int | None = None) -> tuple[OutboxRow, ...]:
    """Return a page of the outbox, the newest first. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    letters = list_letters(state=state, before=before, limit=PAGE)
    ids = [letter.id for letter in letters]
    of_candidates = Message.objects.filter(letter__in=ids)
    visible = dict(
        of_candidates.filter(thread__application__job__in=visible_jobs(user=user)).values_list(
            "letter", "thread__application_id"
        )
    )
    hidden = set(of_candidates.values_list("letter", flat=True)) - set(visible)
    return tuple(_outbox_row(letter, visible.get(letter.id), is_hidden=letter.id in hidden) for letter in letters)


def outbox_health(*, user: User) -> OutboxHealth:
    """Return how sending goes. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    return get_outbox_health()


def _outbox_row(letter: LetterRow, application_id: int | None, *, is_hidden: bool) -> OutboxRow:
    is_ours = application_id is None and not is_hidden
    return OutboxRow(
        letter_id=letter.id,
        application_id=application_id,
        recipient="" if is_hidden else letter.recipient,
        subject="A letter about a job you may not see"
        if is_hidden
        else "To somebody here"
        if is_ours
        else letter.subject,
        state=letter.state,
        created_at=letter.created_at,
        send_after=letter.send_after,
        attempts=letter.attempts,
        error="" if is_hidden else letter.last_error,
        is_called_back=letter.recall_wanted,
    )
