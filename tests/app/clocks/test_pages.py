"""Pages of clocks: who sees what, every number leads to its list, and what is typed wrongly is said so."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from tests.app.pipeline.cast import apply, make_job

from assay.app.clocks.actions.syncing import sync
from assay.app.clocks.models import BreachReason, Clock, ClockRule, JobOffice, Office
from assay.app.clocks.queries import clock_lines, list_reasons_owed, list_waiting
from assay.app.pipeline.models import Application, Job, Stage
from assay.app.ui.shell import shell_for
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

Browse = Callable[[User], Client]
HOURS = {f"hours_{day}": "09:00-12:30, 13:30-18:00" if day < 5 else "" for day in range(7)}
OFFICE = {"name": "Berlin", "country": "DE", "region": "be", "time_zone": "Europe/Berlin", **HOURS, "closed_days": ""}


def late(job: Job, name: str = "Grace Hopper") -> Application:
    """An applicant whose review should be done long ago."""
    application = apply(job, name, applied_at=timezone.now() - timedelta(days=20))
    sync(application_ids=[application.pk], now=timezone.now())
    return application


def broken(job: Job, name: str = "Grace Hopper") -> Clock:
    """A clock that ended late without a word."""
    application = late(job, name)
    Clock.objects.filter(application=application).update(stopped_at=timezone.now() - timedelta(hours=1))
    return Clock.objects.get(application=application, kind="review")


def test_the_page_of_clocks_teaches_when_there_is_none(browse: Browse, recruiter: User) -> None:
    assert "No clocks yet" in browse(recruiter).get(reverse("clocks:kept")).content.decode()


def test_the_page_shows_the_worst_first_in_words(browse: Browse, job: Job, recruiter: User) -> None:
    late(job)
    page = browse(recruiter).get(reverse("clocks:kept")).content.decode()
    assert "Grace Hopper" in page and " late" in page and "Say why" in page


def test_every_number_opens_what_it_counts(browse: Browse, job: Job, recruiter: User) -> None:
    broken(job, "Ada Byron")
    late(job)
    client = browse(recruiter)
    for show, name in (("owed", "Ada Byron"), ("over", "Grace Hopper"), ("broken", "Ada Byron"), ("running", "Grace")):
        page = client.get(reverse("clocks:list"), {"show": show, "job": job.pk, "owner": recruiter.pk}).content.decode()
        assert name in page and "1 clock" in page, show
    assert "No clock here" in client.get(reverse("clocks:list"), {"show": "kept"}).content.decode()


def test_a_choice_that_makes_no_sense_lists_what_runs(browse: Browse, job: Job, recruiter: User) -> None:
    late(job)
    odd = {"show": "\0<script>", "kind": "x" * 500, "owner": "-1", "job": "9" * 30, "week": "2026-99-99", "from": "zz"}
    assert "Grace Hopper" in browse(recruiter).get(reverse("clocks:list"), odd).content.decode()


def test_a_confidential_job_is_nobody_elses_number(
    browse: Browse, recruiter: User, outsider: User, admin: User
) -> None:
    secret = make_job(recruiter, title="Secret", is_confidential=True)
    clock = broken(secret, "Lise Meitner")
    for stranger in (outsider, admin):
        client = browse(stranger)
        assert "Lise Meitner" not in client.get(reverse("clocks:list"), {"show": "owed"}).content.decode()
        assert "No clocks yet" in client.get(reverse("clocks:kept")).content.decode()
        assert client.get(reverse("clocks:reason", args=[clock.pk])).status_code == 404
        assert client.post(reverse("clocks:reason", args=[clock.pk]), {"cause": "overlooked"}).status_code == 404
        assert client.get(reverse("clocks:job", args=[secret.pk])).status_code == 404


def test_the_clocks_of_a_job_lead_to_its_other_sections(browse: Browse, job: Job, recruiter: User) -> None:
    page = browse(recruiter).get(reverse("clocks:job", args=[job.pk])).content.decode()
    for section in ("stages", "form", "interviews", "review/"):
        assert f'href="/jobs/{job.pk}/{section}"' in page
    assert f'href="/jobs/{job.pk}/clocks" aria-current="page"' in page


def test_a_reason_is_kept_once_and_then_no_longer_owed(browse: Browse, job: Job, recruiter: User) -> None:
    clock = broken(job)
    assert [one.id for one in list_reasons_owed(user=recruiter, now=timezone.now())] == [clock.pk]
    client, address = browse(recruiter), reverse("clocks:reason", args=[clock.pk])
    assert "Why was this late?" in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(address, {"cause": "too_many_applicants", "note": "x\0y"}).status_code == 302
    assert BreachReason.objects.get().note == "xy"
    assert not list_reasons_owed(user=recruiter, now=timezone.now())
    assert Event.objects.filter(verb="clock.explained").count() == 1


@pytest.mark.parametrize(
    ("cause", "note"), [("", ""), ("other", " "), ("lazy", "they were lazy"), ("overlooked", "x" * 1001)]
)
def test_a_reason_that_says_nothing_is_refused_with_what_to_do(
    browse: Browse, job: Job, recruiter: User, cause: str, note: str
) -> None:
    clock = broken(job)
    answer = browse(recruiter).post(reverse("clocks:reason", args=[clock.pk]), {"cause": cause, "note": note})
    assert answer.status_code == 422 and "Not kept yet" in answer.content.decode()
    assert not BreachReason.objects.exists()


def test_a_clock_in_time_needs_no_reason(browse: Browse, job: Job, recruiter: User) -> None:
    application = apply(job, "Ada Byron", applied_at=timezone.now())
    sync(application_ids=[application.pk], now=timezone.now())
    address = reverse("clocks:reason", args=[Clock.objects.get().pk])
    assert browse(recruiter).post(address, {"cause": "overlooked"}).status_code == 422


def test_who_waits_sees_their_own_and_nobody_elses(job: Job, recruiter: User, manager: User, outsider: User) -> None:
    late(job)
    now = timezone.now()
    assert [one.name for one in list_waiting(user=recruiter, now=now)] == ["Grace Hopper"]
    assert not list_waiting(user=manager, now=now)
    assert not list_waiting(user=outsider, now=now)


def test_the_lines_of_an_application_say_what_is_waited_for(job: Job) -> None:
    application = late(job)
    (line,) = clock_lines(application_id=application.pk)
    assert line.label == "Review of the application" and line.time_words.endswith("late") and line.needs_reason


def test_an_office_is_added_with_its_holidays_and_becomes_the_default(browse: Browse, admin: User, job: Job) -> None:
    application = late(job)
    client = browse(admin)
    assert client.get(reverse("clocks:new_office")).status_code == 200
    assert client.post(reverse("clocks:new_office"), OFFICE).status_code == 302
    office = Office.objects.get()
    assert office.is_default and office.hours["0"] == [["09:00", "12:30"], ["13:30", "18:00"]]
    page = client.get(reverse("clocks:calendars")).content.decode()
    assert "Berlin" in page and "Christmas" in page and "Default" in page
    assert Clock.objects.get(application=application).office == office


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"country": "XX"},
        {"region": "QQ"},
        {"time_zone": "Mars/Olympus"},
        {"hours_0": "9 to 5"},
        {"hours_0": "18:00-09:00"},
        {"hours_0": "25:00-26:00"},
        {"hours_0": "09:00-17:00, 16:00-18:00"},
        {f"hours_{day}": "" for day in range(7)},
        {"closed_days": "2026-13-45"},
        {"closed_days": "\0"},
    ],
)
def test_an_office_that_makes_no_sense_is_refused_and_keeps_what_was_typed(
    browse: Browse, admin: User, wrong: dict[str, str]
) -> None:
    answer = browse(admin).post(reverse("clocks:new_office"), {**OFFICE, **wrong})
    assert answer.status_code == 422 and "Not saved yet" in answer.content.decode()
    assert not Office.objects.exists()


def test_two_who_change_an_office_at_once_lose_nothing(browse: Browse, admin: User) -> None:
    client = browse(admin)
    client.post(reverse("clocks:new_office"), OFFICE)
    office = Office.objects.get()
    address = reverse("clocks:office", args=[office.pk])
    assert client.post(address, {**OFFICE, "name": "Berlin Mitte", "revision": 1}).status_code == 302
    answer = client.post(address, {**OFFICE, "name": "Potsdam", "revision": 1})
    assert answer.status_code == 422 and "Somebody else changed this office" in answer.content.decode()
    assert Office.objects.get().name == "Berlin Mitte"


def test_only_administrators_change_calendars_and_limits_of_the_house(browse: Browse, recruiter: User) -> None:
    office = Office.objects.create(name="Berlin", time_zone="Europe/Berlin", hours={"0": [["09:00", "17:00"]]})
    client = browse(recruiter)
    assert client.get(reverse("clocks:calendars")).status_code == 200
    assert client.get(reverse("clocks:office", args=[office.pk])).status_code == 200
    assert client.post(reverse("clocks:office", args=[office.pk]), {**OFFICE, "revision": 1}).status_code == 403
    assert client.post(reverse("clocks:remove_office", args=[office.pk])).status_code == 403
    limit = {"kind": "review", "hours": "24", "counting": "open_days", "yellow": "50", "revision": "0"}
    assert client.post(reverse("clocks:limits"), limit).status_code == 403
    assert not ClockRule.objects.exists()


def test_a_limit_of_the_house_moves_running_clocks_and_says_how_many(browse: Browse, admin: User, job: Job) -> None:
    application = late(job)
    before = Clock.objects.get(application=application).due_at
    client = browse(admin)
    limit = {"kind": "review", "hours": "24,5", "counting": "working", "yellow": "50", "revision": "0"}
    page = client.post(reverse("clocks:limits"), limit, follow=True).content.decode()
    assert "1 running clock moved." in page and "24.5 office hours" in page
    assert Clock.objects.get(application=application).due_at != before
    assert ClockRule.objects.get().hours == Decimal("24.5")
    stale = client.post(reverse("clocks:limits"), limit)
    assert stale.status_code == 422 and "Somebody else set this limit" in stale.content.decode()
    reset = client.post(reverse("clocks:limits"), {"kind": "review", "do": "reset"}, follow=True)
    assert "1 running clock moved." in reset.content.decode()
    assert Clock.objects.get(application=application).due_at == before
    assert Event.objects.filter(verb__startswith="clock_limit").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "0"},
        {"hours": "-4"},
        {"hours": "NaN"},
        {"hours": "1e9"},
        {"hours": "0.001"},
        {"hours": "\0"},
        {"yellow": "100"},
        {"yellow": "0"},
        {"counting": "moon"},
        {"kind": "tea"},
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(browse: Browse, admin: User, wrong: dict[str, str]) -> None:
    limit = {"kind": "review", "hours": "24", "counting": "open_days", "yellow": "50", "revision": "0", **wrong}
    assert browse(admin).post(reverse("clocks:limits"), limit).status_code == 422
    assert not ClockRule.objects.exists()


def test_a_job_has_an_office_and_limits_of_its_own_and_its_stages(browse: Browse, recruiter: User, job: Job) -> None:
    application = late(job)
    office = Office.objects.create(name="Tokyo", time_zone="Asia/Tokyo", hours={"0": [["09:00", "17:00"]]})
    client, address = browse(recruiter), reverse("clocks:job", args=[job.pk])
    assert client.get(address).status_code == 200
    assert "moved" in client.post(address, {"office": office.pk}, follow=True).content.decode()
    assert JobOffice.objects.get().office == office
    stage = Stage.objects.filter(job=job).order_by("position")[0]
    limit = {"kind": "stage", "hours": "40", "counting": "elapsed", "yellow": "50", "revision": "0", "stage": stage.pk}
    assert client.post(address, limit).status_code == 302
    clock = Clock.objects.get(application=application, kind="stage")
    assert clock.due_at == clock.started_at + timedelta(hours=40)
    foreign = Stage.objects.filter(job=make_job(recruiter, title="Other"))[0]
    assert client.post(address, {**limit, "stage": foreign.pk}).status_code == 422
    assert client.post(address, {"office": "999999"}).status_code == 422
    assert client.post(address, {"office": ""}).status_code == 302
    assert not JobOffice.objects.exists()


def test_an_office_that_is_in_use_is_not_removed(browse: Browse, admin: User, job: Job) -> None:
    client = browse(admin)
    client.post(reverse("clocks:new_office"), OFFICE)
    client.post(reverse("clocks:new_office"), {**OFFICE, "name": "Tokyo", "country": "JP", "region": ""})
    berlin, tokyo = Office.objects.order_by("name")
    JobOffice.objects.create(job=job, office=tokyo)
    client.post(reverse("clocks:remove_office", args=[berlin.pk]))
    client.post(reverse("clocks:remove_office", args=[tokyo.pk]))
    assert Office.objects.count() == 2
    JobOffice.objects.all().delete()
    client.post(reverse("clocks:remove_office", args=[tokyo.pk]))
    assert list(Office.objects.all()) == [berlin]


def test_clocks_are_put_to_rest_and_run_again_from_the_page(browse: Browse, recruiter: User, job: Job) -> None:
    application = late(job)
    client, address = browse(recruiter), reverse("clocks:pause", args=[application.pk])
    client.post(address, {"why": "asked_for_information"})
    assert Clock.objects.get(application=application).is_paused
    client.post(address, {"why": ""})
    assert not Clock.objects.get(application=application).is_paused


def test_the_lines_for_other_pages_say_everything_in_words(job: Job, recruiter: User) -> None:
    application = late(job)
    request = RequestFactory().get("/")
    request.user = recruiter
    context = {
        "lines": clock_lines(application_id=application.pk),
        "can_explain": True,
        "pause_of": application.pk,
        "shell": shell_for(request, items=()),
    }
    page = render_to_string("clocks/_lines.html", context, request=request, using="jinja2")
    assert "Review of the application" in page and " late" in page and "Say why" in page and "Rita" in page
    assert 'aria-label="Over"' in page, "the shape has a name for those who do not see it"
    nothing = render_to_string("clocks/_lines.html", {**context, "lines": (), "pause_of": None}, using="jinja2")
    assert "No clock runs" in nothing
