"""Who gets in where: every address of the product, tried by a whole cast, against what the policy says.

A test that covers an app makes its things (a job, an application...), names their ids in ``arguments`` by the names
the addresses use (``job_id``, ``application_id``...), gives each member of the cast their seats, and calls
``find_surprises``; an empty list means that every address answered everybody as the policy says. Each try is rolled
back, so that an address that changes something does not disturb the next.

    cast = [Member("admin", admin), Member("interviewer", interviewer, frozenset({"interviewer"})), Member("stranger")]
    assert find_surprises(cast=cast, arguments={"job_id": job.pk}, is_confidential=False) == []
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import cast as typed

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from assay.platform.access.policy import (
    JOB_TABLE,
    ORGANISATION,
    REQUISITION_TABLE,
    Action,
    Actor,
    Resource,
    ResourceKind,
    can_see,
    may,
)
from assay.platform.access.roles import Role
from assay.platform.access.routes import declared_action, is_public
from assay.platform.accounts.models import User

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
LIBRARIES = ("allauth.", "django.views.generic.base")


class Outcome(StrEnum):
    """What an address did with somebody."""

    LET_IN = "let in"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    SENT_TO_SIGN_IN = "sent to sign in"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the cast. ``user`` is None for a stranger; ``seats`` are theirs on the job behind the addresses,
    ``requisition_seats`` at the requisition behind them."""

    name: str
    user: User | None = None
    seats: frozenset[str] = frozenset()
    requisition_seats: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Route:
    """An address of ours: how it is written, its parameters, and what its view declared."""

    route: str
    view_name: str
    action: Action | None
    is_public: bool

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what varies in the address."""
        return tuple(PARAMETER.findall(self.route))

    def address(self, arguments: Mapping[str, object]) -> str:
        """Return the address with its parameters filled in. Raises ``KeyError`` for one that has no value."""
        return "/" + PARAMETER.sub(lambda found: str(arguments[found.group(1)]), self.route)


def list_routes(patterns: Sequence[URLPattern | URLResolver] | None = None, prefix: str = "") -> Iterator[Route]:
    """Yield every address of ours, leaving out those of libraries; ``patterns`` defaults to the whole product's."""
    for pattern in import_module(settings.ROOT_URLCONF).urlpatterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from list_routes(pattern.url_patterns, route)
        elif not pattern.callback.__module__.startswith(LIBRARIES):
            view = pattern.callback
            name = f"{view.__module__}.{view.__name__}"
            yield Route(route, name, declared_action(view), is_public(view))


def expected(*, route: Route, member: Member, is_confidential: bool) -> Outcome:
    """Return what the policy says should happen to ``member`` at ``route``."""
    if route.is_public:
        return Outcome.LET_IN
    if member.user is None:
        return Outcome.SENT_TO_SIGN_IN
    actor = Actor(member.user.pk, Role(member.user.role), member.user.is_active)
    assert route.action is not None, f"{route.view_name} declares no action"
    if route.action not in JOB_TABLE and route.action not in REQUISITION_TABLE:
        is_allowed = may(actor=actor, action=route.action, resource=ORGANISATION).allowed
        return Outcome.LET_IN if is_allowed else Outcome.FORBIDDEN
    if not route.parameters:
        return Outcome.LET_IN
    resource = _resource(route.action, member, is_confidential=is_confidential)
    if not can_see(actor=actor, resource=resource):
        return Outcome.NOT_FOUND
    return Outcome.LET_IN if may(actor=actor, action=route.action, resource=resource).allowed else Outcome.FORBIDDEN


def try_address(*, client: Client, address: str, fields: Mapping[str, str | int]) -> Outcome:
    """Ask for an address by GET or, where that is not served, by POST with ``fields``, and undo what it did."""
    for method, data in ((client.get, {}), (client.post, dict(fields))):
        with transaction.atomic():
            response = method(address, data)
            transaction.set_rollback(True)
        if response.status_code != 405:
            return _outcome(address, typed(HttpResponseBase, response))
    raise AssertionError(f"{address} serves neither GET nor POST")


def find_surprises(
    *,
    cast: Sequence[Member],
    arguments: Mapping[str, object],
    is_confidential: bool = False,
    routes: Sequence[Route] | None = None,
    fields: Mapping[str, Mapping[str, str | int]] | None = None,
) -> list[str]:
    """Return a line for every address that did not answer a member of the cast as the policy says.

    ``fields`` gives what to send to an address (as it is written) that looks at its form before it looks at who asks.
    """
    found = []
    browsers = [(member, _browser_of(member)) for member in cast]
    for route in list(list_routes()) if routes is None else routes:
        for member, browser in browsers:
            wanted = expected(route=route, member=member, is_confidential=is_confidential)
            sent = (fields or {}).get(route.route, {})
            got = try_address(client=browser, address=route.address(arguments), fields=sent)
            if got is not wanted:
                found.append(f"{route.route} ({route.action}) for {member.name}: {got.value}, not {wanted.value}")
    return found


def _resource(action: Action, member: Member, *, is_confidential: bool) -> Resource:
    if action in REQUISITION_TABLE:
        return Resource(ResourceKind.REQUISITION, is_confidential, member.requisition_seats)
    return Resource(ResourceKind.JOB, is_confidential, member.seats)


def _browser_of(member: Member) -> Client:
    client = Client()
    if member.user is not None:
        client.force_login(member.user)
    return client


def _outcome(address: str, response: HttpResponseBase) -> Outcome:
    status = response.status_code
    assert status < 500, f"{address} answered {status}"
    if status == 302 and response["Location"].startswith(reverse(settings.LOGIN_URL)):
        return Outcome.SENT_TO_SIGN_IN
    return {403: Outcome.FORBIDDEN, 404: Outcome.NOT_FOUND}.get(status, Outcome.LET_IN)
