"""The doctor finds what is wrong and says what to do."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.platform.mail.post_office import port_of_nobody
from tests.runtime.installation import Installation, free_port

from assay.platform.mail.actions import post
from assay.platform.mail.models import Letter
from assay.runtime.doctor.finding import Grade
from assay.runtime.doctor.machine import check_folder, check_key, check_port, check_space
from assay.runtime.doctor.mail import examine_mail
from assay.runtime.doctor.service import check_documents, check_workers


def test_a_folder_that_does_not_exist_is_no_fault(tmp_path: Path) -> None:
    assert check_folder(tmp_path / "none").grade is Grade.NOTE


def test_a_folder_that_others_can_write_is_wrong(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    finding = check_folder(tmp_path)
    assert finding.grade is Grade.WRONG
    assert finding.advice == f"chmod go-w {tmp_path}"


def test_a_signing_key_that_others_can_read_is_wrong(tmp_path: Path) -> None:
    key = tmp_path / "secret_key"
    key.write_text("x" * 50)
    key.chmod(0o644)
    (finding,) = check_key(tmp_path)
    assert finding.grade is Grade.WRONG
    key.chmod(0o600)
    assert list(check_key(tmp_path)) == []


def test_a_full_disk_is_wrong(small_disk: Path) -> None:
    finding = check_space(small_disk)
    assert finding.grade is Grade.WRONG
    assert "make room" in finding.advice


def test_a_port_held_by_a_program_that_does_not_answer_is_wrong() -> None:
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = int(bound.getsockname()[1])
        finding = check_port(host="127.0.0.1", port=port)
    assert finding.grade is Grade.WRONG
    assert "--port" in finding.advice


@pytest.mark.django_db
def test_silent_workers_are_wrong_only_while_the_product_runs() -> None:
    assert [finding.grade for finding in check_workers(is_running=True)] == [Grade.WRONG]
    assert [finding.grade for finding in check_workers(is_running=False)] == [Grade.NOTE]


@pytest.mark.django_db
def test_a_changed_document_is_found() -> None:
    from assay.platform.files.actions import store_bytes
    from assay.platform.files.reading import path_of

    stored = store_bytes(content=b"what was handed in")
    assert [finding.grade for finding in check_documents()] == [Grade.FINE]
    path_of(sha256=stored.sha256).write_bytes(b"something else")
    (finding,) = check_documents()
    assert finding.grade is Grade.WRONG
    assert stored.sha256 in finding.text
    path_of(sha256=stored.sha256).unlink()
    assert [finding.grade for finding in check_documents()] == [Grade.WRONG]


@pytest.mark.slow
def test_a_fresh_machine_gets_advice_and_a_migrated_one_is_well(own_folder: Path) -> None:
    installation = Installation(own_folder / "data")
    port = str(free_port())
    fresh = installation.assay("doctor", "--port", port)
    assert "not made yet" in fresh.stdout
    assert not (own_folder / "data" / "postgres").exists()
    assert installation.assay("migrate").returncode == 0
    done = installation.assay("doctor", "--port", port)
    assert "tables        up to date" in done.stdout, done.stdout + done.stderr
    assert "WRONG" not in done.stdout
    assert done.returncode == 0


@pytest.mark.django_db
def test_mail_that_cannot_leave_or_waits_too_long_is_wrong(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_HOST = settings.MAIL_DROP = settings.IMAP_HOST = ""
    assert {finding.grade for finding in examine_mail()} == {Grade.NOTE, Grade.FINE}
    settings.MAIL_DROP = str(tmp_path)
    post(key="late", recipient="ann@example.org", subject="s", text="t")
    Letter.objects.update(wanted_at=timezone.now() - timedelta(hours=1))
    graded = {finding.subject: finding for finding in examine_mail()}
    assert graded["outbox"].grade is Grade.WRONG
    assert "1 letters are due" in graded["outbox"].text
    with port_of_nobody() as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_DROP = "127.0.0.1", port, ""
        settings.IMAP_HOST, settings.IMAP_PORT = "127.0.0.1", port
        wrong = {finding.subject for finding in examine_mail() if finding.grade is Grade.WRONG}
    assert wrong == {"mail out", "outbox", "mail in"}
