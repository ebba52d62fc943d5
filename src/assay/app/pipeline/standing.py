"""Who already applies to a job and who is known at all, asked by e-mail for many people at once."""

from collections.abc import Collection

from django.db.models.functions import Lower

from assay.app.pipeline.models import Application, Person
from assay.core.pipeline.status import ApplicationStatus

ENDED = (ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN)


def live_applications_by_email(*, job_id: int, emails: Collection[str]) -> dict[str, int]:
    """Return the live application to the job of each person with one of these lower-case addresses."""
    found = (
        Application.objects.filter(job_id=job_id)
        .exclude(status__in=ENDED)
        .annotate(address=Lower("person__email"))
        .filter(address__in=list(emails))
        .values_list("address", "id")
    )
    return dict(found) if emails else {}


def known_people(*, emails: Collection[str]) -> dict[str, int]:
    """Return the id of each person with one of these lower-case addresses."""
    if not emails:
        return {}
    people = Person.objects.annotate(address=Lower("email")).filter(address__in=list(emails))
    return dict(people.values_list("address", "id"))
