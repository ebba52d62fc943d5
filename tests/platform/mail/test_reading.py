"""Letters are read from a real IMAP server: each once, in order, however often and wherever the reading breaks off."""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.platform.mail.mailbox_server import PASSWORD, USER, MailboxServer, running_mailbox_server

from assay.platform.files.actions import StorageFull
from assay.platform.mail import reading
from assay.platform.mail.arrivals import read_arrival
from assay.platform.mail.models import Arrival, Mailbox, Outage
from assay.platform.mail.reading import read_mailbox

pytestmark = pytest.mark.django_db
_numbers = itertools.count()


def letter(name: str, *, body: str = "Hello.") -> bytes:
    return (
        f"Message-ID: <{name}@example.org>\r\nFrom: {name}@example.org\r\nSubject: About {name}\r\n\r\n{body}\r\n"
    ).encode()


def subjects() -> list[bytes]:
    sources = [read_arrival(arrival_id=row.pk).source for row in Arrival.objects.order_by("id")]
    return [source.split(b"Subject: About ")[1].split(b"\r\n")[0] for source in sources]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailboxServer]:
    with running_mailbox_server(tmp_path_factory.mktemp("imap") / "log") as running:
        yield running


@pytest.fixture
def folder(server: MailboxServer, settings: Any) -> str:
    """A fresh folder that the product reads."""
    name = f"Jobs {next(_numbers)}"
    server.make(name)
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_SECURITY = "127.0.0.1", server.port, "none"
    settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER = USER, PASSWORD, name
    return name


def test_new_letters_are_read_once_in_their_order_and_nothing_is_changed(server: MailboxServer, folder: str) -> None:
    server.put(folder, letter("ann"), letter("ben"))
    assert read_mailbox().taken == 2
    assert read_mailbox().taken == 0
    server.put(folder, letter("cas"))
    assert read_mailbox().taken == 1
    assert subjects() == [b"ann", b"ben", b"cas"]
    assert not any(b"Seen" in flags for flags in server.flags(folder))


def test_letters_are_marked_as_read_where_that_is_wanted(server: MailboxServer, folder: str, settings: Any) -> None:
    settings.IMAP_MARKS_READ = True
    server.put(folder, letter("ann"))
    read_mailbox()
    assert all(b"Seen" in flags for flags in server.flags(folder))


def test_the_letter_kept_is_the_letter_sent_byte_for_byte(server: MailboxServer, folder: str) -> None:
    source = letter("ann", body="\r\n".join(["é ü", ".", "From here", "x" * 2000])).replace(b"\xc3\xa9", b"\xe9")
    server.put(folder, source)
    read_mailbox()
    assert read_arrival(arrival_id=Arrival.objects.get().pk).source == source


def test_a_mailbox_whose_numbers_changed_is_read_again_and_nothing_is_kept_twice(
    server: MailboxServer, folder: str
) -> None:
    server.put(folder, letter("ann"), letter("ben"))
    read_mailbox()
    before = Mailbox.objects.get().uid_validity
    server.remake(folder)
    server.put(folder, letter("ben"), letter("cas"))
    assert read_mailbox().taken == 2
    assert subjects() == [b"ann", b"ben", b"cas"]
    assert Mailbox.objects.get().uid_validity != before


def test_of_a_letter_that_is_too_large_the_head_is_kept_and_that_is_said(
    server: MailboxServer, folder: str, settings: Any
) -> None:
    settings.MAIL_LARGEST = 10_000
    server.put(folder, letter("big", body="x" * 20_000), letter("ann"))
    read_mailbox()
    big, small = (read_arrival(arrival_id=row.pk) for row in Arrival.objects.order_by("id"))
    assert (big.is_cut, small.is_cut) == (True, False)
    assert b"About big" in big.source
    assert b"xxx" not in big.source
    assert big.full_size > 20_000


def test_letters_older_than_a_month_are_left_alone_at_the_first_look(
    server: MailboxServer, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(folder, letter("old"))
    monkeypatch.setattr(reading, "_LOOK_BACK", -timedelta(days=365))
    assert read_mailbox().taken == 0
    server.put(folder, letter("ann"))
    assert read_mailbox().taken == 1
    assert subjects() == [b"ann"]


def test_a_round_is_limited_and_the_next_goes_on(
    server: MailboxServer, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_LETTERS_AT_ONCE", 2)
    server.put(folder, *(letter(f"p{number}") for number in range(5)))
    assert [read_mailbox().is_more for _ in range(3)] == [True, True, False]
    assert subjects() == [b"p0", b"p1", b"p2", b"p3", b"p4"]


def test_reading_that_breaks_off_goes_on_behind_the_last_letter_kept(
    server: MailboxServer, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(folder, letter("ann"), letter("ben"), letter("cas"))
    kept = iter([True, False])
    real = reading.mailboxes.take_in

    def fill_the_disk(**more: Any) -> int:
        if not next(kept):
            raise StorageFull
        return real(**more)

    with monkeypatch.context() as broken:
        broken.setattr(reading.mailboxes, "take_in", fill_the_disk)
        with pytest.raises(StorageFull):
            read_mailbox()
    assert subjects() == [b"ann"]
    assert read_mailbox().taken == 2
    assert subjects() == [b"ann", b"ben", b"cas"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"IMAP_PASSWORD": "not it"}, "Invalid auth"),
        ({"IMAP_FOLDER": "Nowhere"}, "SELECT"),
        ({"IMAP_PORT": "nobody's"}, "refused"),
        ({"IMAP_PASSWORD": "naïve"}, "ascii"),
    ],
)
def test_a_mailbox_that_cannot_be_read_says_why_and_is_left_alone_for_a_while(
    folder: str, settings: Any, refusing_port: int, wrong: dict[str, str], words: str
) -> None:
    for name, value in wrong.items():
        setattr(settings, name, refusing_port if value == "nobody's" else value)
    problem = read_mailbox().problem
    assert words.lower() in problem.lower()
    assert settings.IMAP_PASSWORD not in problem
    assert Mailbox.objects.get().last_error == problem
    assert read_mailbox().problem == ""
    assert Outage.objects.get().next_try_at > timezone.now()


def test_without_a_mailbox_nothing_is_read(settings: Any) -> None:
    settings.IMAP_HOST = ""
    assert read_mailbox().taken == 0


def test_a_folder_in_any_script_can_be_named(server: MailboxServer, folder: str, settings: Any) -> None:
    server.make("&ZeVnLIqe- &- mail")
    settings.IMAP_FOLDER = "日本語 & mail"
    server.put("&ZeVnLIqe- &- mail", letter("ann"))
    assert read_mailbox().taken == 1
