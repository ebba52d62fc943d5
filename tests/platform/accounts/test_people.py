"""Roles change, accounts go off and on, and somebody can always run the place."""

from collections.abc import Callable

import pytest
from django.http import Http404
from tests.simultaneous import at_once

from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.accounts.actions.invitations import AccountProblem
from assay.platform.accounts.actions.people import (
    NoAdminLeft,
    change_role,
    deactivate,
    issue_password_link,
    reactivate,
    update_own_account,
)
from assay.platform.accounts.models import User
from assay.platform.accounts.queries import list_accounts
from assay.platform.audit.models import Event

MakeUser = Callable[..., User]


@pytest.mark.django_db
def test_a_role_changes_at_once_and_is_written_down(admin: User, recruiter: User) -> None:
    change_role(actor=admin, user_id=recruiter.pk, role=Role.HIRING_MANAGER)
    recruiter.refresh_from_db()
    assert recruiter.role == "hiring_manager"
    event = Event.objects.get(verb="account.role_changed")
    assert (event.actor, event.object_id, event.data) == (
        admin,
        recruiter.pk,
        {"from": "recruiter", "to": "hiring_manager"},
    )


@pytest.mark.django_db
def test_the_last_administrator_can_neither_step_down_nor_be_switched_off(admin: User) -> None:
    with pytest.raises(NoAdminLeft):
        change_role(actor=admin, user_id=admin.pk, role=Role.VIEWER)
    with pytest.raises(NoAdminLeft):
        deactivate(actor=admin, user_id=admin.pk)


@pytest.mark.django_db
def test_an_administrator_who_is_switched_off_does_not_count(admin: User, make_user: MakeUser) -> None:
    second = make_user(Role.ADMIN, "second@example.org")
    deactivate(actor=admin, user_id=second.pk)
    with pytest.raises(NoAdminLeft):
        deactivate(actor=admin, user_id=admin.pk)
    reactivate(actor=admin, user_id=second.pk)
    deactivate(actor=second, user_id=admin.pk)


@pytest.mark.django_db
def test_nobody_else_manages_people(recruiter: User, admin: User) -> None:
    for act in (
        lambda: change_role(actor=recruiter, user_id=recruiter.pk, role=Role.ADMIN),
        lambda: deactivate(actor=recruiter, user_id=admin.pk),
        lambda: reactivate(actor=recruiter, user_id=admin.pk),
        lambda: issue_password_link(actor=recruiter, user_id=admin.pk),
    ):
        with pytest.raises(Forbidden):
            act()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_an_account_that_never_was_is_not_found(admin: User) -> None:
    with pytest.raises(Http404):
        change_role(actor=admin, user_id=999_999, role=Role.VIEWER)
    with pytest.raises(Http404):
        issue_password_link(actor=admin, user_id=999_999)


@pytest.mark.django_db
def test_ones_own_name_and_time_zone_can_be_changed_but_only_to_something_sensible(recruiter: User) -> None:
    update_own_account(actor=recruiter, name="  Zoë ", time_zone="Europe/Amsterdam")
    recruiter.refresh_from_db()
    assert (recruiter.name, recruiter.time_zone) == ("Zoë", "Europe/Amsterdam")
    with pytest.raises(AccountProblem):
        update_own_account(actor=recruiter, name=" ", time_zone="UTC")
    with pytest.raises(AccountProblem):
        update_own_account(actor=recruiter, name="Zoë", time_zone="../../etc/passwd")


@pytest.mark.django_db
def test_one_person_cannot_have_two_accounts_by_writing_the_address_differently(make_user: MakeUser) -> None:
    made = make_user(Role.VIEWER, "Zoe@Example.org")
    assert made.email == "zoe@example.org"
    assert User.objects.get(email="ZOE@example.ORG") == made


@pytest.mark.django_db
def test_the_list_of_people_costs_two_statements(
    make_user: MakeUser, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(12):
        make_user(Role.VIEWER, f"p{number}@example.org")
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(list_accounts()) == 12


@pytest.mark.django_db(transaction=True)
def test_the_last_two_administrators_cannot_leave_at_the_same_moment(make_user: MakeUser) -> None:
    pair = [make_user(Role.ADMIN, f"admin{number}@example.org") for number in range(2)]

    def leave(user: User) -> Callable[[], object]:
        return lambda: deactivate(actor=user, user_id=user.pk)

    refused = [one for one in at_once(*map(leave, pair)) if isinstance(one, BaseException)]
    assert len(refused) == 1
    assert isinstance(refused[0], NoAdminLeft | Forbidden)
    assert User.objects.filter(role=Role.ADMIN.value, is_active=True).count() == 1
