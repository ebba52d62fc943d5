"""The form that arranges an interview: near time zones first, and what the stage of the application means for it."""

import re
from collections.abc import Callable

from django.test import Client
from tests.app.pipeline.cast import screened

from assay.app.clocks.models import JobOffice, Office
from assay.app.pipeline.models import Job
from assay.platform.accounts.models import User

Browse = Callable[[User], Client]


def zones_of(page: str) -> list[str]:
    found = re.search(r'<select[^>]*name="time_zone".*?</select>', page, re.DOTALL)
    assert found is not None
    return [zone for zone in re.findall(r'value="([^"]*)"', found[0]) if zone]


def test_the_zones_of_office_and_team_come_first_and_each_is_there_once(
    browse: Browse, job: Job, recruiter: User, ivo: User
) -> None:
    User.objects.filter(pk=ivo.pk).update(time_zone="Asia/Kolkata")
    hours = {str(day): [["09:00", "17:00"]] for day in range(5)}
    office = Office.objects.create(name="Berlin", country="DE", time_zone="Europe/Berlin", hours=hours)
    JobOffice.objects.create(job=job, office=office)
    application = screened(job, "Mara Lind")
    zones = zones_of(browse(recruiter).get(f"/applications/{application.pk}/interviews/new").content.decode())
    assert {"Europe/Berlin", "Asia/Kolkata"} <= set(zones[:4])
    assert len(zones) == len(set(zones)) > 300
