"""Signing in: by address and password, alike for everybody who may not, limited, and gone when switched off."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from assay.platform.access.roles import Role
from assay.platform.accounts.actions.people import deactivate, issue_password_link
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

PASSWORD = "a long quiet sentence"
SIGN_IN = "/accounts/login/"
SECRET = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture(autouse=True)
def _no_limits_left_over(db: None) -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str) -> int:
    return client.post(SIGN_IN, {"login": email, "password": password}).status_code


def page_after(client: Client, email: str) -> str:
    answer = client.post(SIGN_IN, {"login": email, "password": "wrong wrong wrong"})
    return SECRET.sub("", answer.content.decode()).replace(email, "EMAIL")


def test_the_right_password_signs_in_and_leaves_a_trace(client: Client, recruiter: User) -> None:
    assert sign_in(client, "Recruiter@EXAMPLE.org", PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(recruiter.pk)
    assert Event.objects.get(verb="account.signed_in").actor == recruiter


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client: Client, recruiter: User) -> None:
    assert page_after(client, recruiter.email) == page_after(client, "nobody@example.org")


def test_guessing_at_one_account_is_stopped_even_with_the_right_password(client: Client, recruiter: User) -> None:
    for _ in range(5):
        assert sign_in(client, recruiter.email, "wrong wrong wrong") == 200
    answer = client.post(SIGN_IN, {"login": recruiter.email, "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert "_auth_user_id" not in client.session


def test_the_limit_is_counted_in_the_database_so_that_every_process_counts_alike() -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_signing_in_changes_the_session_key(client: Client, recruiter: User) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(client, recruiter.email, PASSWORD)
    assert client.session.session_key != planted


def test_a_session_ends_when_its_account_is_switched_off(client: Client, admin: User, recruiter: User) -> None:
    client.force_login(recruiter)
    assert client.get("/account/").status_code == 200
    deactivate(actor=admin, user_id=recruiter.pk)
    assert client.get("/account/").status_code == 302
    assert sign_in(client, recruiter.email, PASSWORD) != 200 or "_auth_user_id" not in client.session


def test_nobody_can_sign_up(client: Client) -> None:
    for address in ("/accounts/signup/", "/accounts/3rdparty/signup/"):
        client.post(address, {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_the_address_cannot_be_changed_by_oneself(client: Client, recruiter: User) -> None:
    client.force_login(recruiter)
    answer = client.post("/accounts/email/", {"email": "boss@example.org", "action_add": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert not recruiter.emailaddress_set.exists()  # type: ignore[attr-defined]


def test_a_password_link_lets_a_new_password_be_chosen_once(
    client: Client, admin: User, make_user: Callable[..., User]
) -> None:
    user = make_user(Role.VIEWER)
    path = issue_password_link(actor=admin, user_id=user.pk)
    form = client.get(path, follow=True)
    target = form.redirect_chain[-1][0]
    fresh = "another long quiet sentence"
    assert client.post(target, {"password1": fresh, "password2": fresh}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(fresh)
    again = Client().get(path, follow=True)
    assert b"password1" not in again.content


def test_two_step_sign_in_can_be_set_up(client: Client, recruiter: User) -> None:
    assert sign_in(client, recruiter.email, PASSWORD) == 302
    assert client.get("/accounts/2fa/").status_code == 200
    asked = client.get("/accounts/2fa/totp/activate/", follow=True)
    if asked.redirect_chain:
        asked = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert asked.status_code == 200
    assert b'name="code"' in asked.content


def test_a_forgotten_password_is_answered_alike_for_everybody_and_mailed_only_to_accounts(
    client: Client, recruiter: User
) -> None:
    answers = []
    for email in (recruiter.email, "nobody@example.org"):
        answer = client.post("/accounts/password/reset/", {"email": email}, follow=True)
        answers.append((answer.status_code, SECRET.sub("", answer.content.decode()).replace(email, "EMAIL")))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [[recruiter.email]]
