"""What goes wrong before a page is asked is still answered by a page of the house, with a way out."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from tests.access_matrix import list_routes

from assay.platform.accounts.models import User

WRITES = [f"/{route.route}" for route in list_routes() if not route.parameters]
START = '<a class="button is-primary" href="/">Go to the start page</a>'


@pytest.mark.django_db
def test_an_address_that_only_takes_a_form_says_so_when_it_is_opened(client: Client, admin: User) -> None:
    client.force_login(admin)
    refused = [address for address in WRITES if client.get(address).status_code == 405]
    assert "/inbox/put-off" in refused
    for address in refused:
        answer = client.get(address)
        assert "This address is no page" in answer.content.decode(), address
        assert START in answer.content.decode(), address


@pytest.mark.django_db
def test_whoever_came_from_a_page_of_ours_is_led_back_there_and_nowhere_else(client: Client, admin: User) -> None:
    client.force_login(admin)
    ours = client.get("/inbox/put-off", headers={"Referer": "http://testserver/inbox/?whose=all"}).content.decode()
    assert 'href="http://testserver/inbox/?whose=all">Back to where you were' in ours
    for address in ("https://elsewhere.example/", "javascript:alert(1)", "//elsewhere.example"):
        page = client.get("/inbox/put-off", headers={"Referer": address}).content.decode()
        assert "Back to where you were" not in page
        assert START in page


@pytest.mark.django_db
def test_a_script_that_asks_wrongly_gets_the_number_alone(client: Client, admin: User) -> None:
    client.force_login(admin)
    by_htmx = client.get("/inbox/put-off", headers={"HX-Request": "true"})
    for_data = client.get("/inbox/put-off", headers={"Accept": "application/json"})
    assert [(one.status_code, one.content) for one in (by_htmx, for_data)] == [(405, b""), (405, b"")]


@pytest.mark.django_db
def test_a_form_without_its_token_is_answered_by_a_page(admin: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    answer = client.post("/inbox/put-off", {"item": "x"})
    assert answer.status_code == 403
    assert "That form was open for too long" in answer.content.decode()


@pytest.mark.django_db
def test_more_than_a_form_may_hold_is_answered_by_a_page(client: Client, admin: User) -> None:
    client.force_login(admin)
    answer = client.post("/inbox/put-off", {"item": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    long_text = client.post(
        "/inbox/put-off",
        "item=" + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        content_type="application/x-www-form-urlencoded",
    )
    for one in (answer, long_text):
        assert one.status_code == 413
        assert "That is too much at once" in one.content.decode()
        assert START in one.content.decode()


@pytest.mark.django_db
def test_signing_in_too_often_is_answered_by_a_page(client: Client) -> None:
    cache.clear()
    answers = [client.post("/accounts/login/", {"login": f"nobody{i}@example.org", "password": "x"}) for i in range(40)]
    cache.clear()
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert "Too many tries in a short time" in refused[0].content.decode()
    assert START in refused[0].content.decode()
