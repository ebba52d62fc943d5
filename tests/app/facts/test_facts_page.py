"""What the field says, as a page: open to everyone who signs in, searched in place, nothing of the search believed."""

import pytest
from django.test import Client

from assay.knowledge.facts.sheets import load_facts
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    user = User.objects.create_user("ines@assay.example", name="Ines", role=Role.INTERVIEWER)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_every_fact_at_its_own_anchor(role: Role) -> None:
    user = User.objects.create_user("sam@assay.example", name="Sam", role=role)
    client = Client()
    client.force_login(user)
    answer = client.get("/facts/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(page.count(f'<tr id="{fact}">') == 1 for fact in load_facts().by_id())


def test_who_is_not_signed_in_is_sent_to_sign_in() -> None:
    assert Client().get("/facts/").status_code == 302


def test_a_search_leaves_the_facts_that_have_every_word(browser: Client) -> None:
    page = browser.get("/facts/", {"q": "nearshore guide b"}).content.decode()
    assert '<tr id="F101">' in page
    assert '<tr id="F144">' not in page
    # The contradiction is not in the list any more, so its link leads to the whole page.
    assert 'href="/facts/#F162"' in page


def test_htmx_gets_the_list_alone(browser: Client) -> None:
    page = browser.get("/facts/", {"q": "F030"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert page.lstrip().startswith('<div id="fact-list"')
    assert "1 fact with" in page


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\0", "x" * 5000, "\u202eF030", "%' or 1=1"])
def test_an_odd_search_finds_nothing_and_breaks_nothing(browser: Client, text: str) -> None:
    answer = browser.get("/facts/", {"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
