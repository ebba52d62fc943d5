"""``assay mail`` at a shell: what it says, and the exit codes that a mail server goes by."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.platform.mail.conftest import states
from tests.platform.mail.post_office import PostOffice
from tests.runtime.installation import Installation

from assay.platform.files.actions import StorageFull
from assay.platform.mail import bringing
from assay.platform.mail.arrivals import read_arrival
from assay.platform.mail.commands import mail
from assay.platform.mail.models import Arrival, Letter, Outage

pytestmark = pytest.mark.django_db
LETTER = b"Message-ID: <1@example.org>\nFrom: ann@example.org\nSubject: Hello\n\nDear you\n"


def run(*words: str, piped: bytes = b"") -> Result:
    return CliRunner().invoke(mail, words, input=piped)


def test_a_letter_to_try_things_out_arrives_and_that_is_said(outbox: PostOffice) -> None:
    done = run("test", "me@example.org")
    assert (done.exit_code, outbox.recipients) == (0, ["me@example.org"])
    assert "took it" in done.output


def test_a_letter_to_try_things_out_says_what_went_wrong(outbox: PostOffice, settings: Any, refusing_port: int) -> None:
    outbox.at_rcpt = lambda address: "550 5.1.1 No such person"
    done = run("test", "me@example.org")
    assert done.exit_code == 1
    assert "refused: 550 5.1.1 No such person" in done.output
    settings.EMAIL_PORT = refusing_port
    assert "waiting: " in run("test", "me@example.org").output
    assert run("test", "nobody").exit_code == 2
    settings.EMAIL_HOST = ""
    assert "ASSAY_SMTP_HOST" in run("test", "me@example.org").output


def test_the_state_of_mail_is_told(outbox: PostOffice, write: Callable[..., int]) -> None:
    write()
    text = run("status").output
    assert "sent through 127.0.0.1" in text
    assert "waiting       1" in text
    assert "due: 1" in text
    assert "none is read" in text


def test_another_try_is_made_at_once_also_of_what_was_refused(
    outbox: PostOffice, write: Callable[..., int], settings: Any, refusing_port: int
) -> None:
    good, settings.EMAIL_PORT = settings.EMAIL_PORT, refusing_port
    write("ann")
    assert run("retry").exit_code == 1
    assert Outage.objects.exists()
    settings.EMAIL_PORT = good
    Letter.objects.filter(key=write("ben") and "letter:ben").update(state="refused")
    done = run("retry")
    assert (done.exit_code, states()) == (0, {"letter:ann": "sent", "letter:ben": "refused"})
    assert run("retry", "--refused").exit_code == 0
    assert states()["letter:ben"] == "sent"


def test_a_piped_letter_is_kept_as_it_came_and_once() -> None:
    for _ in range(2):
        assert run("receive", piped=b"From ann@example.org Sat Nov 21 10:00:00 2026\n" + LETTER).exit_code == 0
    assert read_arrival(arrival_id=Arrival.objects.get().pk).source == LETTER


def test_what_is_no_letter_is_sent_back_and_not_tried_again() -> None:
    for piped in (b"", b"\n\nhello", b"\x00" * 100):
        done = run("receive", piped=piped)
        assert (done.exit_code, "no letter" in done.output) == (65, True)
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("trouble", [StorageFull(), ValueError("a fault of ours")])
def test_any_trouble_of_ours_leaves_the_letter_with_whoever_brought_it(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fail(**_: object) -> int:
        raise trouble

    monkeypatch.setattr(bringing, "store_arrival", fail)
    assert run("receive", piped=LETTER).exit_code == 75


def test_of_a_piped_letter_that_is_too_large_the_head_is_kept(settings: Any) -> None:
    settings.MAIL_LARGEST = 1000
    assert run("receive", piped=LETTER + b"x" * 3_000_000).exit_code == 0
    kept = read_arrival(arrival_id=Arrival.objects.get().pk)
    assert kept.full_size == len(LETTER) + 3_000_000
    assert kept.is_cut
    assert b"Subject: Hello" in kept.source
    assert b"Dear" not in kept.source


def test_files_of_one_letter_and_of_many_are_taken_in(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(LETTER)
    other = LETTER.replace(b"<1@", b"<2@").replace(b"Dear you\n", b"Dear you\n\n>From here\n>>From there\nFrom x\n")
    (tmp_path / "many.mbox").write_bytes(b"".join(b"From a@b Sat Nov 21\n" + one + b"\n" for one in (LETTER, other)))
    done = run("receive", str(tmp_path / "one.eml"), str(tmp_path / "many.mbox"))
    assert done.output == "3 letters taken in\n"
    first, second = (read_arrival(arrival_id=row.pk).source for row in Arrival.objects.order_by("id"))
    assert first == LETTER
    assert second.endswith(b"\n\nFrom here\n>From there\nFrom x\n")


def test_a_huge_mbox_is_read_letter_by_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mbox = io.BytesIO(b"".join(b"From a@b Sat Nov 21\n" + LETTER + b"\n" for _ in range(5000)))
    seen = bringing._split_mbox(mbox)
    next(seen)
    assert mbox.tell() < 20_000


@pytest.mark.slow
def test_a_database_that_is_not_there_makes_the_mail_server_try_again(tmp_path: Path, refusing_port: int) -> None:
    url = f"postgresql://assay@127.0.0.1:{refusing_port}/nothing"
    installation = Installation(tmp_path / "data", database_url=url)
    assert piped_into(installation, LETTER) == 75
    installation.environment["DATABASE_URL"] = "mysql://nonsense"
    assert piped_into(installation, LETTER) == 75


def piped_into(installation: Installation, source: bytes) -> int:
    import sys

    command = [sys.executable, "-m", "assay", "mail", "receive"]
    done = subprocess.run(command, input=source, env=installation.environment, capture_output=True, check=False)
    return done.returncode
