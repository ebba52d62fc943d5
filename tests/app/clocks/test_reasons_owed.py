"""Who is asked why a clock was late, when, and that what is owed is counted as it is listed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.app.clocks.test_pages import broken, late

from assay.app.clocks.models import BreachReason, Clock
from assay.app.clocks.queries import list_reasons_owed
from assay.app.clocks.queries.kept import Show, Which, get_kept, list_clocks
from assay.app.inbox.asking import Asked
from assay.app.inbox.sources.clocks import clock_items
from assay.app.pipeline.models import Job
from assay.core.inbox.items import ItemKind
from assay.platform.accounts.models import User

Browse = Callable[[User], Client]


def test_the_owner_of_a_late_card_is_asked_first_and_after_two_days_those_who_run_the_job(
    browse: Browse, job: Job, recruiter: User, interviewer: User
) -> None:
    clock = broken(job)
    Clock.objects.filter(pk=clock.pk).update(kind="feedback", owner=interviewer)
    now = timezone.now()

    def asked(user: User, at: datetime) -> list[int]:
        return [one.id for one in list_reasons_owed(user=user, now=at)]

    assert (asked(interviewer, now), asked(recruiter, now)) == ([clock.pk], [])
    assert asked(recruiter, now + timedelta(days=2)) == [clock.pk]
    interviewer.is_active = False
    interviewer.save()
    assert asked(recruiter, now) == [clock.pk]
    (told,) = [one for one in clock_items(Asked(user=recruiter, now=now)) if one.kind is ItemKind.REASON]
    assert told.about.endswith(" late, owed by Ivo")
    interviewer.is_active = True
    interviewer.save()
    address = reverse("clocks:reason", args=[clock.pk])
    assert browse(interviewer).post(address, {"cause": "overlooked"}).status_code == 302
    assert BreachReason.objects.get().given_by == interviewer


def test_what_is_over_now_and_what_ended_late_are_counted_apart_as_their_lists_hold_them(
    browse: Browse, job: Job, recruiter: User
) -> None:
    late(job, "Ada Byron")
    late(job, "Mary Shelley")
    broken(job)
    now = timezone.now()
    page = get_kept(user=recruiter, now=now, zone="UTC")
    for show, count in ((Show.UNSAID, page.unsaid), (Show.OWED, page.owed)):
        assert list_clocks(user=recruiter, which=Which(show=show), now=now, zone="UTC").total == count > 0
    shown = browse(recruiter).get(reverse("clocks:kept")).content.decode()
    assert shown.count(">Say why</a>") == page.unsaid
    assert "over now, say why" in shown and "ended late, reason owed" in shown
