"""The profile of an application: what it holds, what it hides, how it is read, and what it costs."""

import json
import re

import pytest
from django.db import connection
from django.http import Http404
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from tests.app.evidence.talks import arrange, hand_in, interview_stage
from tests.app.pipeline.cast import advance, apply

from assay.app.evidence.queries import get_profile
from assay.app.interviewing.models import PlannedInterview
from assay.core.evidence.standing import Covered

WORDS = "Told how the alert fired at three and what they changed after."


def of(profile, competency):
    return next(item for item in profile.competencies if item.id == competency)


def test_a_resume_moves_the_belief_and_is_named_as_its_source(ada, recruiter):
    profile = get_profile(actor=recruiter, application_id=ada.pk)
    monitoring = of(profile, "monitoring")
    assert monitoring.covered is Covered.DOCUMENT_ONLY
    (part,) = monitoring.segments
    assert part.who == "Résumé"
    assert part.evidence[0].quote.startswith("Set up drift monitoring")
    assert part.href.endswith("?tab=documents#k-monitoring")
    assert monitoring.prior_share + part.share == pytest.approx(1)
    assert part.pull > 0


def test_somebody_without_a_document_is_all_assumption(job, recruiter):
    profile = get_profile(actor=recruiter, application_id=apply(job, "Nobody Known").pk)
    assert profile.measurements == 0
    assert {item.id for item in profile.unmeasured} == {item.id for item in profile.competencies}
    assert profile.joint.counted == 4
    assert [question.href for question in profile.questions] == [
        f"/questions/{one}/" for one in ("gate-before-promotion", "kinds-of-drift", "shipped-and-failed")
    ]


def test_a_rating_moves_the_belief_and_covers_the_competency(ada, recruiter, interviewer):
    before = of(get_profile(actor=recruiter, application_id=ada.pk), "reliability")
    hand_in(arrange(ada, interviewer), interviewer, {"reliability": (4, WORDS)})
    profile = get_profile(actor=recruiter, application_id=ada.pk)
    after = of(profile, "reliability")
    assert after.chance > before.chance
    assert after.covered is Covered.BY_PEOPLE
    assert any(part.who == "Ivo" and part.evidence[0].quote == WORDS for part in after.segments)
    assert profile.coverage == pytest.approx(after.weight)


def test_a_closed_rating_is_left_out_of_everything(ada, recruiter, manager, interviewer):
    owed = arrange(ada, interviewer)
    unseen = get_profile(actor=interviewer, application_id=ada.pk)
    hand_in(arrange(ada, manager), manager, {"monitoring": (4, WORDS), "software_engineering": (0, "Could not say.")})
    closed = get_profile(actor=interviewer, application_id=ada.pk)
    assert closed.has_closed
    assert closed.competencies == unseen.competencies
    assert closed.musts == unseen.musts
    assert (closed.joint, closed.doubt, closed.questions) == (unseen.joint, unseen.doubt, unseen.questions)
    hand_in(owed, interviewer, {"monitoring": (3, WORDS)})
    opened = get_profile(actor=interviewer, application_id=ada.pk)
    assert not opened.has_closed
    assert [part.who for part in of(opened, "monitoring").segments if part.who != "Résumé"] == ["Hanna", "Ivo"]


def test_the_page_and_the_json_keep_a_closed_rating_closed(ada, manager, interviewer, browse):
    arrange(ada, interviewer)
    hand_in(arrange(ada, manager), manager, {"monitoring": (4, WORDS)})
    client = browse(interviewer)
    page = client.get(f"/applications/{ada.pk}/").content.decode()
    assert WORDS not in page
    assert "Ratings of others are closed to you" in page
    answer = client.get(f"/applications/{ada.pk}/profile.json")
    assert WORDS not in answer.content.decode()
    assert answer.json()["closed_ratings"] is None


def test_how_many_ratings_are_closed_is_not_said_either(ada, manager, interviewer, browse):
    arrange(ada, interviewer)
    owed = arrange(ada, manager)
    client = browse(interviewer)
    assert client.get(f"/applications/{ada.pk}/profile.json").json()["closed_ratings"] == 0
    hand_in(owed, manager, {"monitoring": (4, WORDS), "impact": (2, WORDS)})
    many = client.get(f"/applications/{ada.pk}/").content.decode()
    assert "2 ratings" not in many
    assert client.get(f"/applications/{ada.pk}/profile.json").json()["closed_ratings"] is None


