"""What the browser sends to the deciding pages, read into types; nonsense becomes the plain choice, never an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl

from django.http import QueryDict

from assay.app.deciding.actions.deciding import EvidenceShown
from assay.app.deciding.announcing import LetterChoice
from assay.app.deciding.queue import LONGEST_SEARCH, Musts, Order, QueueFilter, Show
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, RejectReason, WithdrawReason
from assay.platform.numbers import read_id

_Choice = TypeVar("_Choice", bound=StrEnum)
_MOST_BACK = 600
HOLD_DAYS = ((7, "One week"), (14, "Two weeks"), (30, "A month"), (90, "Three months"))


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """A decision as sent by a page."""

    kind: DecisionKind
    revision: int
    reason: RejectReason | None
    withdraw_reason: WithdrawReason | None
    letter: LetterChoice
    note: str
    to_stage_id: int | None
    held_until: date | None
    evidence: EvidenceShown
    back: str


def read_filter(query: Mapping[str, str]) -> QueueFilter:
    """Read the filter of the queue from an address."""
    return QueueFilter(
        show=_choice(Show, query.get("show", ""), Show.REVIEW),
        musts=_choice(Musts, query.get("musts", ""), Musts.ANY),
        order=_choice(Order, query.get("order", ""), Order.SCORE),
        stage_id=read_id(query.get("stage", "")),
        words=" ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_SEARCH],
        as_text=query.get("view", "") == "text",
    )


def filter_of(back: str) -> QueueFilter:
    """Read the filter from the query string of a queue, as a form sends it back."""
    return read_filter(dict(parse_qsl(back)))


def read_back(post: QueryDict) -> str:
    """Read the query string of the queue that a form was sent from; empty when it came from elsewhere."""
    return post.get("back", "")[:_MOST_BACK]


def read_decision(post: QueryDict) -> DecisionForm:
    """Read a decision form. Raises ``IllegalDecisionError`` when it is not one of ours."""
    revision = read_id(post.get("revision", ""))
    try:
        kind = DecisionKind(post.get("kind", ""))
    except ValueError as error:
        raise IllegalDecisionError("That is not a decision we know. Load the page again.") from error
    if revision is None:
        raise IllegalDecisionError("The form was incomplete. Load the page again, then decide.")
    reason = post.get("reason", "")
    return DecisionForm(
        kind=kind,
        revision=revision,
        reason=RejectReason(reason) if reason in set(RejectReason) else None,
        withdraw_reason=WithdrawReason(reason) if reason in set(WithdrawReason) else None,
        letter=_choice(LetterChoice, post.get("letter", ""), LetterChoice.USUAL),
        note=post.get("note", ""),
        to_stage_id=read_id(post.get("to_stage", "")),
        held_until=_read_day(post.get("held_until_day", "")) or _read_day(post.get("held_until", "")),
        evidence=EvidenceShown(
            screening_id=read_id(post.get("screening", "")), relied_on=tuple(post.getlist("evidence"))
        ),
        back=read_back(post),
    )


def hold_choices(*, today: date) -> tuple[tuple[str, str], ...]:
    """Return the usual ends of a hold as (day, words)."""
    days = [(today + timedelta(days=days), words) for days, words in HOLD_DAYS]
    return tuple((day.isoformat(), f"{words}, {day.day} {day:%b}") for day, words in days)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _choice(kind: type[_Choice], text: str, otherwise: _Choice) -> _Choice:
    return kind(text) if text in set(kind) else otherwise
