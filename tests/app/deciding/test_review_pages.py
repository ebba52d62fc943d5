"""The review page as a browser asks for it: what it shows to whom, and what a decision answers."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from tests.app.deciding.acts import act, hold, reject, state
from tests.app.pipeline.cast import apply, apply_many, screened

from assay.app.deciding.models import Decision
from assay.app.screening.queries import get_current_screening
from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.status import ScreeningState

HTMX = {"HX-Request": "true"}
LATER = timezone.localdate() + timedelta(days=7)
NONSENSE = ["abc", "-1", "0", "99999999999999999999", "9223372036854775808", "%00", "🚀", "1 or 1=1", "٣", ""]


def text_of(response):
    return response.content.decode()


def form(application, kind, **more):
    """The fields of the page's own form, as the page shows them now."""
    application.refresh_from_db()
    screening = get_current_screening(application_id=application.pk)
    fields = {"kind": kind, "revision": application.revision, "back": "show=review"}
    return {**fields, "screening": screening.id if screening else "", **more}


def decide_at(client, application, kind, headers=None, **more):
    return client.post(f"/applications/{application.pk}/decide", form(application, kind, **more), headers=headers or {})


def test_the_queue_shows_the_first_candidate_with_evidence_beside_the_document(ada, job, recruiter, browse):
    page = text_of(browse(recruiter).get(f"/jobs/{job.pk}/review/"))
    assert "<h1" in page
    assert "Ada Byron" in page
    assert "1 of 1" in page
    targets = set(re.findall(r'data-quote-target="([^"]+)"', page))
    marked = {name for ids in re.findall(r'data-quote-id="([^"]+)"', page) for name in ids.split()}
    assert targets
    assert targets <= marked, "a verdict points to a quote that is not in the document"


def test_deciders_get_buttons_and_their_keys(ada, job, recruiter, browse):
    page = text_of(browse(recruiter).get(f"/jobs/{job.pk}/review/"))
    for key in "ahsreo/":
        assert f'data-key="{key}"' in page, key
    assert 'name="reason"' in page


def test_interviewers_and_viewers_get_no_decision_buttons(ada, job, interviewer, viewer, browse):
    for person in (interviewer, viewer):
        for path in (f"/jobs/{job.pk}/review/", f"/applications/{ada.pk}/"):
            response = browse(person).get(path)
            page = text_of(response)
            assert response.status_code == 200
            assert "You can read this, not decide" in page
            assert f"/applications/{ada.pk}/decide" not in page
            assert "reject-dialog" not in page


def test_the_policy_is_asked_before_the_form_is_read(ada, interviewer, outsider, browse):
    for fields in ({}, {"kind": "burn"}, {"kind": "advance", "revision": "x"}, {"kind": "advance", "revision": 1}):
        assert browse(interviewer).post(f"/applications/{ada.pk}/decide", fields).status_code == 403
        assert browse(outsider).post(f"/applications/{ada.pk}/decide", fields).status_code == 404
    assert not Decision.objects.exists()


def test_an_outsider_finds_nothing_here(ada, job, recruiter, outsider, browse):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    client = browse(outsider)
    assert client.get(f"/jobs/{job.pk}/review/").status_code == 404
    assert client.get(f"/applications/{ada.pk}/").status_code == 404
    assert client.post(f"/decisions/{decision.pk}/undo").status_code == 404
    assert client.post(f"/applications/{ada.pk}/contact", {"name": "X"}).status_code == 404
    assert client.post(f"/applications/{ada.pk}/screen").status_code == 404


def test_after_a_decision_comes_the_next_candidate_with_a_way_back(job, recruiter, browse):
    first, second, third = apply_many(job, [90.0, 60.0, 30.0])
    response = decide_at(browse(recruiter), second, "advance", headers=HTMX)
    assert response.headers["HX-Push-Url"] == f"/jobs/{job.pk}/review/?at={third.pk}"
    page = text_of(response)
    assert "<html" not in page
    assert "advanced to Shortlist" in page
    assert f"/decisions/{Decision.objects.get().pk}/undo" in page
    assert (
        decide_at(browse(recruiter), third, "advance", headers=HTMX).headers["HX-Push-Url"].endswith(f"at={first.pk}")
    )
    assert "All reviewed" in text_of(decide_at(browse(recruiter), first, "advance", headers=HTMX))