def test_two_interviewers_who_contradict_each_other_are_shown(ada, recruiter, manager, interviewer):
    hand_in(arrange(ada, manager), manager, {"impact": (0, "No figure, asked twice.")})
    hand_in(arrange(ada, interviewer), interviewer, {"impact": (4, WORDS)})
    profile = get_profile(actor=recruiter, application_id=ada.pk)
    assert [item.id for item in profile.disagreements] == ["impact"]
    assert "Hanna says 0.0, Ivo says 4.0" in of(profile, "impact").disagreement_says


def test_the_next_step_is_a_talk_of_the_plan_until_it_took_place(ada, job, recruiter, interviewer):
    planned = PlannedInterview.objects.create(
        stage=interview_stage(job), title="Live incident", minutes=45, focus=["reliability", "monitoring"]
    )
    PlannedInterview.objects.create(stage=interview_stage(job), title="Hobbies", minutes=45, focus=["research"])
    steps = get_profile(actor=recruiter, application_id=ada.pk).steps
    assert [step.label for step in steps] == ["Live incident"]
    assert steps[0].minutes == 45
    assert "Tells most about" in steps[0].why
    arrange(ada, interviewer, planned=planned)
    assert get_profile(actor=recruiter, application_id=ada.pk).steps == ()


def test_who_was_sent_on_is_no_random_applicant_where_the_document_is_silent(ada, recruiter):
    before = get_profile(actor=recruiter, application_id=ada.pk)
    advance(ada, position=interview_stage(ada.job).position)
    after = get_profile(actor=recruiter, application_id=ada.pk)
    assert after.is_sent_on
    for item in before.competencies:
        moved = of(after, item.id).level - item.level
        assert moved == pytest.approx(0.25, abs=0.03) if item.covered is Covered.UNMEASURED else moved == 0


def test_the_page_shows_bars_sources_and_a_table(ada, recruiter, browse):
    page = browse(recruiter).get(f"/applications/{ada.pk}/").content.decode()
    for said in (
        "What is known",
        "Ask next",
        "Level by level",
        "As a table",
        "Only the document says so",
        "Chance that",
    ):
        assert said in page
    assert 'class="known-part is-resume_screen"' in page
    assert "Monitoring and drift: level" in page


def test_the_json_has_the_promised_keys(ada, recruiter, browse):
    answer = browse(recruiter).get(f"/applications/{ada.pk}/profile.json").json()
    assert sorted(answer) == [
        "all_must_haves", "application_id", "closed_ratings", "competencies", "doubt", "measured_by_people",
        "must_haves", "next_questions", "next_steps", "role", "rules",
    ]  # fmt: skip
    assert sorted(answer["competencies"][0]) == [
        "assumed", "bar", "by_level", "chance", "contradiction", "high", "id", "label", "level", "low", "measured",
        "measurements", "weight",
    ]  # fmt: skip
    assert json.dumps(answer)


def test_an_outsider_of_a_secret_job_gets_nothing(ada, outsider):
    ada.job.is_confidential = True
    ada.job.save(update_fields=["is_confidential"])
    with pytest.raises(Http404):
        get_profile(actor=outsider, application_id=ada.pk)


def test_more_ratings_cost_no_more_statements(ada, recruiter, manager, interviewer):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            get_profile(actor=recruiter, application_id=ada.pk)
        return len(asked)

    hand_in(arrange(ada, manager), manager, {"impact": (2, WORDS)})
    few = count()
    for name in ("monitoring", "serving", "retraining", "deployment"):
        hand_in(arrange(ada, interviewer), interviewer, {name: (3, WORDS)})
    assert count() == few <= 12


def test_the_strip_says_the_same_in_a_few_lines(ada, recruiter):
    known = get_profile(actor=recruiter, application_id=ada.pk)
    drawn = render_to_string("evidence/_strip.html", {"known": known}, using="jinja2")
    assert drawn.count("<li>") == len(known.competencies)
    assert f"/applications/{ada.pk}/#known-monitoring" in drawn
    assert "All must-haves" in drawn


def test_side_by_side_shows_what_people_rated_to_whom_it_is_open(ada, job, recruiter, manager, interviewer, browse):
    beside = f"/jobs/{job.pk}/compare?a={ada.pk}&a={apply(job, 'bob').pk}"
    arrange(ada, interviewer)
    before = browse(recruiter).get(beside).content.decode()
    hand_in(arrange(ada, manager), manager, {"monitoring": (4, WORDS)})
    after = browse(recruiter).get(beside).content.decode()
    assert drawn_of(before) != drawn_of(after)
    owing = browse(interviewer).get(beside).content.decode()
    assert drawn_of(owing) == drawn_of(before)
    assert "closed to you until your own card is in" in owing
    assert "closed to you" not in after


def drawn_of(page: str) -> list[str]:
    """The bars of a comparison, in their order."""
    return re.findall(r'<rect class="known-band" x="[^"]+" width="[^"]+"', page)
