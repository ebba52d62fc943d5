"""Every address about people, settings and audit, tried by everybody."""

from collections.abc import Callable

from tests.access_matrix import Member, find_surprises, list_routes

from assay.app.people import urls
from assay.platform.access.roles import Role
from assay.platform.accounts.actions.invitations import invite
from assay.platform.accounts.models import User


def test_every_address_lets_in_whom_the_policy_lets_in(make_user: Callable[..., User]) -> None:
    users = {role: make_user(role) for role in Role}
    cast = [*(Member(role.label, user) for role, user in users.items()), Member("stranger")]
    issued = invite(actor=users[Role.ADMIN], email="new@example.org", role=Role.VIEWER)
    arguments = {
        "user_id": make_user(Role.VIEWER, "other@example.org").pk,
        "invitation_id": issued.invitation_id,
        "token": issued.path.split("/")[-2],
    }
    routes = list(list_routes(urls.urlpatterns))
    assert len(routes) > 10
    assert find_surprises(cast=cast, arguments=arguments, routes=routes) == []
