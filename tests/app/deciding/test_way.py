"""From one candidate to the next: in the order and with the filter of the list that their page was opened from."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.app.pipeline.cast import advance, apply, make_job

from assay.app.pipeline.models import Application, Job, Stage

TABS = ("", "?tab=documents", "?tab=history", "?tab=other", "interviews", "messages")


@pytest.fixture
def four(job: Job) -> list[Application]:
    return [apply(job, name, score=score) for name, score in (("Ada", 90), ("Bo", 80), ("Cy", 70), ("Di", 60))]


def way(page: str) -> dict[str, str]:
    """Read the previous and the next candidate and the way back from a page."""
    if "candidate-way" not in page:
        return {}
    part = page[page.index('<nav class="candidate-way"') :]
    part = part[: part.index("</nav>")]
    found = {key: unescape(href) for href, key in re.findall(r'href="([^"]+)" data-key="([jk])"', part)}
    back = re.search(r'<a href="([^"]+)"><svg', part)
    assert back is not None
    place = re.search(r'<span class="muted">([^<]+)</span>', part)
    return {**found, "back": unescape(back[1]), "place": place[1] if place else ""}


def links_to(page: str, application: Application) -> str:
    """Return the address that a list gives for an application."""
    found = re.search(rf'href="(/applications/{application.pk}/[^"]*)"', page)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize("view", ["?view=table&sort=score", "?view=board&sort=score", "?view=stages&sort=score"])
def test_every_list_leads_through_its_candidates_in_its_own_order(view, job, four, recruiter, browse):
    client = browse(recruiter)
    at = links_to(client.get(f"/jobs/{job.pk}/{view}").content.decode(), four[3])
    seen = []
    while at:
        here = way(client.get(at).content.decode())
        seen.append((int(at.split("/")[2]), here["place"]))
        at = here.get("j", "")
    assert seen == [(one.pk, f"{number} of 4") for number, one in enumerate(reversed(four), 1)]
    assert int(here["k"].split("/")[2]) == four[1].pk
    back = client.get(here["back"].split("#")[0])
    assert back.status_code == 200
    assert "Ada" in back.content.decode()


def test_a_column_of_the_board_leads_through_its_own_cards_alone(job, four, recruiter, browse):
    advance(four[1])
    client = browse(recruiter)
    board = client.get(f"/jobs/{job.pk}/board?sort=-score").content.decode()
    here = way(client.get(links_to(board, four[0])).content.decode())
    assert int(here["j"].split("/")[2]) == four[2].pk
    assert here["place"] == "1 of 3"
    assert here["back"].endswith(f"#stage-{four[0].stage_id}")
    alone = way(client.get(links_to(board, four[1])).content.decode())
    assert set(alone) == {"back", "place"}


def test_the_queue_leads_to_profiles_in_its_order_and_back_to_where_one_was(job, four, recruiter, browse):
    client = browse(recruiter)
    queue = client.get(f"/jobs/{job.pk}/review/?order=oldest&at={four[1].pk}").content.decode()
    here = way(client.get(links_to(queue, four[1])).content.decode())
    assert int(here["k"].split("/")[2]) == four[0].pk
    assert int(here["j"].split("/")[2]) == four[2].pk
    assert here["place"] == "2 of 4"
    assert here["back"] == f"/jobs/{job.pk}/review/?order=oldest&at={four[1].pk}"


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_goes_on_to_the_same_tab_and_its_tabs_keep_the_list(tab, job, four, recruiter, browse):
    client = browse(recruiter)
    came = "from=" + quote("list:view=table", safe="")
    page = client.get(f"/applications/{four[1].pk}/{tab}{'&' if '?' in tab else '?'}{came}").content.decode()
    here = way(page)
    own = f"?{tab[1:]}&" if "?" in tab else f"{tab}?"
    assert here["j"] == f"/applications/{four[2].pk}/{own}from=list%3Aview%3Dtable"
    assert client.get(here["j"]).status_code == 200
    tabs = re.findall(rf'href="(/applications/{four[1].pk}/[^"]*from=list%3Aview%3Dtable)"', page)
    assert len(set(tabs)) >= 6


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "list",
        "list:",
        "list:view=nonsense",
        "list:view=table&evil=1",
        "list:sort=-score&view=table",
        "https://elsewhere.example/",
        "//elsewhere.example",
        "queue:show=nonsense",
        "queue:at=1",
        "column-0:view=board",
        "column-99999999999999999999:view=board",
        "list.!!!:view=table",
        "list:view=table\n",
        "list:" + "a" * 5000,
        "\0",
        "<script>",
    ],
)
def test_a_forged_list_is_as_none(forged, four, recruiter, browse):
    for tab in ("", "interviews", "messages"):
        page = browse(recruiter).get(f"/applications/{four[0].pk}/{tab}?from={quote(forged, safe='')}")
        assert page.status_code == 200
        assert way(page.content.decode()) == {}


def test_a_list_never_leads_into_another_job(job, four, recruiter, browse):
    other = make_job(recruiter, title="Other", is_confidential=True)
    stranger = apply(other, "Stranger", score=85)
    stage = Stage.objects.filter(job=other).first()
    assert stage is not None
    for came in ("list:view=table&status=any", f"column-{stage.pk}:view=board", f"list:view=table&stage={stage.pk}"):
        page = browse(recruiter).get(f"/applications/{four[0].pk}/?from={quote(came, safe='')}").content.decode()
        assert f"/applications/{stranger.pk}/" not in page
        assert way(page).get("j", "") in ("", f"/applications/{four[1].pk}/?from={quote(came, safe='')}")


def test_after_a_decision_the_next_one_is_the_one_who_stood_there_though_the_clock_has_changed(
    job, four, recruiter, browse
):
    for hours, one in enumerate(four):
        Application.objects.filter(pk=one.pk).update(due_at=timezone.now() + timedelta(hours=hours - 9))
    client = browse(recruiter)
    came = quote("list:view=table&sort=clock", safe="")
    page = client.get(f"/applications/{four[1].pk}/?from={came}").content.decode()
    kept = unescape(page[page.index('name="from" value="') :].split('"')[3])
    fields = {"kind": "advance", "revision": four[1].revision, "back": "", "from": kept}
    done = client.post(f"/applications/{four[1].pk}/decide", fields)
    Application.objects.filter(pk=four[1].pk).update(due_at=timezone.now() + timedelta(days=30))
    here = way(client.get(done["Location"]).content.decode())
    assert int(here["k"].split("/")[2]) == four[0].pk
    assert here["j"] == f"/applications/{four[2].pk}/?from={came}"


def test_who_left_the_list_by_a_decision_is_said_to_be_no_longer_in_it_and_the_next_is_at_hand(
    job, four, recruiter, browse
):
    client = browse(recruiter)
    came = quote("list:view=table&waiting=review", safe="")
    fields = {"kind": "advance", "revision": four[0].revision, "back": "", "from": "list:view=table&waiting=review"}
    done = client.post(f"/applications/{four[0].pk}/decide", fields)
    here = way(client.get(done["Location"]).content.decode())
    assert here["place"] == "no longer in it"
    assert here["j"] == f"/applications/{four[1].pk}/?from={came}"


def test_a_form_that_says_nothing_of_the_list_comes_back_to_a_page_that_still_knows_it(four, recruiter, browse):
    client = browse(recruiter)
    before = f"http://testserver/applications/{four[0].pk}/messages?from={quote('list:view=table', safe='')}"
    bare = f"/applications/{four[0].pk}/"
    assert "j" in way(client.get(bare, headers={"Referer": before}).content.decode())
    for elsewhere in (
        before.replace("testserver", "elsewhere.example"),
        before.replace(f"/applications/{four[0].pk}/", f"/applications/{four[1].pk}/"),
        "http://[broken",
        "x" * 9000,
    ):
        assert way(client.get(bare, headers={"Referer": elsewhere}).content.decode()) == {}


@pytest.mark.parametrize(("came", "most"), [("list:view=table", 1), ("list:view=table&q=ada", 2), ("queue:", 2)])
def test_the_way_costs_two_statements_at_most_however_many_are_listed(came, most, job, four, recruiter, browse):
    client = browse(recruiter)
    counts = []
    for query in ("", f"?from={quote(came, safe='')}"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/applications/{four[0].pk}/{query}")
        counts.append(len(asked))
    assert counts[1] - counts[0] <= most