def test_without_scripts_a_decision_leads_on_by_a_redirect_that_tells_of_it(job, recruiter, manager, browse):
    first, second = apply_many(job, [90.0, 60.0])
    client = browse(recruiter)
    response = decide_at(client, first, "advance")
    assert response.status_code == 302
    page = text_of(client.get(response["Location"]))
    assert "advanced to Shortlist" in page
    assert f'at={second.pk}"' in page or f"/applications/{second.pk}/" in page
    assert "advanced to Shortlist" not in text_of(browse(manager).get(response["Location"]))


def test_a_decision_on_the_profile_stays_on_the_profile(ada, recruiter, browse):
    client = browse(recruiter)
    response = decide_at(client, ada, "hold", back="", held_until=LATER.isoformat())
    assert response["Location"].startswith(f"/applications/{ada.pk}/?done=")
    page = text_of(client.get(response["Location"]))
    assert "put on hold until" in page
    back = client.post(f"/decisions/{Decision.objects.get().pk}/undo")
    assert back["Location"] == f"/applications/{ada.pk}/"
    assert state(ada)["status"] == "active"


def test_taking_back_returns_to_the_candidate_in_the_queue(job, recruiter, browse):
    first, _ = apply_many(job, [90.0, 60.0])
    decision = act(recruiter, first, DecisionKind.ADVANCE)
    url = f"/decisions/{decision.pk}/undo?back={quote('order=oldest')}"
    response = browse(recruiter).post(url, headers=HTMX)
    assert response.headers["HX-Push-Url"] == f"/jobs/{job.pk}/review/?order=oldest&at={first.pk}"
    assert state(first)["needs_review"] is True


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"evidence": "score:score"}, "A rejection needs a reason"),
        ({"reason": "unheard_of", "evidence": "score:score"}, "A rejection needs a reason"),
        ({"reason": "level_too_low"}, "Tick at least one piece of evidence"),
        ({"reason": "other", "evidence": "score:score"}, "write the reason in the note"),
        ({"reason": "level_too_low", "evidence": "claim:4711"}, "no longer shown"),
    ],
)
def test_what_a_rejection_lacks_is_explained_on_the_page(ada, recruiter, browse, more, words):
    for headers in ({}, HTMX):
        response = decide_at(browse(recruiter), ada, "reject", headers=headers, **more)
        assert response.status_code == 422
        assert words in text_of(response)
        assert "Ada Byron" in text_of(response)
    assert state(ada)["status"] == "active"


def test_a_rejection_with_everything_is_kept(ada, recruiter, browse):
    decide_at(browse(recruiter), ada, "reject", reason="level_too_low", evidence=["score:score"], note="Soon")
    decision = Decision.objects.get()
    assert (decision.kind, decision.reason, decision.note) == ("reject", "level_too_low", "Soon")


def test_who_was_faster_is_told_with_the_candidate_as_it_stands_now(ada, recruiter, manager, browse):
    stale = form(ada, "advance")
    reject(manager, ada)
    client = browse(recruiter)
    for headers, status in (({}, 409), (HTMX, 422)):
        response = client.post(f"/applications/{ada.pk}/decide", stale, headers=headers)
        assert response.status_code == status
        assert "Hanna was faster: rejected" in text_of(response)
        assert response.headers["HX-Retarget"] == "#review"
    assert Decision.objects.count() == 1


def test_a_screening_in_between_is_told_on_the_page(ada, recruiter, browse):
    response = decide_at(
        browse(recruiter), ada, "reject", reason="level_too_low", evidence="score:score", screening="123456"
    )
    assert response.status_code == 409
    assert "screened again while you looked" in text_of(response)


def test_undo_of_what_somebody_decided_since_is_told(ada, recruiter, manager, browse):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    act(manager, ada, DecisionKind.ADVANCE)
    response = browse(recruiter).post(f"/decisions/{decision.pk}/undo")
    assert response.status_code == 409
    assert "Hanna was faster: advanced to Work sample" in text_of(response)


@pytest.mark.parametrize("value", NONSENSE)
def test_no_address_breaks_the_queue(ada, job, recruiter, browse, value):
    client = browse(recruiter)
    names = ("at", "stage", "show", "musts", "order", "q", "view", "done")
    together = "&".join(f"{name}={value}" for name in names)
    assert client.get(f"/jobs/{job.pk}/review/?{together}").status_code == 200
    assert client.get(f"/jobs/{job.pk}/review/?at={value}", headers=HTMX).status_code == 200
    assert client.get(f"/applications/{ada.pk}/?document={value}&done={value}&tab=documents").status_code == 200
    assert client.get(f"/applications/{ada.pk}/?tab={value}").status_code == 200


