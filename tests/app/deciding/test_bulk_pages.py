"""The pages of a move and of a decision about many: each path works by plain forms, and every refusal says why."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.app.deciding.acts import act
from tests.app.pipeline.cast import apply, make_job, screened

from assay.app.deciding.actions import bulk as bulk_actions
from assay.app.deciding.models import Bulk, Decision
from assay.app.pipeline.models import Application, Stage
from assay.core.deciding.bulk import BulkState
from assay.core.deciding.decision import DecisionKind

JSON = {"Accept": "application/json"}


def stage_at(job, position):
    return Stage.objects.get(job=job, position=position).pk


def choose(client, job, applications, kind="move", **more):
    back = f"/jobs/{job.pk}/?view=board"
    fields = {"kind": kind, "a": [one.pk for one in applications], "back": back, **more}
    return client.post(f"/jobs/{job.pk}/bulk", fields)


def test_a_card_dropped_in_a_column_is_moved_and_the_answer_says_how_to_take_it_back(job, recruiter, browse):
    ada, client = apply(job, "Ada"), browse(recruiter)
    answer = client.post(
        f"/applications/{ada.pk}/move", {"to_stage": stage_at(job, 2), "revision": 1}, headers=JSON
    ).json()
    assert (answer["message"], answer["stage_id"], answer["revision"]) == (
        "Ada: moved to Shortlist.",
        stage_at(job, 2),
        2,
    )
    assert Application.objects.get(pk=ada.pk).revision == 2
    back = client.post(answer["undo_url"], headers=JSON).json()
    assert (back["message"], back["stage_id"], back["revision"]) == ("Ada is back in New.", stage_at(job, 1), 3)


def test_a_move_costs_twenty_statements_with_the_sign_in_clocks_and_all(job, recruiter, browse):
    first, second, client = apply(job, "Ada"), apply(job, "Bo"), browse(recruiter)
    fields = {"to_stage": stage_at(job, 2), "revision": 1}
    client.post(f"/applications/{first.pk}/move", fields, headers=JSON)
    with CaptureQueriesContext(connection) as asked:
        client.post(f"/applications/{second.pk}/move", fields, headers=JSON)
    sent = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert Application.objects.get(pk=second.pk).revision == 2
    assert len(sent) <= 20, sent


def test_whoever_moves_a_card_second_is_told_who_was_faster_and_where_it_stands(job, recruiter, manager, browse):
    ada = apply(job, "Ada")
    act(manager, ada, DecisionKind.MOVE, to_stage_id=stage_at(job, 3))
    answer = browse(recruiter).post(
        f"/applications/{ada.pk}/move", {"to_stage": stage_at(job, 2), "revision": 1}, headers=JSON
    )
    said = answer.json()
    assert answer.status_code == 409
    assert said["message"].startswith("Hanna was faster: moved to Work sample.")
    assert (said["stage_id"], said["revision"]) == (stage_at(job, 3), 2)


def test_a_move_into_interviews_before_the_band_is_approved_leads_to_the_approval(job, recruiter, browse):
    ada = apply(job, "Ada")
    path, fields = f"/applications/{ada.pk}/move", {"to_stage": stage_at(job, 4), "revision": 1}
    answer = browse(recruiter).post(path, fields, headers=JSON)
    assert (answer.status_code, answer.json()["link"]["href"]) == (422, f"/jobs/{job.pk}/band")
    page = browse(recruiter).post(path, fields)
    assert page.status_code == 422
    assert f'href="/jobs/{job.pk}/band"' in page.content.decode()


def test_without_a_script_a_card_is_moved_on_a_page_of_its_own(job, recruiter, browse):
    ada, client = apply(job, "Ada"), browse(recruiter)
    page = client.get(f"/applications/{ada.pk}/move").content.decode()
    assert "Now in New." in page
    answer = client.post(
        f"/applications/{ada.pk}/move",
        {"to_stage": stage_at(job, 2), "revision": 1, "back": f"/jobs/{job.pk}/?view=board&q=x"},
    )
    made = Decision.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/?view=board&q=x&done={made.pk}"
    board = client.get(answer["Location"]).content.decode()
    assert "Ada: moved to Shortlist." in board
    assert f'action="/decisions/{made.pk}/take-back"' in board
    undone = client.post(f"/decisions/{made.pk}/take-back", headers={"HX-Request": "true"})
    assert undone["HX-Redirect"] == f"/jobs/{job.pk}/?view=board"
    act(recruiter, ada, DecisionKind.MOVE, to_stage_id=stage_at(job, 3))
    late = client.post(f"/decisions/{Decision.objects.get(kind='undo').pk}/take-back", headers={"HX-Request": "true"})
    assert "An undo is not undone" in late["HX-Trigger"]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/jobs/1/", "javascript:alert(1)", "\0"])
def test_a_forged_way_back_leads_to_the_board(job, recruiter, browse, back):
    ada = apply(job, "Ada")
    answer = browse(recruiter).post(
        f"/applications/{ada.pk}/move", {"to_stage": stage_at(job, 2), "revision": 1, "back": back}
    )
    assert answer["Location"].startswith(f"/jobs/{job.pk}/?view=board")


@pytest.mark.parametrize(
    "fields", [{}, {"revision": "x"}, {"revision": "1"}, {"revision": "1", "to_stage": "9" * 30}, {"to_stage": "\0"}]
)
def test_a_broken_move_is_refused_in_words(job, recruiter, browse, fields):
    ada = apply(job, "Ada")
    answer = browse(recruiter).post(f"/applications/{ada.pk}/move", fields, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["stage_id"] == stage_at(job, 1)
    assert not Decision.objects.exists()


def test_many_are_moved_from_a_list_with_a_preview_and_one_undo_in_the_news(job, recruiter, browse):
    rows, client = [apply(job, f"Applicant {n}") for n in range(3)], browse(recruiter)
    address = choose(client, job, rows)["Location"]
    page = client.get(address).content.decode()
    assert "3 applicants will move to Shortlist." in page
    answer = client.post(f"{address}start", {"to_stage": stage_at(job, 2)})
    bulk = Bulk.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/?view=board&bulk={bulk.pk}"
    board = client.get(answer["Location"]).content.decode()
    assert "3 moved to Shortlist." in board
    undo = re.search(r'action="([^"]+/undo)"', board)
    assert undo is not None
    answer = client.post(undo[1])
    assert "Taken back for 3." in client.get(answer["Location"]).content.decode()
    assert set(Application.objects.filter(job=job).values_list("stage_id", flat=True)) == {stage_at(job, 1)}


def test_the_page_of_a_rejection_shows_under_each_name_what_it_rests_on(job, recruiter, browse):
    strong, weak = screened(job, "Ada Byron"), screened(job, "Bo", lines=["Familiar with Kafka."])
    client = browse(recruiter)
    address = choose(client, job, [strong, weak], "reject")["Location"]
    page = client.get(address).content.decode()
    assert "2 applicants will be rejected." in page
    assert "not found in this document" in page
    refused = client.post(f"{address}start", {"note": "Kept words"})
    assert refused.status_code == 422
    assert "A rejection needs a reason" in refused.content.decode()
    assert "Kept words" in refused.content.decode()
    assert client.post(f"{address}start", {"reason": "level_too_low", "letter": "none"}).status_code == 302
    shown = page.split("rests-on")[1]
    for decision in Decision.objects.all():
        assert any(item["says"] in page for item in decision.evidence_shown if item["relied_on"])
    assert "not found" in shown or "Score" in shown


def test_the_result_names_who_was_left_alone_and_why(job, recruiter, manager, browse):
    ada, bo = apply(job, "Ada"), apply(job, "Bo")
    client = browse(recruiter)
    address = choose(client, job, [ada, bo])["Location"]
    act(manager, ada, DecisionKind.MOVE, to_stage_id=stage_at(job, 3))
    answer = client.post(f"{address}start", {"to_stage": stage_at(job, 2)})
    assert answer["Location"] == address
    page = client.get(address).content.decode()
    assert "1 moved to Shortlist. 1 was not: 1 changed by somebody else since." in page
    assert "Hanna was faster" in page


def test_a_large_one_shows_how_far_it_is_until_it_is_done(job, recruiter, browse, monkeypatch):
    monkeypatch.setattr(bulk_actions, "SMALL", 1)
    client = browse(recruiter)
    address = choose(client, job, [apply(job, f"A{n}") for n in range(3)])["Location"]
    client.post(f"{address}start", {"to_stage": stage_at(job, 2)})
    page = client.get(address).content.decode()
    assert f'hx-get="{address}"' in page
    assert "0 of 3" in page
    assert Bulk.objects.get().state == BulkState.RUNNING


def test_everybody_who_matches_is_chosen_by_the_filter_of_the_list(job, recruiter, browse):
    for n in range(4):
        apply(job, f"A{n}", score=90 if n else 10)
    client = browse(recruiter)
    address = choose(client, job, [], kind="hold", everyone="1", matching="view=table&min=50")["Location"]
    page = client.get(address).content.decode()
    assert "3 applicants will be put on hold." in page
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    client.post(f"{address}start", {"held_until_day": until})
    assert Application.objects.filter(job=job, status="held", held_until=until).count() == 3


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "move"},
        {"kind": "undo", "a": ["1"]},
        {"kind": "move", "a": ["x", "9" * 40, "\0"]},
        {"everyone": "1", "matching": "%%%", "kind": "nonsense"},
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_in_words(job, recruiter, browse, fields):
    apply(job, "Ada")
    client = browse(recruiter)
    answer = client.post(f"/jobs/{job.pk}/bulk", fields)
    assert answer["Location"] == f"/jobs/{job.pk}/?view=table"
    page = client.get(answer["Location"]).content.decode()
    assert "Nobody is chosen" in page or "cannot be decided" in page


def test_a_draft_of_another_job_or_person_does_not_exist(job, recruiter, manager, browse):
    address = choose(browse(recruiter), job, [apply(job, "Ada")])["Location"]
    bulk_id = address.rstrip("/").rpartition("/")[2]
    other = make_job(recruiter, title="Other")
    assert browse(recruiter).get(f"/jobs/{other.pk}/bulk/{bulk_id}/").status_code == 404
    assert browse(manager).get(address).status_code == 404
    assert browse(manager).post(f"{address}start", {"to_stage": "1"}).status_code == 404
    assert browse(recruiter).get(f"/jobs/{job.pk}/bulk/{2**70}/").status_code == 404


def test_the_ticked_are_compared_whoever_may_only_look(job, interviewer, browse):
    ids = [screened(job, "Ada").pk, screened(job, "Bo").pk]
    answer = browse(interviewer).post(f"/jobs/{job.pk}/compare-chosen", {"a": ids})
    assert answer["Location"] == f"/jobs/{job.pk}/compare?a={ids[0]}&a={ids[1]}"
    assert browse(interviewer).post(f"/jobs/{job.pk}/bulk", {"kind": "move", "a": ids}).status_code == 403
    page = browse(interviewer).get(f"/jobs/{job.pk}/board").content.decode()
    assert "Move to…" not in page
    assert 'value="reject"' not in page
