"""Every page of the product in a real browser, on a phone and at a desk, in the light and in the dark."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import Tab
from tests.tabs import has_settled

pytestmark = pytest.mark.e2e

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DARK = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

# Name: address, who opens it, the status it answers with. Braces are filled in by `places`.
PAGES: dict[str, tuple[str, str | None, int]] = {
    "jobs": ("/jobs/", "recruiter", 200),
    "jobs, none closed": ("/jobs/?show=closed", "recruiter", 200),
    "job": ("/jobs/{job}/", "recruiter", 200),
    "job, nobody matches": ("/jobs/{job}/?q=zzzzzz", "recruiter", 200),
    "job, read by an interviewer": ("/jobs/{job}/", "interviewer", 200),
    "review queue": ("/jobs/{job}/review/", "recruiter", 200),
    "review queue, as text": ("/jobs/{job}/review/?view=text", "recruiter", 200),
    "review queue, an interviewer's": ("/jobs/{job}/review/", "interviewer", 200),
    "application": ("/applications/{first}/", "recruiter", 200),
    "application, documents": ("/applications/{first}/?tab=documents", "recruiter", 200),
    "application, history": ("/applications/{first}/?tab=history", "recruiter", 200),
    "application, other jobs": ("/applications/{first}/?tab=other", "recruiter", 200),
    "application, needs a person": ("/applications/{last}/", "recruiter", 200),
    "comparison": ("/jobs/{job}/compare?a={first}&a={second}&a={third}", "manager", 200),
    "shortlist": ("/jobs/{job}/shortlist", "manager", 200),
    "edit of a job": ("/jobs/{job}/edit", "recruiter", 200),
    "team": ("/jobs/{job}/team", "recruiter", 200),
    "new job, choosing a role": ("/jobs/new", "recruiter", 200),
    "new job": ("/jobs/new?role=ml-engineer", "recruiter", 200),
    "new import": ("/jobs/{job}/import/", "recruiter", 200),
    "import, done": ("/imports/{done}/", "recruiter", 200),
    "import, draft": ("/imports/{draft}/", "recruiter", 200),
    "roles": ("/roles/", "recruiter", 200),
    "role": ("/roles/ml-engineer/", "recruiter", 200),
    "new role": ("/roles/new", "recruiter", 200),
    "edit of a role": ("/roles/ml-engineer/edit", "recruiter", 200),
    "candidates": ("/candidates/", "recruiter", 200),
    "candidates, searched": ("/candidates/?q=kubernetes", "recruiter", 200),
    "define": ("/define/", "manager", 200),
    "define, an approver's": ("/define/", "approver", 200),
    "requests": ("/requisitions/", "recruiter", 200),
    "new request": ("/requisitions/new", "manager", 200),
    "request, to be approved": ("/requisitions/{request}/", "approver", 200),
    "request, a draft": ("/requisitions/{draft_request}/", "manager", 200),
    "request, its words": ("/requisitions/{draft_request}/edit", "manager", 200),
    "request, its people": ("/requisitions/{draft_request}/people", "manager", 200),
    "hiring brief": ("/requisitions/{request}/brief", "manager", 200),
    "band of a job": ("/jobs/{job}/band", "recruiter", 200),
    "readiness": ("/readiness/", "manager", 200),
    "readiness, beginning": ("/readiness/new", "manager", 200),
    "readiness, a result": ("/readiness/{assessment}/", "manager", 200),
    "readiness, one's own sheet": ("/readiness/{assessment}/answer", "interviewer", 200),
    "problem to describe": ("/roles/compile", "manager", 200),
    "problem to describe, for a request": ("/roles/compile?for={draft_request}", "manager", 200),
    "problems described": ("/roles/intakes/", "manager", 200),
    "problem described": ("/roles/intakes/{intake}/", "manager", 200),
    "pay": ("/market/?family=ml-engineer&level=senior&place=US&low=150000&high=190000", "manager", 200),
    "pay, thin": ("/market/?family=mlops-engineer&level=junior&place=TH", "manager", 200),
    "pay, for a request": ("/market/?for={request}", "manager", 200),
    "bands": ("/market/bands/", "manager", 200),
    "band": ("/market/bands/{band}/", "manager", 200),
    "own offers": ("/market/own/", "recruiter", 200),
    "cost": ("/market/cost/", "manager", 200),
    "cost, kept": ("/market/cost/{scenario}/", "manager", 200),
    "hiring model": ("/market/model/", "manager", 200),
    "hiring model, chosen": ("/market/model/{comparison}/", "manager", 200),
    "adverts": ("/adverts/", "manager", 200),
    "advert": ("/adverts/{advert}/", "manager", 200),
    "advert, beginning": ("/adverts/new", "manager", 200),
    "advert, as it will look": ("/adverts/{advert}/preview", "manager", 200),
    "advert, before it goes out": ("/adverts/{advert}/publish", "manager", 200),
    "advert, any": ("/adverts/check", "manager", 200),
    "facts": ("/facts/", "interviewer", 200),
    "careers": ("/careers/", None, 200),
    "careers, one": ("{public}", None, 200),
    "careers, applying": ("{public}apply", None, 200),
    "a candidate's page, forged": ("/status/nobody/", None, 404),
    "a candidate's page, a new link": ("/status/link", None, 200),
    "inbox": ("/inbox/", "manager", 200),
    "inbox, everything": ("/inbox/?whose=all", "recruiter", 200),
    "inbox, an interviewer's": ("/inbox/", "interviewer", 200),
    "palette": ("/go?q=ml", "recruiter", 200),
    "board": ("/jobs/{job}/board", "recruiter", 200),
    "board, an interviewer's": ("/jobs/{job}/board", "interviewer", 200),
    "stages of a job": ("/jobs/{job}/stages", "recruiter", 200),
    "clocks of a job": ("/jobs/{job}/clocks", "recruiter", 200),
    "application form of a job": ("/jobs/{job}/form", "recruiter", 200),
    "interview plan": ("/jobs/{job}/interviews", "recruiter", 200),
    "planned interview": ("/planned-interviews/{planned}/", "recruiter", 200),
    "planned interview, new": ("/jobs/{job}/interviews/new", "recruiter", 200),
    "application, interviews": ("/applications/{talked}/interviews", "manager", 200),
    "application, arranging": ("/applications/{talked}/interviews/new", "recruiter", 200),
    "application, messages": ("/applications/{talked}/messages", "recruiter", 200),
    "application, what happened": ("/applications/{talked}/?tab=history", "recruiter", 200),
    "application, evidence of interviews": ("/applications/{talked}/", "manager", 200),
    "interviews of one's own": ("/interviews/", "interviewer", 200),
    "kit": ("/interviews/{interview}/", "interviewer", 200),
    "scorecard": ("/interviews/{owed}/scorecard", "manager", 200),
    "questions": ("/questions/", "interviewer", 200),
    "question": ("/questions/{question}/", "interviewer", 200),
    "messages": ("/messages/", "recruiter", 200),
    "templates": ("/settings/templates/", "recruiter", 200),
    "template": ("/settings/templates/rejection/", "recruiter", 200),
    "no contact": ("/settings/no-contact/", "recruiter", 200),
    "sending": ("/settings/sending/", "recruiter", 200),
    "signature": ("/account/signature/", "recruiter", 200),
    "clocks": ("/clocks/", "recruiter", 200),
    "clocks, listed": ("/clocks/list", "recruiter", 200),
    "calendars": ("/settings/calendars/", "admin", 200),
    "office, new": ("/settings/calendars/new", "admin", 200),
    "limits": ("/settings/limits/", "admin", 200),
    "requests of candidates": ("/requests/", "recruiter", 200),
    "request of a candidate": ("/requests/{wish}", "recruiter", 200),
    "duplicates": ("/candidates/duplicates", "recruiter", 200),
    "a human being": ("/candidates/{human}/", "recruiter", 200),
    "people": ("/people/", "admin", 200),
    "person": ("/people/{person}/", "admin", 200),
    "account": ("/account/", "interviewer", 200),
    "second factors": ("/accounts/2fa/", "interviewer", 200),
    "password": ("/accounts/password/change/", "interviewer", 200),
    "signing out": ("/accounts/logout/", "interviewer", 200),
    "settings": ("/settings/", "admin", 200),
    "audit": ("/audit/", "admin", 200),
    "sign-in": ("/accounts/login/", None, 200),
    "forgotten password": ("/accounts/password/reset/", None, 200),
    "invitation": ("{invitation}", None, 200),
    "invitation, used up": ("/invitations/nobody/", None, 410),
    "no such page": ("/jobs/999999/", "recruiter", 404),
    "not for this role": ("/audit/", "recruiter", 403),
}


@pytest.fixture(scope="session")
def places() -> dict[str, str]:
    """Ids that the addresses need, found once by clicking through."""
    return {}


def fill_in(places: dict[str, str], desk: Callable[..., Tab]) -> dict[str, str]:
    """Find, as a person would, a job with its applicants and imports, a colleague, and a fresh invitation."""
    if places:
        return places
    tab = desk("recruiter")
    tab.go("/jobs/")
    jobs = sorted(_ids(tab, "a[href^='/jobs/']", r"^/jobs/(\d+)/$"), key=int)
    tab.go(f"/jobs/{jobs[0]}/")
    applications = _ids(tab, "a.row-link", r"^/applications/(\d+)/")
    tab.go(f"/jobs/{jobs[0]}/import/")
    imports = sorted(_ids(tab, "a[href^='/imports/']", r"^/imports/(\d+)/"), key=int)
    admin = desk("admin")
    admin.go("/people/")
    people = _ids(admin, "a.row-link", r"^/people/(\d+)/")
    found = {"job": jobs[0], "first": applications[0], "second": applications[1], "third": applications[2]}
    found |= {"last": applications[-1], "done": imports[0], "draft": imports[-1], "person": people[-1]}
    places.update(found, invitation=new_invitation(admin, "page@new.example"))
    places.update(find_desks(desk("manager")))
    places.update(find_talks(desk, job=jobs[0]))
    return places


def find_talks(desk: Callable[..., Tab], *, job: str) -> dict[str, str]:
    """Find what the demo's people have talked about: interviews, a card that is owed, what a candidate asked for."""
    interviewer, manager, recruiter = desk("interviewer"), desk("manager"), desk("recruiter")
    interviewer.go("/interviews/")
    manager.go("/interviews/")
    found = {
        "interview": _ids(interviewer, "a[href^='/interviews/']", r"^/interviews/(\d+)/$")[0],
        "owed": _ids(manager, "a[href^='/interviews/']", r"^/interviews/(\d+)/scorecard$")[0],
    }
    manager.go(f"/interviews/{found['owed']}/")
    found["talked"] = _ids(manager, "a[href^='/applications/']", r"^/applications/(\d+)/")[0]
    lists = {
        "planned": (f"/jobs/{job}/interviews", r"^/planned-interviews/(\d+)/"),
        "question": ("/questions/", r"^/questions/([\w-]+)/$"),
        "wish": ("/requests/", r"^/requests/(\d+)$"),
        "human": (f"/applications/{found['talked']}/?tab=other", r"^/candidates/(\d+)/$"),
    }
    for name, (address, pattern) in lists.items():
        recruiter.go(address)
        found[name] = _ids(recruiter, "a[href]", pattern)[0]
    return found


