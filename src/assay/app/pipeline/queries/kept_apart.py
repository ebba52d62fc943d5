"""Records that look alike and that somebody said are of two people."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.pipeline.models import DifferentPeople
from assay.app.pipeline.queries.duplicates import mergeable_people
from assay.platform.accounts.models import User

MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Two records kept apart, as a list shows them: whose they are, who said so and when."""

    id: int
    first_id: int
    first: str
    first_email: str
    second_id: int
    second: str
    second_email: str
    said_by_id: int
    said_by: str
    said_at: datetime


def list_kept_apart(*, actor: User) -> tuple[KeptApart, ...]:
    """Return the pairs that are kept apart, the newest first, at most two hundred; both of each may be merged by
    ``actor``."""
    people = mergeable_people(actor=actor).values("pk")
    rows = DifferentPeople.objects.filter(first__in=people, second__in=people)
    return tuple(
        KeptApart(
            id=row.pk,
            first_id=row.first_id,
            first=str(row.first),
            first_email=row.first.email,
            second_id=row.second_id,
            second=str(row.second),
            second_email=row.second.email,
            said_by_id=row.said_by_id,
            said_by=row.said_by.display_name,
            said_at=row.said_at,
        )
        for row in rows.select_related("first", "second", "said_by").order_by("-pk")[:MOST_KEPT]
    )
