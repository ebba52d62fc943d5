"""The pages of requisitions: one page to approve from, forms that lose nothing, the list, the path."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.app.pipeline.cast import approve_band, make_job, set_band
from tests.app.requisitions.cast import approve, make_requisition, submit

from assay.app.pipeline.models import Job
from assay.app.requisitions import listing
from assay.app.requisitions.actions.drafts import edit_requisition
from assay.app.requisitions.listing import list_requisitions, list_waiting
from assay.app.requisitions.models import ApprovalVerdict, Requisition
from assay.app.requisitions.path import path_bar
from assay.app.requisitions.queries import get_requisition
from assay.app.requisitions.standing import find_standings
from assay.app.requisitions.steps import StepState
from assay.core.requisitions.draft import RequisitionDraft
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
FORM = {
    "title": "Arrival times",
    "problem": "They are wrong.",
    "headcount": "2",
    "reason": "backfill",
    "budget": "300 000",
    "currency": "eur",
    "readiness_gate": "off",
    "revision": "1",
}


def test_an_approver_finds_it_waiting_and_approves_in_one_click(browse: Browse, manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    desk = browse(lead)
    assert "Waiting for you" in desk.get("/define/").content.decode()
    page = desk.get(f"/requisitions/{row.pk}/").content.decode()
    for seen in (row.code, "passengers leave", "EUR 80,000 to 100,000", "Machine learning engineer", "fits the budget"):
        assert seen.lower() in page.lower()
    facts = get_requisition(actor=lead, requisition_id=row.pk).facts_hash
    assert f'value="{facts}"' in page
    answer = desk.post(f"/requisitions/{row.pk}/verdict", {"kind": "approve", "facts": facts})
    assert answer.status_code == 302
    assert Requisition.objects.get(pk=row.pk).status == "approved"
    assert "Waiting for you" not in desk.get("/define/").content.decode()


def test_sending_back_without_a_reason_is_asked_for_on_the_page(browse: Browse, manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    facts = submit(row, manager)
    answer = browse(lead).post(f"/requisitions/{row.pk}/verdict", {"kind": "send_back", "facts": facts})
    assert answer.status_code == 422 and "Say what has to change" in answer.content.decode()


@pytest.mark.parametrize("kind", [None, "", "yes", "APPROVE"])
def test_a_word_that_is_neither_yes_nor_no_approves_nothing(
    browse: Browse, manager: User, lead: User, kind: str | None
) -> None:
    row = make_requisition(manager, lead)
    form = {"facts": submit(row, manager)} | ({"kind": kind} if kind is not None else {})
    answer = browse(lead).post(f"/requisitions/{row.pk}/verdict", form)
    assert answer.status_code == 422 and "Say whether you approve it" in answer.content.decode()
    assert browse(manager).post(f"/requisitions/{row.pk}/verdict", form).status_code == 403
    assert not ApprovalVerdict.objects.exists()


def test_who_is_not_asked_sees_no_button_to_approve(browse: Browse, manager: User, lead: User, finance: User) -> None:
    row = make_requisition(manager, lead, finance)
    submit(row, manager)
    assert 'value="approve"' not in browse(finance).get(f"/requisitions/{row.pk}/").content.decode()
    assert 'value="approve"' not in browse(manager).get(f"/requisitions/{row.pk}/").content.decode()


def test_a_draft_lists_what_is_missing_with_the_way_there(browse: Browse, manager: User) -> None:
    browse(manager).post("/requisitions/new", {"problem": "Arrival times are wrong."})
    row = Requisition.objects.get()
    page = browse(manager).get(f"/requisitions/{row.pk}/").content.decode()
    assert "5 things to settle" in page
    for address in (f"/market/?for={row.pk}", f"/requisitions/{row.pk}/people", f"/requisitions/{row.pk}/edit"):
        assert f'href="{address}"' in page
    assert "Submit for approval" not in page


def test_a_form_saved_reads_money_and_currency_as_people_write_them(browse: Browse, manager: User) -> None:
    row = make_requisition(manager)
    answer = browse(manager).post(f"/requisitions/{row.pk}/edit", FORM)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.budget, row.currency, row.headcount, row.reason) == (300_000, "EUR", 2, "backfill")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"budget": "lots"}, "one sum of money"),
        ({"budget": "-5"}, "above 0"),
        ({"headcount": "0"}, "Between 1 and 200"),
        ({"headcount": "upside down"}, "Between 1 and 200"),
        ({"currency": "euros"}, "three letters"),
        ({"needed_by": "2020-01-01"}, "has passed"),
        ({"needed_by": "soon"}, "Write the day"),
        ({"title": " "}, "title of 1 to 200"),
        ({"problem": "x" * 20_000}, "At most 10,000"),
        ({"reason": "whim"}, "Choose one"),
        ({"readiness_gate": ""}, "Choose one"),
    ],
)
def test_a_form_that_cannot_be_saved_comes_back_as_it_was_typed(
    browse: Browse, manager: User, change: dict[str, str], said: str
) -> None:
    row = make_requisition(manager)
    answer = browse(manager).post(f"/requisitions/{row.pk}/edit", {**FORM, "team": "<script>Ops", **change})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert "&lt;script&gt;Ops" in page and "<script>Ops" not in page


def test_two_who_edit_at_once_see_both_versions(browse: Browse, manager: User) -> None:
    row = make_requisition(manager)
    theirs = RequisitionDraft("Theirs", problem="They are wrong.", headcount=2)
    edit_requisition(actor=manager, requisition_id=row.pk, draft=theirs, seen_revision=1)
    answer = browse(manager).post(f"/requisitions/{row.pk}/edit", {**FORM, "title": "Mine"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page and 'value="Mine"' in page and 'name="revision" value="2"' in page
    assert browse(manager).post(f"/requisitions/{row.pk}/edit", {**FORM, "revision": "2"}).status_code == 302


def test_approvers_are_named_on_the_form_in_the_steps_of_a_plan(
    browse: Browse, manager: User, lead: User, finance: User
) -> None:
    row = make_requisition(manager)
    desk = browse(manager)
    assert "People team" in desk.get(f"/requisitions/{row.pk}/people?plan=with-people").content.decode()
    form = {
        "revision": "1",
        "plan": "one",
        "user_1": str(manager.pk),
        "seat_1": "owner",
        "step_1_key": "approver",
        "step_1_needed": "2",
        "step_1_person": [str(lead.pk), ""],
    }
    answer = desk.post(f"/requisitions/{row.pk}/people", form)
    assert answer.status_code == 422 and "2 of 1 people cannot approve" in answer.content.decode()
    form["step_1_person"] = [str(lead.pk), str(finance.pk)]
    assert desk.post(f"/requisitions/{row.pk}/people", form).status_code == 302
    assert set(row.steps.get().places.values_list("user_id", flat=True)) == {lead.pk, finance.pk}
    assert set(row.members.filter(seat="approver").values_list("user_id", flat=True)) == {lead.pk, finance.pk}


def test_a_comment_is_shown_as_text(browse: Browse, manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    desk = browse(lead)
    desk.post(f"/requisitions/{row.pk}/comment", {"text": "<b>Why</b> two?\0"})
    assert "&lt;b&gt;Why&lt;/b&gt; two?" in desk.get(f"/requisitions/{row.pk}/").content.decode()


def test_the_list_filters_by_state_and_marks_what_has_lapsed(browse: Browse, manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    desk = browse(manager)
    assert row.code in desk.get("/requisitions/?show=approved").content.decode()
    assert row.code not in desk.get("/requisitions/?show=running").content.decode()
    set_band(row.pk, by=manager, high=150_000)
    assert "Approval lapsed" in desk.get("/requisitions/?show=all").content.decode()


def test_the_list_of_what_waits_holds_only_what_waits_whatever_changed_and_changed_back(
    browse: Browse, manager: User, lead: User
) -> None:
    lapsed, changed_back = make_requisition(manager, lead), make_requisition(manager, lead)
    for row in (lapsed, changed_back):
        submit(row, manager)
        set_band(row.pk, by=manager, high=150_000)
    set_band(changed_back.pk, by=manager)
    waiting = browse(manager).get("/requisitions/?show=waiting").content.decode()
    assert changed_back.code in waiting and lapsed.code not in waiting
    assert [one.code for one in list_waiting(actor=lead)] == [changed_back.code]
    running = {row.code: row.has_lapsed for row in list_requisitions(actor=manager).rows}
    assert running == {lapsed.code: True, changed_back.code: False}


def test_pages_of_what_waits_are_filled_past_what_does_not(manager: User, lead: User) -> None:
    rows = [make_requisition(manager, lead) for _ in range(5)]
    for row in rows:
        submit(row, manager)
    for row in rows[1:4]:
        Requisition.objects.filter(pk=row.pk).update(headcount=9)
    found, before = [], None
    while True:
        page = list_requisitions(actor=manager, only_waiting=True, before=before, limit=1)
        found += [row.id for row in page.rows]
        before = page.next_before
        if before is None:
            break
    assert found == [rows[4].pk, rows[0].pk]


def test_nobody_waits_unseen_behind_requests_that_ask_somebody_else(
    manager: User, lead: User, finance: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ROWS_AT_ONCE", 2)
    theirs = make_requisition(manager, lead, finance)
    submit(theirs, manager)
    approve(theirs, lead)
    for _ in range(4):
        submit(make_requisition(manager, lead, finance), manager)
    assert [one.id for one in list_waiting(actor=finance)] == [theirs.pk]
    assert len(list_waiting(actor=lead)) == 4


def test_one_request_is_read_in_a_bounded_number_of_queries(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    with CaptureQueriesContext(connection) as asked:
        find_standings(rows=list(Requisition.objects.select_related("role_version")))
    assert len(asked) - 1 <= 8
    with CaptureQueriesContext(connection) as asked:
        get_requisition(actor=lead, requisition_id=row.pk)
    assert len(asked) <= 26, len(asked)


@pytest.mark.parametrize("query", ["?show=nothing", "?before=abc", "?before=99999999999999999", "?show=me&before=-1"])
def test_an_odd_query_is_no_error_of_ours(browse: Browse, manager: User, query: str) -> None:
    assert browse(manager).get(f"/requisitions/{query}").status_code == 200


def test_the_list_asks_as_many_questions_for_many_as_for_few(browse: Browse, manager: User, lead: User) -> None:
    desk, counts = browse(manager), []
    for more in (1, 4):
        for _ in range(more):
            row = make_requisition(manager, lead)
            submit(row, manager)
            set_band(row.pk, by=manager, high=150_000)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get("/requisitions/?show=all").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_path_shows_what_is_done_and_what_comes_next(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    bar = path_bar(actor=manager, requisition_id=row.pk, at="market")
    states = {step.key: step.state for step in bar.steps}
    assert states["role"] is StepState.DONE and states["ready"] is StepState.OPEN
    assert states["market"] is not StepState.OPEN
    assert bar.next_step is not None and bar.next_step.key == "cost"
    assert all(f"for={row.pk}" in step.url for step in bar.steps if step.key != "approve")
    alone = path_bar(actor=manager, requisition_id=None, at="cost")
    assert [step.key for step in alone.steps] == ["ready", "role", "market", "cost", "model", "posting"]


def test_a_job_without_a_request_gets_one_from_its_page(browse: Browse, recruiter: User) -> None:
    job = make_job(recruiter, openings=3)
    desk = browse(recruiter)
    assert "Ask for approval of the band" in desk.get(f"/jobs/{job.pk}/band").content.decode()
    answer = desk.post(f"/jobs/{job.pk}/band/ask")
    row = Requisition.objects.get(job=job)
    assert answer["Location"] == f"/requisitions/{row.pk}/"
    assert (row.headcount, row.role_version_id, row.title) == (3, job.role_id, job.title)
    assert desk.post(f"/jobs/{job.pk}/band/ask")["Location"] == answer["Location"]


def test_the_job_says_that_interviews_may_start(browse: Browse, recruiter: User) -> None:
    job = make_job(recruiter)
    approve_band(job, recruiter)
    line = browse(recruiter).get(f"/jobs/{job.pk}/band", headers={"HX-Request": "true"}).content.decode()
    assert "Interviews may start" in line and "<html" not in line


def test_a_job_is_opened_from_the_page_once(browse: Browse, manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    desk = browse(manager)
    assert desk.post(f"/requisitions/{row.pk}/job", {"plan": "short"}).status_code == 422
    submit(row, manager)
    approve(row, lead)
    for _ in range(2):
        answer = desk.post(f"/requisitions/{row.pk}/job", {"plan": "short"})
        assert answer["Location"] == f"/jobs/{Job.objects.get().pk}/"
    codes = Job.objects.get().openings.values_list("code", flat=True)
    assert set(codes) == {f"REQ-{datetime.now(tz=UTC).year}-001-{number}" for number in (1, 2)}