def find_desks(tab: Tab) -> dict[str, str]:
    """Find what the demo's manager has made at the desks: two requests, and for one of them a result of each desk."""
    tab.go("/define/")
    requests = sorted(_ids(tab, "a[href^='/requisitions/']", r"^/requisitions/(\d+)/"), key=int)
    found = {"request": requests[0], "draft_request": requests[-1]}
    lists = {
        "assessment": ("/readiness/", r"^/readiness/(\d+)/"),
        "intake": ("/roles/intakes/", r"^/roles/intakes/(\d+)/"),
        "band": ("/market/bands/", r"^/market/bands/(\d+)/"),
        "scenario": ("/market/cost/", r"^/market/cost/(\d+)/"),
        "comparison": ("/market/model/", r"^/market/model/(\d+)/"),
        "advert": ("/adverts/", r"^/adverts/(\d+)/"),
        "public": ("/careers/", r"^(/careers/[\w-]+/)$"),
    }
    for name, (address, pattern) in lists.items():
        tab.go(address)
        found[name] = sorted(_ids(tab, "a[href]", pattern))[0]
    return found


def new_invitation(admin: Tab, email: str) -> str:
    """Invite somebody as an administrator and return the path of the link."""
    admin.go("/people/")
    admin.page.get_by_role("button", name="Invite").click()
    admin.page.get_by_label("E-mail").fill(email)
    admin.page.get_by_role("button", name="Make the link").click()
    return str(admin.page.get_by_label("The link").input_value()).removeprefix(admin.address)


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_opens_without_complaint_and_reads_well_for_everybody(
    name: str, width: int, desk: Callable[..., Tab], places: dict[str, str]
) -> None:
    address, role, status = PAGES[name]
    path = address.format_map(fill_in(places, desk))
    tab = desk(role, width=width)
    if status >= 400:
        tab.forgive(status)
    assert tab.go(path) == status
    has_settled(tab.page)
    tab.page.evaluate(AXE)
    assert _findings(tab, {"type": "tag", "values": TAGS}) == []
    assert tab.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "sticks out sideways"
    tab.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert _findings(tab, DARK) == []


