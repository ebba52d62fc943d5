"""The only door to an account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone
from tests.simultaneous import at_once

from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.accounts.actions.invitations import (
    AccountProblem,
    InvitationUnusable,
    accept_invitation,
    find_invitation,
    invite,
    issue_first_admin_link,
    revoke_invitation,
)
from assay.platform.accounts.models import Invitation, User
from assay.platform.accounts.queries import list_pending_invitations
from assay.platform.audit.models import Event

PASSWORD = "a long quiet sentence"


def token_of(path: str) -> str:
    return path.strip("/").split("/")[-1]


def accept(path: str, *, email: str = "", name: str = "Zoë", password: str = PASSWORD) -> User:
    return accept_invitation(token=token_of(path), name=name, email=email, password=password)


@pytest.mark.django_db
def test_the_first_administrator_comes_in_by_a_link_that_works_once() -> None:
    path = issue_first_admin_link()
    assert path is not None
    user = accept(path, email="Boss@Example.org")
    assert (user.email, user.role) == ("boss@example.org", "admin")
    assert authenticate(username="boss@example.org", password=PASSWORD) == user
    with pytest.raises(InvitationUnusable):
        accept(path, email="other@example.org")


@pytest.mark.django_db
def test_there_is_no_first_link_once_there_is_an_administrator(admin: User) -> None:
    assert issue_first_admin_link() is None


@pytest.mark.django_db
def test_a_fresh_first_link_stops_the_one_before() -> None:
    old, new = issue_first_admin_link(), issue_first_admin_link()
    assert old is not None
    assert new is not None
    with pytest.raises(InvitationUnusable):
        find_invitation(token=token_of(old))
    assert find_invitation(token=token_of(new)).role is Role.ADMIN


@pytest.mark.django_db
def test_a_first_link_is_worth_nothing_once_another_administrator_exists(make_user) -> None:  # type: ignore[no-untyped-def]
    path = issue_first_admin_link()
    assert path is not None
    make_user(Role.ADMIN)
    with pytest.raises(InvitationUnusable):
        accept(path, email="late@example.org")


@pytest.mark.django_db
def test_a_first_link_works_for_a_day() -> None:
    path = issue_first_admin_link()
    assert path is not None
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(InvitationUnusable):
        find_invitation(token=token_of(path))
    issue_first_admin_link()
    left = Invitation.objects.latest("pk").expires_at - timezone.now()
    assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)


@pytest.mark.django_db
def test_the_token_itself_is_not_kept(admin: User) -> None:
    issued = invite(actor=admin, email="new@example.org", role=Role.INTERVIEWER)
    row = Invitation.objects.get(pk=issued.invitation_id)
    kept = " ".join(str(getattr(row, field.attname)) for field in Invitation._meta.concrete_fields)
    events = " ".join(str(event.data) + event.why for event in Event.objects.all())
    assert token_of(issued.path) not in kept + events


@pytest.mark.django_db
def test_an_invited_person_gets_the_role_and_address_of_the_invitation(admin: User) -> None:
    issued = invite(actor=admin, email=" New@Example.ORG ", role=Role.APPROVER)
    user = accept(issued.path, email="someone.else@example.org")
    assert (user.email, user.role) == ("new@example.org", "approver")
    assert list_pending_invitations() == ()
    assert Event.objects.filter(verb="account.created", actor=user, object_id=user.pk).exists()


@pytest.mark.django_db
def test_only_administrators_invite_and_take_back(admin: User, recruiter: User) -> None:
    with pytest.raises(Forbidden):
        invite(actor=recruiter, email="new@example.org", role=Role.VIEWER)
    issued = invite(actor=admin, email="new@example.org", role=Role.VIEWER)
    with pytest.raises(Forbidden):
        revoke_invitation(actor=recruiter, invitation_id=issued.invitation_id)
    revoke_invitation(actor=admin, invitation_id=issued.invitation_id)
    with pytest.raises(InvitationUnusable):
        accept(issued.path)


@pytest.mark.django_db
def test_inviting_again_replaces_the_link(admin: User) -> None:
    old = invite(actor=admin, email="new@example.org", role=Role.VIEWER)
    new = invite(actor=admin, email="new@example.org", role=Role.RECRUITER)
    with pytest.raises(InvitationUnusable):
        accept(old.path)
    assert accept(new.path).role == "recruiter"


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 250 + "@example.org", "a b@example.org"])
def test_what_is_no_address_is_refused(admin: User, email: str) -> None:
    with pytest.raises(AccountProblem):
        invite(actor=admin, email=email, role=Role.VIEWER)
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_somebody_with_an_account_is_not_invited_again(admin: User, recruiter: User) -> None:
    with pytest.raises(AccountProblem, match="already"):
        invite(actor=admin, email=recruiter.email.upper(), role=Role.ADMIN)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["short", "password1234", "new@example.org"])
def test_a_weak_password_is_refused_and_the_link_still_works(admin: User, password: str) -> None:
    issued = invite(actor=admin, email="new@example.org", role=Role.VIEWER)
    with pytest.raises(AccountProblem) as problem:
        accept(issued.path, password=password)
    assert problem.value.field == "password"
    assert accept(issued.path).is_active


@pytest.mark.django_db(transaction=True)
def test_two_who_use_one_link_at_once_make_one_account() -> None:
    path = issue_first_admin_link()
    assert path is not None

    def enter(number: int) -> Callable[[], object]:
        return lambda: accept(path, email=f"boss{number}@example.org")

    outcomes = at_once(*map(enter, range(4)))
    assert sorted(type(one).__name__ for one in outcomes) == [*["InvitationUnusable"] * 3, "User"]
    assert User.objects.count() == 1
