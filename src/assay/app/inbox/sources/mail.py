"""Letters that need a person: in doubt, refused, or stuck behind a server that is down."""

from collections.abc import Iterator

from django.urls import reverse

from assay.app.inbox.asking import Asked
from assay.core.inbox.items import Item, ItemKind
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.mail.queries import get_outbox_health


def mail_items(asked: Asked) -> Iterator[Item]:
    """Yield a line for each kind of trouble with letters, for those who may see the outbox."""
    if not ask(actor=asked.user, action=Action.SEE_MAIL, resource=ORGANISATION).allowed:
        return
    health = get_outbox_health()
    if health.uncertain:
        about = "The connection broke while they were handed over: say if they arrived, or send them again"
        yield _item("uncertain", _letters(health.uncertain, "in doubt"), about, health.uncertain)
    if health.refused:
        yield _item(
            "refused", _letters(health.refused, "refused"), "The other server does not take them", health.refused
        )
    if health.overdue and health.can_send and health.down_since:
        about = health.problem or "The mail server does not answer"
        yield _item("stuck", _letters(health.overdue, "waiting for the mail server"), about, health.overdue)


def _letters(count: int, state: str) -> str:
    return f"{count} letter{'' if count == 1 else 's'} {state}"


def _item(key: str, title: str, about: str, count: int) -> Item:
    return Item(
        key=f"mail:{key}",
        kind=ItemKind.MAIL,
        title=title,
        about=about,
        href=reverse("messaging:messages"),
        verb="Look",
        count=count,
    )
