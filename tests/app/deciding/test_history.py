"""The history of an application: people and machines told apart, filtered, and how long each stage took."""

from datetime import timedelta

from django.utils import timezone
from tests.app.deciding.acts import act, hold
from tests.app.pipeline.cast import apply

from assay.app.deciding.actions.returning import end_holds
from assay.app.deciding.actions.withdrawing import withdraw_as_candidate
from assay.app.deciding.happenings import VERBS
from assay.app.deciding.history import HappeningKind, Which, list_history, list_stays
from assay.app.pipeline.models import Application
from assay.app.ui.vendor import ICONS
from assay.core.deciding.decision import DecisionKind
from assay.platform.audit.actions import record


def history(application, which=Which.ALL, **more):
    rights = {"with_decisions": True, "with_messages": True} | more
    return list_history(application_id=application.pk, person_id=application.person_id, which=which, **rights)


def leave(actor, application, verb, **data):
    record(actor=actor, verb=verb, object_type="application", object_id=application.pk, data=data)


def test_people_the_candidate_and_what_went_by_itself_are_told_apart(ada, recruiter):
    until = timezone.localdate() + timedelta(days=2)
    hold(recruiter, ada, until)
    end_holds(today=until)
    withdraw_as_candidate(application_id=ada.pk, reason=None, note="")
    by_people = [(one.who, one.what) for one in history(ada, Which.PEOPLE)]
    assert by_people[0] == ("The candidate", "withdrew: Did not say why")
    assert by_people[1][0] == "Rita"
    assert "taken off hold" in [one.what for one in history(ada, Which.AUTOMATIC)]
    everything = history(ada)
    assert len(everything) == len(history(ada, Which.PEOPLE)) + len(history(ada, Which.AUTOMATIC))
    assert [one.at for one in everything] == sorted((one.at for one in everything), reverse=True)


def test_interviews_messages_and_decisions_are_found_by_themselves(ada, recruiter):
    act(recruiter, ada, DecisionKind.ADVANCE)
    leave(recruiter, ada, "interview.arranged", starts_at="2026-11-24T10:00+00:00")
    leave(recruiter, ada, "scorecard.submitted", scorecard=1)
    leave(recruiter, ada, "message.written", kind="more_information")
    leave(None, ada, "message.received", automatic=False)
    leave(None, ada, "message.received", automatic=True)
    assert [one.what for one in history(ada, Which.DECISIONS)] == ["advanced to Shortlist"]
    interviews = history(ada, Which.INTERVIEWS)
    assert {one.what for one in interviews} == {"arranged an interview", "handed a scorecard in"}
    assert any(one.moment is not None for one in interviews)
    messages = history(ada, Which.MESSAGES)
    assert sorted((one.who, one.is_automatic) for one in messages) == [
        ("", True),
        ("Rita", False),
        ("The candidate", False),
    ]
    assert history(ada, Which.MESSAGES, with_messages=False) == ()
    kinds = {one.kind for one in history(ada, with_messages=False, with_decisions=False)}
    assert not kinds & {HappeningKind.MESSAGE, HappeningKind.DECISION}


def test_every_verb_has_an_icon_that_is_there():
    assert {words.icon for words in VERBS.values()} <= set(ICONS)


def test_the_time_in_each_stage_is_counted_up_to_now_or_to_the_end(job, recruiter):
    ada = apply(job, "Ada", applied_at=timezone.now() - timedelta(days=4))
    before = stays(ada)
    assert [(one.stage, one.is_now) for one in before] == [("New", True)]
    assert 4 * 1440 <= before[0].minutes < 4 * 1440 + 5
    act(recruiter, ada, DecisionKind.ADVANCE)
    now = stays(ada)
    assert [(one.stage, one.is_now) for one in now] == [("New", False), ("Shortlist", True)]
    assert (now[0].share, now[1].minutes < 1) == (1.0, True)
    withdraw_as_candidate(application_id=ada.pk, reason=None, note="")
    assert not any(one.is_now for one in stays(ada))


def stays(application):
    row = Application.objects.get(pk=application.pk)
    return list_stays(
        application_id=row.pk, job_id=row.job_id, stage_id=row.stage_id, since=row.applied_at, now=timezone.now()
    )


def test_the_page_filters_and_says_person_or_automatic_in_words(ada, recruiter, browse):
    act(recruiter, ada, DecisionKind.ADVANCE)
    browser = browse(recruiter)
    page = browser.get(f"/applications/{ada.pk}/?tab=history").content.decode()
    assert "</svg>person</span>" in page
    assert "</svg>automatic</span>" in page
    assert "so far" in page
    only = browser.get(f"/applications/{ada.pk}/?tab=history&show=interviews").content.decode()
    assert "Nothing of this kind has happened yet" in only
    assert browser.get(f"/applications/{ada.pk}/?tab=history&show=%00").status_code == 200
