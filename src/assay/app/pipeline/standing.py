"""Who already applies to a job and whom a job knows at all, asked by e-mail."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower

from assay.app.pipeline.models import Application, Job, Person
from assay.core.pipeline.status import ApplicationStatus

ENDED = (ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN, ApplicationStatus.TRANSFERRED)


def live_applications_by_email(*, job_id: int, emails: Collection[str]) -> dict[str, int]:
    """Return the live application to the job of each person with one of these lower-case addresses."""
    people = known_people(job_id=job_id, emails=emails)
    if not people:
        return {}
    live = Application.objects.filter(job_id=job_id, person_id__in=set(people.values())).exclude(status__in=ENDED)
    found = dict(live.values_list("person_id", "id"))
    return {address: found[person_id] for address, person_id in people.items() if person_id in found}


def known_people(*, job_id: int, emails: Collection[str]) -> dict[str, int]:
    """Return the id of each person whom the job may know by one of these lower-case addresses.

    The address of somebody who was found to be the same as another leads to that one, unless it is a third one's now.
    """
    if not emails:
        return {}
    people = known_to(job_id=job_id).annotate(address=Lower("email")).filter(address__in=list(emails))
    rows = people.order_by("address", F("merged_into").asc(nulls_last=True), "id")
    return dict(rows.values_list("address", Coalesce("merged_into_id", "id")))


def known_to(*, job_id: int) -> QuerySet[Person]:
    """Return the people with an address whom a job may know: its own if it is confidential, else all without a wall."""
    # The index on addresses leaves out people without one; the query has to say so to be allowed to use it.
    people = Person.objects.exclude(email="")
    if wall_of(job_id=job_id) is None:
        return people.filter(walled_by=None)
    applied_here = Exists(Application.objects.filter(person=OuterRef("pk"), job_id=job_id))
    return people.filter(Q(walled_by=job_id) | Q(applied_here, walled_by=None))


def wall_of(*, job_id: int) -> int | None:
    """Return the job whose wall new people of a job stand behind: itself when it is confidential, else none."""
    return job_id if Job.objects.filter(pk=job_id, is_confidential=True).exists() else None


def with_address(*, people: QuerySet[Person], email: str) -> QuerySet[Person]:
    """Return who of these has this e-mail address, whatever its case."""
    return people.exclude(email="").alias(address=Lower("email")).filter(address=Lower(Value(email)))
