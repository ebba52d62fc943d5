"""Rules that hold for every address of the product, whoever wrote its page."""

import re
from collections.abc import Iterator, Sequence

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.access_matrix import Route, list_routes

from assay.platform.accounts.models import User

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=\"", re.IGNORECASE)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SAME_FOR_EVERYBODY = ("/careers/", "/robots.txt")
# Pages of people without an account: what they post carries no cookie, so no other site can post in their name.
WITHOUT_ACCOUNT = {"/status/link"}


def routes() -> list[Route]:
    return list(list_routes())


def plain_addresses() -> list[str]:
    return [f"/{route.route}" for route in routes() if not route.parameters]


def test_every_address_declares_what_it_is_for_or_that_it_is_public() -> None:
    undeclared = [f"{route.route}: {route.view_name}" for route in routes() if not (route.action or route.is_public)]
    assert undeclared == []


def test_hardly_anything_is_public() -> None:
    open_doors = {route.route for route in routes() if route.is_public}
    assert {door for door in open_doors if not door.startswith("careers/")} == {
        "health",
        "invitations/<str:token>/",
        "unsubscribe/<str:token>/",
        "robots.txt",
        "status/link",
        "status/<str:token>/",
        "status/<str:token>/ask",
        "status/<str:token>/correct",
        "status/<str:token>/export",
        "status/<str:token>/revoke",
        "status/<str:token>/withdraw",
    }
    assert {door.removeprefix("careers/") for door in open_doors if door.startswith("careers/")} == {
        "",
        "feed.atom",
        "jobs.xml",
        "<slug:slug>/",
        "<slug:slug>.md",
        "<slug:slug>.txt",
        "<slug:slug>.jsonld",
        "sitemap.xml",
        "<slug:slug>/apply",
        "<slug:slug>/apply/resume",
    }


@pytest.mark.django_db
def test_every_answer_carries_the_headers_that_keep_a_browser_in_check(client: Client, admin: User) -> None:
    for who in (None, admin):
        if who is not None:
            client.force_login(who)
        for address in [*plain_addresses(), "/accounts/login/", "/accounts/2fa/", "/no/such/page"]:
            answer = client.get(address)
            assert answer.status_code < 500, address
            policy = answer["Content-Security-Policy"]
            assert "default-src 'none'" in policy, address
            assert "unsafe-inline" not in policy, address
            stricter = {"Referrer-Policy": "no-referrer"} if address in WITHOUT_ACCOUNT else {}
            assert {name: answer[name] for name in HEADERS} == {**HEADERS, **stricter}, address
            assert "camera=()" in answer["Permissions-Policy"], address
            if who is not None and not address.startswith(SAME_FOR_EVERYBODY):
                assert "no-store" in answer["Cache-Control"], address


@pytest.mark.django_db
def test_no_page_carries_script_or_style_of_its_own(client: Client, admin: User) -> None:
    client.force_login(admin)
    for address in plain_addresses():
        answer = client.get(address)
        if answer.get("Content-Type", "").startswith("text/html"):
            assert not INLINE.findall(answer.content.decode()), address


@pytest.mark.django_db
def test_a_write_without_the_token_of_the_form_is_refused(admin: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    guarded = [address for address in plain_addresses() if address not in WITHOUT_ACCOUNT]
    for address in [*guarded, "/people/1/switch-off", "/accounts/login/", "/accounts/logout/"]:
        assert client.post(address).status_code in (403, 405), address


@pytest.mark.django_db
def test_a_stranger_who_asks_by_htmx_is_led_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/people/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/accounts/login/")


@pytest.mark.django_db
def test_a_stranger_comes_back_to_where_they_wanted_to_go_but_never_repeats_a_write(client: Client) -> None:
    assert client.get("/people/?x=1")["Location"] == "/accounts/login/?next=/people/%3Fx%3D1"
    assert client.post("/people/invite")["Location"] == "/accounts/login/?next=/"


@pytest.mark.django_db
def test_a_stranger_finds_nothing_behind_the_sign_in_librarys_addresses(client: Client) -> None:
    open_to_all = re.compile(
        r"/accounts/(login|signup|inactive|confirm-email|password/reset|3rdparty/(login|signup)|2fa/webauthn/login)"
    )
    for address in library_addresses(get_resolver().url_patterns):
        answer = client.get(address)
        assert answer.status_code < 500, address
        assert answer.status_code != 200 or open_to_all.match(address), address


def library_addresses(patterns: Sequence[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from library_addresses(pattern.url_patterns, route)
        elif pattern.callback.__module__.startswith("allauth.") and "<" not in route and "(" not in route:
            yield route.replace("^", "").replace("$", "")