def test_on_a_phone_the_section_that_is_open_stands_in_view(desk: Callable[..., Tab], places: dict[str, str]) -> None:
    path = PAGES["clocks of a job"][0].format_map(fill_in(places, desk))
    tab = desk("recruiter", width=390)
    tab.go(path)
    sections = tab.page.get_by_role("navigation", name="Sections of this job")
    expect(sections.get_by_role("link", name="Clocks")).to_be_in_viewport(ratio=0.9)
    assert tab.page.evaluate("scrollY") == 0


def test_the_letters_of_the_demo_are_signed_by_its_company(desk: Callable[..., Tab], places: dict[str, str]) -> None:
    path = PAGES["application, messages"][0].format_map(fill_in(places, desk))
    tab = desk("manager")
    tab.go(path)
    letter = tab.page.locator("li.letter").filter(has_text="we would like to talk with you").first
    expect(letter).to_contain_text("Demo, invented")
    expect(letter).not_to_contain_text("Your organisation")


def _ids(tab: Tab, selector: str, pattern: str) -> list[str]:
    links = tab.page.locator(selector).evaluate_all("links => links.map(link => link.getAttribute('href'))")
    found = [match.group(1) for link in links if (match := re.match(pattern, link))]
    return list(dict.fromkeys(found))


def _findings(tab: Tab, run_only: dict[str, object]) -> list[object]:
    found = tab.page.evaluate("runOnly => axe.run(document, {runOnly})", run_only)
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]]
