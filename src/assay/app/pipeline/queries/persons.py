"""One human with all their applications that the person asking may see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404

from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.models import Application, Person, PersonMerge
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.accounts.models import User

UNDO_LASTS = timedelta(days=30)
_FIELDS = ("id", "job_id", "job__title", "stage__name", "status", "applied_at", "score", "source", "is_internal",
           "transferred_from_id", "held_until")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonApplication:
    """One application of a person, in a job that the person asking may see. ``score`` is 0 to 100."""

    application_id: int
    job_id: int
    job_title: str
    stage: str
    status: str
    applied_at: datetime
    score: float | None
    source: str
    is_internal: bool
    transferred_from: int | None
    held_until: date | None

    @property
    def is_live(self) -> bool:
        """Tell whether somebody still waits for something."""
        return ApplicationStatus(self.status).is_live


@dataclass(frozen=True, slots=True)
class MergeView:
    """Two records that were made one: who was taken in, by whom, when, and until when that can be undone."""

    id: int
    absorbed_id: int
    absorbed_name: str
    absorbed_contact: str
    merged_by: str
    merged_at: datetime
    undo_until: datetime
    undone_at: datetime | None
    undone_by: str
    is_emptied: bool

    def can_be_undone(self, now: datetime) -> bool:
        """Tell whether the merge still stands, is young enough, and still knows what was whose."""
        return self.undone_at is None and now < self.undo_until and not self.is_emptied


@dataclass(frozen=True, slots=True)
class PersonView:
    """A human as one page shows them."""

    id: int
    name: str
    email: str
    phone: str
    location: str
    links: tuple[str, ...]
    known_since: datetime
    applications: tuple[PersonApplication, ...]
    merges: tuple[MergeView, ...]


def visible_people(*, actor: User) -> Q:
    """Return the condition on people that ``actor`` sees one of their applications."""
    return Q(pk__in=Application.objects.filter(job__in=visible_jobs(user=actor)).values("person_id"))


def get_person(*, actor: User, person_id: int) -> PersonView:
    """Return a person with every application that ``actor`` may see; who was taken into another is that other.

    Raises ``Http404`` for a person of whom ``actor`` may see no application.
    """
    person = Person.objects.filter(visible_people(actor=actor), pk=person_id, merged_into=None).first()
    if person is None:
        raise Http404("There is no such person.")
    return PersonView(
        id=person.pk,
        name=str(person),
        email=person.email,
        phone=person.phone,
        location=person.location,
        links=tuple(map(str, person.links)),
        known_since=person.created_at,
        applications=list_applications_of(actor=actor, person_id=person_id),
        merges=_merges(person_id),
    )


def find_survivor(*, actor: User, person_id: int) -> int | None:
    """Return who a person was found to be the same as, if ``actor`` may see that one."""
    person = Person.objects.filter(pk=person_id, merged_into__isnull=False).first()
    if person is None:
        return None
    seen = Person.objects.filter(visible_people(actor=actor), absorbed=person)
    return seen.values_list("pk", flat=True).first()


def get_merge_survivor(*, actor: User, merge_id: int) -> int:
    """Return whose record a merge left, to somebody who may see that person. Raises ``Http404``."""
    seen = PersonMerge.objects.filter(pk=merge_id, survivor__in=Person.objects.filter(visible_people(actor=actor)))
    survivor = seen.values_list("survivor_id", flat=True).first()
    if survivor is None:
        raise Http404("There is no such merge.")
    return survivor


def list_applications_of(*, actor: User, person_id: int) -> tuple[PersonApplication, ...]:
    """Return a person's applications to jobs that ``actor`` may see, the newest first."""
    rows = Application.objects.filter(person_id=person_id, job__in=visible_jobs(user=actor)).order_by(
        "-applied_at", "-id"
    )
    return tuple(
        PersonApplication(pk, job, title, stage, status, at, None if score is None else float(score), *rest)
        for pk, job, title, stage, status, at, score, *rest in rows.values_list(*_FIELDS)
    )


def list_overdue_holds(*, today: date) -> tuple[int, ...]:
    """Return the applications whose hold ends today or ended before, the longest over first."""
    held = Application.objects.filter(status=ApplicationStatus.HELD, held_until__lte=today)
    return tuple(held.order_by("held_until", "pk").values_list("pk", flat=True))


def find_transfers(*, application_id: int) -> Mapping[str, int]:
    """Return the application that this one came from (``from``) and went on as (``to``), as far as there are any."""
    rows = Application.objects.filter(Q(pk=application_id) | Q(transferred_from=application_id))
    found: dict[str, int] = {}
    for pk, came_from in rows.values_list("pk", "transferred_from_id"):
        if pk != application_id:
            found["to"] = pk
        elif came_from is not None:
            found["from"] = came_from
    return found


def list_visible(*, actor: User, application_ids: Collection[int]) -> Mapping[int, str]:
    """Return the titles of the jobs of these applications, for those that ``actor`` may see."""
    if not application_ids:
        return {}
    rows = Application.objects.filter(pk__in=list(application_ids), job__in=visible_jobs(user=actor))
    return dict(rows.values_list("pk", "job__title"))


def was_emptied(*, moved: Mapping[str, Any]) -> bool:
    """Tell whether what a merge kept was emptied since, because its person was erased."""
    return "after" not in moved.get("links", {})


def _merges(person_id: int) -> tuple[MergeView, ...]:
    rows = PersonMerge.objects.filter(survivor=person_id).select_related("absorbed", "merged_by", "undone_by")
    return tuple(
        MergeView(
            id=row.pk,
            absorbed_id=row.absorbed_id,
            absorbed_name=row.absorbed.name or row.absorbed.email or f"Person {row.absorbed_id}",
            absorbed_contact=", ".join(part for part in (row.absorbed.email, row.absorbed.phone) if part),
            merged_by=row.merged_by.display_name,
            merged_at=row.merged_at,
            undo_until=row.merged_at + UNDO_LASTS,
            undone_at=row.undone_at,
            undone_by=row.undone_by.display_name if row.undone_by else "",
            is_emptied=was_emptied(moved=row.moved),
        )
        for row in rows
    )