@pytest.mark.parametrize("value", ["99999999999999999999", "\0🚀", "9999-99-99", ""])
def test_no_form_breaks_deciding(ada, recruiter, browse, value):
    client = browse(recruiter)
    for name in ("kind", "revision", "reason", "to_stage", "held_until", "held_until_day", "screening", "evidence"):
        fields = form(ada, "reject", reason="level_too_low", evidence="score:score", note=value, **{})
        response = client.post(f"/applications/{ada.pk}/decide", {**fields, name: value})
        assert response.status_code in (302, 409, 422), name
        if response.status_code == 302:
            client.post(f"/decisions/{Decision.objects.latest('pk').pk}/undo")
    undone = client.post(f"/decisions/{act(recruiter, ada, DecisionKind.ADVANCE).pk}/undo", {"back": value})
    assert undone.status_code in (302, 204, 200)


def test_numbers_beyond_any_row_are_not_found(ada, recruiter, browse):
    client = browse(recruiter)
    for number in (0, 2**31, 2**63, 10**30):
        assert client.get(f"/jobs/{number}/review/").status_code == 404
        assert client.get(f"/applications/{number}/").status_code == 404
        assert client.post(f"/applications/{number}/decide").status_code == 404
        assert client.post(f"/decisions/{number}/undo").status_code == 404


def test_decisions_are_only_posted(ada, recruiter, browse):
    client = browse(recruiter)
    assert client.get(f"/applications/{ada.pk}/decide").status_code == 405
    assert client.get("/decisions/1/undo").status_code == 405
    assert client.post(f"/applications/{ada.pk}/").status_code == 405


def test_names_notes_and_quotes_are_escaped(job, recruiter, browse):
    evil = screened(job, "<img src=x onerror=alert(1)>", lines=["Deployed <script>alert(1)</script> to 4M users."])
    act(recruiter, evil, DecisionKind.HOLD, held_until=LATER, note="<b>bold</b>")
    client = browse(recruiter)
    for path in (
        f"/jobs/{job.pk}/review/?at={evil.pk}",
        f"/applications/{evil.pk}/",
        f"/applications/{evil.pk}/?tab=history",
        f"/applications/{evil.pk}/?tab=documents",
    ):
        page = text_of(client.get(path))
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "<b>bold" not in page


def test_an_empty_queue_says_what_to_do_next(job, recruiter, browse):
    client = browse(recruiter)
    assert "All reviewed" in text_of(client.get(f"/jobs/{job.pk}/review/"))
    narrowed = text_of(client.get(f"/jobs/{job.pk}/review/?q=cobol"))
    assert "Nobody here" in narrowed
    assert "Show everyone to review" in narrowed


def test_the_next_candidate_takes_the_same_few_queries_however_many_wait(job, recruiter, browse):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse(recruiter)
    ada = screened(job, "Ada Byron")
    counts = []
    for more in (1, 60):
        apply_many(job, [50.0] * more)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/jobs/{job.pk}/review/?at={ada.pk}", headers=HTMX)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 18


def test_caches_keep_the_panes_and_the_whole_page_apart(ada, job, recruiter, browse):
    client = browse(recruiter)
    whole, panes = client.get(f"/jobs/{job.pk}/review/"), client.get(f"/jobs/{job.pk}/review/", headers=HTMX)
    assert "HX-Request" in whole.headers["Vary"]
    assert "<html" in text_of(whole)
    assert "<html" not in text_of(panes)
    assert 'id="review"' in text_of(panes)


def test_an_applicant_without_a_document_can_be_looked_at_and_decided_on(job, recruiter, browse):
    bare = apply(job, "No Papers")
    page = text_of(browse(recruiter).get(f"/jobs/{job.pk}/review/?at={bare.pk}"))
    assert "No document came with this application." in page
    assert "How to reach this person" in page
    response = decide_at(
        browse(recruiter), bare, "reject", reason="not_a_real_application", evidence="no_document:none"
    )
    assert response.status_code == 302


def test_the_held_can_be_resumed_from_the_page(ada, recruiter, browse):
    hold(recruiter, ada, LATER)
    page = text_of(browse(recruiter).get(f"/applications/{ada.pk}/"))
    assert "Resume" in page
    decide_at(browse(recruiter), ada, "resume")
    assert state(ada)["status"] == "active"


def test_a_resume_that_was_not_read_yet_counts_no_must_haves(job, recruiter, browse):
    apply(job, "Not Read", screening_state=ScreeningState.WAITING)
    page = text_of(browse(recruiter).get(f"/jobs/{job.pk}/review/"))
    assert "not read yet" in page
    assert "0 of 0 must-haves" not in page
