"""The frame around a page: who sees which place, which theme, which name."""

from dataclasses import dataclass, replace
from functools import partial

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import path
from pytest_django.fixtures import Settings

from assay.app.ui.pages import styleguide
from assay.app.ui.shell import NavItem, is_allowed_to, shell_for
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


def _item(key: str, is_allowed: bool = True) -> NavItem:
    return NavItem(key, key.title(), "briefcase", key, lambda request: is_allowed)


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
    shell = shell_for(_request(who=SignedIn("Imke")), items=[_item("jobs"), _item("audit", is_allowed=False)])
    assert [item.key for item in shell.items] == ["jobs"]


def test_the_place_one_is_in_is_marked() -> None:
    shell = shell_for(_request(who=SignedIn("Imke")), items=[_item("jobs"), _item("audit")])
    assert {item.key: item.is_current for item in shell.items} == {"jobs": True, "audit": False}


@pytest.mark.parametrize(("role", "is_seen"), [("admin", True), ("recruiter", False), ("viewer", False)])
def test_the_policy_decides_who_sees_a_place(role: str, is_seen: bool) -> None:
    audit = replace(_item("audit"), is_allowed=partial(is_allowed_to, Action.SEE_AUDIT))
    assert bool(shell_for(_request(who=SignedIn("Imke", role)), items=[audit]).items) is is_seen


def test_a_place_that_is_not_built_is_not_in_the_rail() -> None:
    assert shell_for(_request(who=SignedIn("Imke")), items=[_item("dungeon")]).items == ()


def test_times_are_shown_in_the_zone_of_the_person() -> None:
    assert shell_for(_request(who=SignedIn("Imke")), items=[]).time_zone == "Europe/Amsterdam"
    assert shell_for(_request(who=None), items=[]).time_zone == "UTC"


def test_nobody_signed_in_sees_no_rail_and_no_name() -> None:
    shell = shell_for(_request(who=None), items=[_item("jobs")])
    assert (shell.items, shell.user_name) == ((), "")


@pytest.mark.parametrize(
    ("cookie", "theme"), [("", "auto"), ("dark", "dark"), ("light", "light"), ('"><script>', "auto")]
)
def test_a_theme_is_one_of_three_whatever_the_cookie_says(cookie: str, theme: str) -> None:
    assert shell_for(_request(theme=cookie), items=[]).theme == theme
