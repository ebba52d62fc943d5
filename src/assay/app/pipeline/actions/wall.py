"""The wall around a confidential job: its applicants are nobody's business elsewhere."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from assay.app.pipeline.models import Application, Job, Person


def settle_wall(*, job: Job) -> None:
    """Bring the job's people behind its wall when it has become confidential, and out when it no longer is.

    Who also applied elsewhere was known before and stays so. Who is known under the same address outside stays
    behind the wall as somebody apart: two people are never joined by this.
    """
    if job.is_confidential:
        elsewhere = Exists(Application.objects.filter(person=OuterRef("pk")).exclude(job=job))
        Person.objects.filter(applications__job=job, walled_by=None).exclude(elsewhere).update(walled_by=job)
        return
    twin = Person.objects.exclude(email="").filter(walled_by=None).alias(address=Lower("email"))
    known_outside = Exists(twin.filter(address=Lower(OuterRef("email"))))
    Person.objects.filter(walled_by=job).exclude(known_outside).update(walled_by=None)
