"""The pages about people, as the cast sees them."""

import re
from collections.abc import Callable
from email import message_from_bytes

import pytest
from django.test import Client

from assay.platform.access.roles import Role
from assay.platform.accounts.actions.invitations import invite, issue_first_admin_link
from assay.platform.accounts.models import Invitation, User
from assay.platform.audit.models import Event
from assay.platform.mail.models import Letter

PASSWORD = "a long quiet sentence"
LINK = re.compile(r"http://testserver(/invitations/[\w-]+/)")


def link_in(page: bytes) -> str:
    found = LINK.search(page.decode())
    assert found is not None
    return found.group(1)


@pytest.fixture
def as_admin(client: Client, admin: User) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(admin)
    return client


def test_the_first_administrator_makes_an_account_and_is_in(client: Client, db: None) -> None:
    path = issue_first_admin_link()
    assert path is not None
    page = client.get(path)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    answer = client.post(path, {"name": "Ada", "email": "ada@example.org", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/people/").status_code == 200
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "%00", "a" * 3000, "é"])
def test_a_link_that_was_never_given_says_what_to_do(client: Client, db: None, token: str) -> None:
    answer = client.get(f"/invitations/{token}/")
    assert answer.status_code == 410
    assert b"does not work any more" in answer.content


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"name": "", "password": PASSWORD},
        {"name": "Zo\x00", "password": PASSWORD},
        {"name": "Zoë", "password": "short"},
        {"name": "Zoë" * 500, "password": PASSWORD},
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(admin: User, client: Client, sent: dict[str, str]) -> None:
    issued = invite(actor=admin, email="zoe@example.org", role=Role.VIEWER)
    answer = client.post(issued.path, sent)
    assert answer.status_code == 422
    assert b'class="error"' in answer.content
    assert not User.objects.filter(email="zoe@example.org").exists()


def test_an_invitation_shows_its_link_once_and_mails_it_when_there_is_a_server(
    as_admin: Client, settings: object
) -> None:
    page = as_admin.post("/people/invite", {"email": "zoe@example.org", "role": "interviewer"})
    assert page.status_code == 200
    path = link_in(page.content)
    assert Client().get(path).status_code == 200
    assert path not in as_admin.get("/people/").content.decode()
    assert not Letter.objects.exists()
    settings.EMAIL_HOST = "mail.example.org"  # type: ignore[attr-defined]
    page = as_admin.post("/people/invite", {"email": "yan@example.org", "role": "viewer"})
    letter = Letter.objects.get()
    assert (letter.recipient, letter.is_private) == ("yan@example.org", True)
    text = message_from_bytes(letter.source).get_payload(decode=True)
    assert isinstance(text, bytes)
    assert LINK.search(text.decode())
    assert link_in(page.content)


def test_a_wrong_invitation_is_refused_on_the_page(as_admin: Client, recruiter: User) -> None:
    for email, role in (("nobody", "viewer"), ("a@example.org", "king"), (recruiter.email, "viewer"), ("", "")):
        assert as_admin.post("/people/invite", {"email": email, "role": role}).status_code == 422
    assert not Invitation.objects.exists()


def test_a_recruiter_sees_people_but_no_way_to_change_them(client: Client, admin: User, recruiter: User) -> None:
    client.force_login(recruiter)
    page = client.get("/people/")
    assert page.status_code == 200
    assert b'data-dialog-open="invite"' not in page.content
    assert client.get(f"/people/{admin.pk}/").status_code == 200
    refused = client.post(f"/people/{admin.pk}/switch-off")
    assert refused.status_code == 403
    assert b"Ask an administrator" in refused.content


def test_one_person_is_changed_switched_off_and_on(as_admin: Client, recruiter: User) -> None:
    base = f"/people/{recruiter.pk}"
    assert as_admin.post(f"{base}/role", {"role": "viewer"}).status_code == 302
    assert as_admin.post(f"{base}/role", {"role": "king"}).status_code == 422
    assert as_admin.post(f"{base}/switch-off", {"why": "left"}).status_code == 302
    recruiter.refresh_from_db()
    assert (recruiter.role, recruiter.is_active) == ("viewer", False)
    assert Event.objects.get(verb="account.switched_off").why == "left"
    assert b"Switch on again" in as_admin.get(f"{base}/").content
    as_admin.post(f"{base}/switch-on")
    recruiter.refresh_from_db()
    assert recruiter.is_active


