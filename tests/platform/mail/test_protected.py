"""Connections are protected or refused, and passwords are written down nowhere."""

import logging
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.platform.mail.conftest import states
from tests.platform.mail.post_office import PostOffice

from assay.platform.mail.models import Letter, Outage
from assay.platform.mail.sending import send_due
from assay.platform.mail.servers import smtp_server

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet word"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for loopback that we signed ourselves, with its key in the same file."""
    folder = tmp_path_factory.mktemp("certificate")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    files = ["-keyout", str(folder / "key"), "-out", str(folder / "cert")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    both = folder / "both"
    both.write_bytes((folder / "cert").read_bytes() + (folder / "key").read_bytes())
    return both


@pytest.fixture
def guarded(certificate: Path, settings: Any) -> Iterator[PostOffice]:
    """A server that asks for STARTTLS and a password."""
    server = PostOffice().start(certificate=certificate, password=PASSWORD)
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_SECURITY = "localhost", server.port, "starttls"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "jobs", PASSWORD
    yield server
    server.stop()


def test_a_letter_goes_over_a_protected_connection(
    guarded: PostOffice, write: Callable[..., int], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    write()
    send_due()
    assert (len(guarded.letters), states()) == (1, {"letter:ann": "sent"})


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(guarded: PostOffice, write: Callable[..., int]) -> None:
    write()
    send_due()
    assert "certificate" in Outage.objects.get().last_error
    assert guarded.letters == []


def test_without_the_protection_that_was_asked_for_nothing_is_sent(
    outbox: PostOffice, write: Callable[..., int], settings: Any
) -> None:
    settings.EMAIL_SECURITY = "starttls"
    write()
    send_due()
    assert "STARTTLS" in Outage.objects.get().last_error
    assert outbox.letters == []


def test_a_wrong_password_is_said_and_written_down_nowhere(
    guarded: PostOffice,
    write: Callable[..., int],
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.EMAIL_HOST_PASSWORD = "sEcReT"
    write()
    with caplog.at_level(logging.DEBUG):
        send_due()
    outage = Outage.objects.get()
    assert outage.last_error.startswith("535")
    assert Letter.objects.get().attempts == 0
    assert "sEcReT" not in caplog.text + outage.last_error + repr(smtp_server())
