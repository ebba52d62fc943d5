"""A mail server of the test's own, and an outbox that sends through it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.platform.mail.post_office import PostOffice, port_of_nobody

from assay.platform.mail.actions import post
from assay.platform.mail.models import Letter, Outage


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes everything until it is told otherwise."""
    server = PostOffice().start()
    yield server
    server.stop()


@pytest.fixture
def refusing_port() -> Iterator[int]:
    """A port that refuses every connection."""
    with port_of_nobody() as port:
        yield port


@pytest.fixture
def outbox(office: PostOffice, settings: Any) -> PostOffice:
    """The same, with the product's settings pointing at it."""
    point_at(settings, office.port)
    return office


@pytest.fixture
def write(db: None) -> Callable[..., int]:
    """Post a letter to a person, named by a word."""

    def post_one(name: str = "ann", **more: Any) -> int:
        words = {"key": f"letter:{name}", "recipient": f"{name}@example.org", "subject": f"To {name}", "text": "Hello."}
        return post(**{**words, **more})

    return post_one


def point_at(settings: Any, port: int) -> None:
    """Send through an unprotected server on loopback."""
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_SECURITY = "127.0.0.1", port, "none"
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


def states() -> dict[str, str]:
    """Return how far each letter came, by its key."""
    return dict(Letter.objects.values_list("key", "state"))


def make_everything_due() -> None:
    """Let the waits between tries pass."""
    from django.db.models.functions import Now

    Letter.objects.filter(state="waiting").update(next_try_at=Now())
    Outage.objects.update(next_try_at=Now())
