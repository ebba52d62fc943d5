"""Find requests to hire by a few letters, among those that somebody may see."""

from dataclasses import dataclass

from django.db.models import Q

from assay.app.requisitions.models import Requisition
from assay.app.requisitions.visibility import visible_requisitions
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class FoundRequisition:
    """A request by its id, code and title."""

    id: int
    code: str
    title: str


def find_requisitions(*, actor: User, words: str, limit: int) -> tuple[FoundRequisition, ...]:
    """Return requests whose title or code has every word, the newest first."""
    rows = Requisition.objects.filter(pk__in=Requisition.objects.filter(visible_requisitions(actor=actor)).values("pk"))
    for word in words.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(code__icontains=word))
    return tuple(FoundRequisition(*row) for row in rows.order_by("-id").values_list("id", "code", "title")[:limit])
