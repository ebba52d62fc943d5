"""Who already applies to a job and who is known at all, asked by e-mail for many people at once."""

from collections.abc import Collection

from django.db.models import QuerySet, Value
from django.db.models.functions import Lower

from assay.app.pipeline.models import Application, Person
from assay.core.pipeline.status import ApplicationStatus

ENDED = (ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN)


def live_applications_by_email(*, job_id: int, emails: Collection[str]) -> dict[str, int]:
    """Return the live application to the job of each person with one of these lower-case addresses."""
    people = {person_id: address for address, person_id in known_people(emails=emails).items()}
    if not people:
        return {}
    live = Application.objects.filter(job_id=job_id, person_id__in=list(people)).exclude(status__in=ENDED)
    return {people[person_id]: application_id for person_id, application_id in live.values_list("person_id", "id")}


def known_people(*, emails: Collection[str]) -> dict[str, int]:
    """Return the id of each person with one of these lower-case addresses."""
    if not emails:
        return {}
    # The index on addresses leaves out people without one; the query has to say so to be allowed to use it.
    people = Person.objects.exclude(email="").annotate(address=Lower("email")).filter(address__in=list(emails))
    return dict(people.values_list("address", "id"))


def with_address(email: str) -> QuerySet[Person]:
    """Return whoever has this e-mail address, whatever its case: one person or none. An empty address is nobody's."""
    return Person.objects.exclude(email="").alias(address=Lower("email")).filter(address=Lower(Value(email)))