def test_the_last_administrator_is_told_why_not(as_admin: Client, admin: User) -> None:
    answer = as_admin.post(f"/people/{admin.pk}/role", {"role": "viewer"})
    assert answer.status_code == 422
    assert b"last active administrator" in answer.content
    page = as_admin.post(f"/people/{admin.pk}/switch-off", follow=True)
    assert b"last active administrator" in page.content


def test_somebody_who_is_not_there_is_a_404(as_admin: Client) -> None:
    assert as_admin.get("/people/999999/").status_code == 404
    assert as_admin.get("/people/99999999999999999999999/").status_code == 404
    for what in ("role", "switch-off", "switch-on", "password-link"):
        assert as_admin.post(f"/people/999999/{what}", {"role": "viewer"}).status_code == 404


def test_an_open_invitation_can_be_taken_back(as_admin: Client, admin: User) -> None:
    issued = invite(actor=admin, email="zoe@example.org", role=Role.VIEWER)
    assert b"zoe@example.org" in as_admin.get("/people/").content
    as_admin.post(f"/people/invitations/{issued.invitation_id}/revoke")
    assert b"zoe@example.org" not in as_admin.get("/people/").content
    assert Client().get(issued.path).status_code == 410


def test_ones_own_account_is_changed(as_admin: Client, admin: User) -> None:
    assert as_admin.get("/account/").status_code == 200
    assert as_admin.post("/account/", {"name": "Ada", "time_zone": "Asia/Tokyo"}).status_code == 302
    admin.refresh_from_db()
    assert (admin.name, admin.time_zone) == ("Ada", "Asia/Tokyo")
    assert as_admin.post("/account/", {"name": "Ada", "time_zone": "Moon/Base"}).status_code == 422


def test_settings_say_what_is_set_and_how_to_change_it_but_no_secret(as_admin: Client, settings: object) -> None:
    settings.EMAIL_HOST_PASSWORD = "mail-secret"  # type: ignore[attr-defined]
    page = as_admin.get("/settings/").content.decode()
    assert "ASSAY_SMTP_HOST" in page
    assert "mail-secret" not in page
    assert settings.SECRET_KEY not in page  # type: ignore[attr-defined]


def test_the_audit_log_shows_who_did_what_and_why_and_can_be_narrowed(as_admin: Client, recruiter: User) -> None:
    as_admin.post(f"/people/{recruiter.pk}/switch-off", {"why": "left us <b>today</b>"})
    page = as_admin.get("/audit/").content.decode()
    assert "account switched off" in page
    assert "left us &lt;b&gt;today&lt;/b&gt;" in page
    assert "No such events" in as_admin.get("/audit/?since=2999-01-01").content.decode()
    assert "No such events" in as_admin.get("/audit/?who=system&verb=account.switched_off").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "who=x",
        "who=99999999999999999999",
        "verb=%00",
        "object=abc",
        "before=-1",
        "since=x",
        "before=" + "9" * 40,
        "until=9999-12-31",
    ],
)
def test_a_filter_that_makes_no_sense_does_no_harm(as_admin: Client, query: str) -> None:
    assert as_admin.get(f"/audit/?{query}").status_code == 200


def test_a_long_log_is_turned_page_by_page(as_admin: Client, recruiter: User) -> None:
    for _ in range(30):
        as_admin.post(f"/people/{recruiter.pk}/switch-off")
        as_admin.post(f"/people/{recruiter.pk}/switch-on")
    page = as_admin.get("/audit/").content.decode()
    older = re.search(r'rel="next" href="(\?before=\d+)"', page)
    assert older is not None
    assert as_admin.get(f"/audit/{older.group(1)}").content.decode().count("<tr>") > 5


def test_the_chain_is_checked_from_the_page(as_admin: Client, settings: object, tmp_path: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    assert b"not checked yet" in as_admin.get("/audit/").content
    page = as_admin.post("/audit/check", follow=True)
    assert b"The chain is whole" in page.content


def test_nobody_but_administrators_opens_settings_or_audit(
    client: Client, make_user: Callable[..., User], db: None
) -> None:
    for role in set(Role) - {Role.ADMIN}:
        client.force_login(make_user(role))
        assert {client.get(address).status_code for address in ("/settings/", "/audit/")} == {403}


def test_list_pages_cost_the_same_however_many_people(
    as_admin: Client, make_user: Callable[..., User], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(30):
        make_user(Role.VIEWER, f"p{number}@example.org")
    with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
        as_admin.get("/people/")
