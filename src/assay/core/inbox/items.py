"""What waits for one person: the kinds of work, how urgent each piece is, and the order to do them in (worst first).

An inbox holds work, not news: an item is there because a fact says that somebody waits, and it goes when the work is
done. Nobody marks anything as read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class ItemKind(StrEnum):
    """The kinds of work, in the order in which equals are shown."""

    INTERVIEW = "interview"
    FEEDBACK = "feedback"
    DECISION = "decision"
    OFFER = "offer"
    REPLY = "reply"
    REQUEST = "request"
    REVIEW = "review"
    SCHEDULING = "scheduling"
    STAGE = "stage"
    APPROVAL = "approval"
    READINESS = "readiness"
    REASON = "reason"
    MAIL = "mail"

    @property
    def heading(self) -> str:
        """The words above items of this kind."""
        return _HEADINGS[self]


_HEADINGS = {
    ItemKind.INTERVIEW: "Interviews you hold",
    ItemKind.FEEDBACK: "Feedback you owe",
    ItemKind.DECISION: "Needs a decision",
    ItemKind.OFFER: "Needs an offer",
    ItemKind.REPLY: "Candidates wait for an answer",
    ItemKind.REQUEST: "Candidates ask for something",
    ItemKind.REVIEW: "Applications to review",
    ItemKind.SCHEDULING: "Needs an interview",
    ItemKind.STAGE: "Too long in a stage",
    ItemKind.APPROVAL: "Waits for your approval",
    ItemKind.READINESS: "You are asked about readiness",
    ItemKind.REASON: "A clock was not kept: say why",
    ItemKind.MAIL: "Mail needs a look",
}


class Urgency(IntEnum):
    """How urgent an item is: its time is over, will be soon, is far, or does not run."""

    OVER = 0
    SOON = 1
    RUNNING = 2
    RESTING = 3

    @property
    def label(self) -> str:
        """The word beside the mark, for those who see no colour."""
        return ("Overdue", "Due soon", "In time", "No clock runs")[self]


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work. ``key`` names it for good ("review:job:3"); times are aware UTC, None where no clock runs.

    ``verb`` is what a press does ("Review"); ``count`` is how many things it stands for.
    """

    key: str
    kind: ItemKind
    title: str
    about: str
    href: str
    verb: str
    since: datetime | None = None
    yellow_at: datetime | None = None
    due_at: datetime | None = None
    is_paused: bool = False
    count: int = 1
    can_snooze: bool = True


@dataclass(frozen=True, slots=True)
class PutOff:
    """An item out of sight: until when, and when somebody put it off (aware UTC)."""

    until: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Inbox:
    """What is to be seen now, worst first, and what is put off with the moment at which each comes back."""

    items: tuple[Item, ...]
    put_off: tuple[tuple[Item, datetime], ...]

    def count(self, *, urgency: Urgency, now: datetime) -> int:
        """Return how many of the shown items are this urgent."""
        return sum(urgency_of(item=item, now=now) is urgency for item in self.items)


def urgency_of(*, item: Item, now: datetime) -> Urgency:
    """Return how urgent an item is at ``now``."""
    if item.is_paused or item.due_at is None:
        return Urgency.RESTING
    if now >= item.due_at:
        return Urgency.OVER
    if item.yellow_at is not None and now >= item.yellow_at:
        return Urgency.SOON
    return Urgency.RUNNING


def worst_first(*, items: Iterable[Item], now: datetime) -> tuple[Item, ...]:
    """Order items: overdue ones longest overdue first, then what is due next, then what has waited longest."""
    kinds = list(ItemKind)

    def rank(item: Item) -> tuple[int, float, float, int, str]:
        due = item.due_at.timestamp() if item.due_at else float("inf")
        since = item.since.timestamp() if item.since else float("inf")
        urgency = urgency_of(item=item, now=now)
        return (urgency, due if urgency is not Urgency.RESTING else 0.0, since, kinds.index(item.kind), item.key)

    return tuple(sorted(items, key=rank))


def comes_back_at(*, item: Item, put_off: PutOff) -> datetime:
    """Return when an item that was put off is shown again: at its time, or when its clock runs out if that is sooner.

    What was overdue already when it was put off stays away until its time: whoever did that knew.
    """
    if item.due_at is not None and not item.is_paused and put_off.made_at < item.due_at:
        return min(put_off.until, item.due_at)
    return put_off.until


def lay_out(*, items: Iterable[Item], put_off: Mapping[str, PutOff], now: datetime) -> Inbox:
    """Part what is to be seen now from what is put off. Of two items with one key the first is kept."""
    shown: dict[str, Item] = {}
    away: dict[str, tuple[Item, datetime]] = {}
    for item in items:
        if item.key in shown or item.key in away:
            continue
        resting = put_off.get(item.key) if item.can_snooze else None
        back = comes_back_at(item=item, put_off=resting) if resting else now
        if resting is not None and back > now:
            away[item.key] = (item, back)
        else:
            shown[item.key] = item
    return Inbox(
        items=worst_first(items=shown.values(), now=now),
        put_off=tuple(sorted(away.values(), key=lambda pair: (pair[1], pair[0].key))),
    )


def by_kind(*, inbox: Inbox) -> tuple[tuple[ItemKind, tuple[Item, ...]], ...]:
    """Group what is shown by kind, the kind with the worst item first; the order within a kind stays."""
    groups: dict[ItemKind, list[Item]] = {}
    for item in inbox.items:
        groups.setdefault(item.kind, []).append(item)
    return tuple((kind, tuple(members)) for kind, members in groups.items())
