"""The form that arranges an interview: near time zones first, and what the stage of the application means for it."""

import re
from collections.abc import Callable

from django.test import Client
from tests.app.pipeline.cast import screened

from assay.app.clocks.models import JobOffice, Office
from assay.app.interviewing.models import PlannedInterview
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


def test_the_form_says_when_the_application_stands_before_the_stage_of_the_interview(
    browse: Browse, job: Job, recruiter: User
) -> None:
    browser = browse(recruiter)
    browser.post(f"/jobs/{job.pk}/interviews/suggest")
    talk = PlannedInterview.objects.filter(stage__job=job).first()
    assert talk is not None
    application = screened(job, "Mara Lind")
    address = f"/applications/{application.pk}/interviews/new?planned={talk.pk}"
    assert "Move the application first." in browser.get(address).content.decode()
    application.stage = talk.stage
    application.save()
    assert "Move the application first." not in browser.get(address).content.decode()
