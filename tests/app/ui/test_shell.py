"""The frame around a page: who sees which place, which theme, which name."""

from dataclasses import dataclass, replace
from functools import partial

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import path
from pytest_django.fixtures import Settings

from assay.app.ui.pages import styleguide
from assay.app.ui.shell import (
    FIRST_PLACES,
    NavigationConflict,
    NavItem,
    is_allowed_to,
    register_nav_item,
    shell_for,
)
from assay.platform.access.policy import Action

urlpatterns = [path("jobs/", styleguide, name="jobs"), path("audit/", styleguide, name="audit")]


@dataclass(frozen=True)
class SignedIn:
    """Someone with a session, as the frame sees them."""

    name: str
    role: str = "viewer"
    pk: int = 1
    is_active: bool = True
    is_authenticated: bool = True
    time_zone: str = "Europe/Amsterdam"

    def __str__(self) -> str:
        return self.name


def _item(key: str, order: int, is_allowed: bool = True) -> NavItem:
    return NavItem(key, key.title(), "briefcase", key, order, lambda request: is_allowed)


def _request(at: str = "/jobs/12/", who: SignedIn | None = None, theme: str = "") -> HttpRequest:
    request = RequestFactory().get(at)
    request.user = who  # type: ignore[assignment]
    if theme:
        request.COOKIES["assay_theme"] = theme
    return request


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def test_a_place_someone_may_not_open_is_not_in_their_rail() -> None:
    shell = shell_for(_request(who=SignedIn("Imke")), items=[_item("jobs", 1), _item("audit", 2, is_allowed=False)])
    assert [item.key for item in shell.items] == ["jobs"]


def test_the_place_one_is_in_is_marked() -> None:
    shell = shell_for(_request(who=SignedIn("Imke")), items=[_item("jobs", 1), _item("audit", 2)])
    assert {item.key: item.is_current for item in shell.items} == {"jobs": True, "audit": False}


@pytest.mark.parametrize(("role", "is_seen"), [("admin", True), ("recruiter", False), ("viewer", False)])
def test_the_policy_decides_who_sees_a_place(role: str, is_seen: bool) -> None:
    audit = replace(_item("audit", 1), is_allowed=partial(is_allowed_to, Action.SEE_AUDIT))
    assert bool(shell_for(_request(who=SignedIn("Imke", role)), items=[audit]).items) is is_seen


def test_a_place_that_is_not_built_is_not_in_the_rail() -> None:
    assert shell_for(_request(who=SignedIn("Imke")), items=[_item("dungeon", 1)]).items == ()


def test_times_are_shown_in_the_zone_of_the_person() -> None:
    assert shell_for(_request(who=SignedIn("Imke")), items=[]).time_zone == "Europe/Amsterdam"
    assert shell_for(_request(who=None), items=[]).time_zone == "UTC"


def test_nobody_signed_in_sees_no_rail_and_no_name() -> None:
    shell = shell_for(_request(who=None), items=[_item("jobs", 1)])
    assert (shell.items, shell.user_name) == ((), "")


@pytest.mark.parametrize(
    ("cookie", "theme"), [("", "auto"), ("dark", "dark"), ("light", "light"), ('"><script>', "auto")]
)
def test_a_theme_is_one_of_three_whatever_the_cookie_says(cookie: str, theme: str) -> None:
    assert shell_for(_request(theme=cookie), items=[]).theme == theme


def test_places_stand_in_their_order_and_once() -> None:
    registry: list[NavItem] = []
    audit, jobs = _item("audit", 60), _item("jobs", 10)
    for item in (audit, jobs, audit):
        register_nav_item(item, registry=registry)
    assert [item.key for item in registry] == ["jobs", "audit"]


def test_an_app_may_take_over_a_first_place_once() -> None:
    registry = list(FIRST_PLACES)
    register_nav_item(_item("jobs", 15), registry=registry)
    assert [item.order for item in registry if item.key == "jobs"] == [15]
    assert len(registry) == len(FIRST_PLACES)


def test_two_parts_cannot_claim_the_same_place() -> None:
    registry = [_item("jobs", 10)]
    with pytest.raises(NavigationConflict):
        register_nav_item(_item("jobs", 20), registry=registry)
