"""What the pages of decisions about many send, read into types; nonsense becomes the plain choice, never an error."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl

from django.http import QueryDict

from assay.app.deciding.actions.bulk import BulkOrder
from assay.app.deciding.announcing import LetterChoice
from assay.app.deciding.bulk_queries import BulkView
from assay.core.deciding.bulk import BulkChoice
from assay.core.deciding.decision import DecisionKind, RejectReason
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.core.pipeline.applicant_view import read_applicant_view
from assay.platform.numbers import read_id

LETTER_LABELS = (
    (LetterChoice.USUAL.value, "The usual letter, after the usual delay"),
    (LetterChoice.NOW.value, "The usual letter, at once"),
    (LetterChoice.NONE.value, "No letter from us"),
)
_LONGEST_QUERY = 1200


def read_kind(*, post: Mapping[str, str]) -> DecisionKind:
    """Read which decision is meant. What we do not know is read as an undo, which many are never decided by."""
    return next((kind for kind in DecisionKind if kind.value == post.get("kind", "")), DecisionKind.UNDO)


def read_ids(*, post: QueryDict) -> tuple[int, ...]:
    """Read the ticked applications, each once."""
    found = (read_id(text) for text in post.getlist("a"))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def read_everyone(*, post: Mapping[str, str]) -> ApplicantFilter | None:
    """Read the filter whose every applicant is meant; None when only those that are ticked are."""
    if post.get("everyone") != "1":
        return None
    return read_applicant_view(fields=dict(parse_qsl(post.get("matching", "")[:_LONGEST_QUERY]))).filter


def read_order(*, post: QueryDict) -> BulkOrder:
    """Read what was chosen on the page of a draft."""
    reason, letter = post.get("reason", ""), post.get("letter", "")
    return BulkOrder(
        reason=RejectReason(reason) if reason in set(RejectReason) else None,
        note=post.get("note", ""),
        to_stage_id=read_id(post.get("to_stage", "")),
        held_until=_day(post.get("held_until_day", "")) or _day(post.get("held_until", "")),
        letter=LetterChoice(letter) if letter in set(LetterChoice) else LetterChoice.USUAL,
    )


def choice_of(*, bulk: BulkView, order: BulkOrder) -> BulkChoice:
    """Return an order as the rules know it."""
    position = next((step.position for step in bulk.steps if step.stage_id == order.to_stage_id), None)
    return BulkChoice(bulk.kind, order.reason, order.note, position, order.held_until)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
