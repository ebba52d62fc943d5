"""Who already applies to a job and whom a job knows at all, asked by e-mail."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower

from assay.app.pipeline.models import Application, Job, Person
from assay.core.pipeline.status import ApplicationStatus

ENDED = (ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN)


def live_applications_by_email(*, job_id: int, emails: Collection[str]) -> dict[str, int]:
    """Return the live application to the job of each person with one of these lower-case addresses."""
    people = {person_id: address for address, person_id in known_people(job_id=job_id, emails=emails).items()}
    if not people:
        return {}
    live = Application.objects.filter(job_id=job_id, person_id__in=list(people)).exclude(status__in=ENDED)
    return {people[person_id]: application_id for person_id, application_id in live.values_list("person_id", "id")}


def known_people(*, job_id: int, emails: Collection[str]) -> dict[str, int]:
    """Return the id of each person whom the job may know by one of these lower-case addresses."""
    if not emails:
        return {}
    people = known_to(job_id=job_id).annotate(address=Lower("email")).filter(address__in=list(emails))
    return dict(people.values_list("address", "id"))


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
