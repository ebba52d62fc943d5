"""Sign-in and the pages around it: drawn by allauth, in our words and our look, under the same policy."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import include, path, reverse
from pytest_django.fixtures import Settings

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

from .markup import Markup

pytestmark = pytest.mark.django_db
urlpatterns = [path("accounts/", include("allauth.urls"))]
OPEN = ("account_login", "account_signup", "account_reset_password", "account_reset_password_done")
OWN = (
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
)


@pytest.fixture(autouse=True)
def _only_these_pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def recruiter() -> User:
    return User.objects.create_user("imke@northlight.example", "a long enough secret", name="Imke", role=Role.RECRUITER)


@pytest.fixture
def signed_in(client: Client, recruiter: User) -> Client:
    client.post(reverse("account_login"), {"login": recruiter.email, "password": "a long enough secret"})
    client.post(reverse("account_reauthenticate"), {"password": "a long enough secret"})
    return client


def _check(drawn: str) -> None:
    page = Markup(drawn)
    assert page.faults == []
    assert [one.tag for one in page.elements].count("h1") == 1
    assert 'class="plain' in drawn
    assert page.with_attribute("style") == []
    scripts = [one.attributes for one in page.elements if one.tag == "script"]
    assert all(script.get("src") or script.get("type") == "application/json" for script in scripts)
    ids = {one.attributes["id"] for one in page.with_attribute("id")}
    for label in page.with_attribute("for"):
        assert label.attributes["for"] in ids


@pytest.mark.parametrize("name", OPEN)
def test_a_page_before_sign_in_wears_the_look(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    _check(response.content.decode())


@pytest.mark.parametrize("name", OWN)
def test_a_page_of_ones_own_account_wears_the_look(signed_in: Client, name: str) -> None:
    response = signed_in.get(reverse(name))
    assert response.status_code == 200
    _check(response.content.decode())


def test_accounts_are_by_invitation_and_the_page_says_so(client: Client) -> None:
    assert "Accounts are by invitation" in client.get(reverse("account_signup")).content.decode()


def test_a_wrong_password_is_answered_beside_the_form(client: Client, recruiter: User) -> None:
    response = client.post(reverse("account_login"), {"login": recruiter.email, "password": "not it"})
    drawn = response.content.decode()
    _check(drawn)
    assert re.search(r'class="notice is-wrong" role="alert"', drawn)


def test_the_code_for_the_authenticator_needs_no_exception_to_the_policy(signed_in: Client) -> None:
    drawn = signed_in.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in drawn
    assert "data:" not in drawn


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_chosen_theme_holds_before_sign_in(client: Client, theme: str) -> None:
    client.cookies["assay_theme"] = theme
    assert f'data-theme="{theme}"' in client.get(reverse("account_login")).content.decode()
