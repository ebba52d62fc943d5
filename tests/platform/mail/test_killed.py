"""A sending process killed with -9 at each step: no letter goes twice, none is lost, and doubt is shown as doubt.

The server, or a lock in the database, holds the process at the step; nothing in it is changed.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings as product
from django.db import connection, transaction
from tests.platform.mail.conftest import make_everything_due, states
from tests.platform.mail.post_office import PATIENCE, Gate, PostOffice
from tests.runtime.installation import wait_until

from assay.platform.mail.models import Letter
from assay.platform.mail.sending import send_due

PROGRAM = Path(__file__).with_name("sender_program.py")
Write = Callable[..., int]
Start = Callable[[], "subprocess.Popen[bytes]"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sender_environment(outbox: PostOffice) -> dict[str, str]:
    """What a process needs to send from the test's database through the test's server."""
    chosen = connection.settings_dict
    where = f"host={chosen['HOST']}&port={chosen['PORT'] or 5432}"
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("ASSAY_")},
        "DATABASE_URL": f"postgresql://{chosen['USER']}@/{chosen['NAME']}?{where}",
        "DJANGO_SETTINGS_MODULE": "assay.runtime.settings",
        "ASSAY_DATA": str(product.DATA_DIR),
        "ASSAY_SMTP_HOST": "127.0.0.1",
        "ASSAY_SMTP_PORT": str(outbox.port),
        "ASSAY_SMTP_TLS": "none",
        "ASSAY_SMTP_CONNECTIONS": "4",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }


@pytest.fixture
def start_sender(sender_environment: dict[str, str]) -> Iterator[Start]:
    """Start real sending processes on the test's database and server; whatever still runs afterwards is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        started.append(subprocess.Popen([sys.executable, str(PROGRAM)], env=sender_environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill with -9 and wait until the database has noticed, as it has by the time of any next job."""
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    wait_until(lambda: holders() == 0, what="the database lets go of the dead process's place")


def holders() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [0x6D61696C],
        )
        return int(cursor.fetchone()[0])


def send_the_rest() -> None:
    make_everything_due()
    send_due()
    make_everything_due()
    send_due()


def names(office: PostOffice) -> list[str]:
    return [address.partition("@")[0] for address in office.recipients]


def write_three(write: Write) -> None:
    for name in ("ann", "ben", "cas"):
        write(name)


def held_at(step: str, outbox: PostOffice, write: Write, start_sender: Start) -> "tuple[Gate, subprocess.Popen[bytes]]":
    """Write three letters and start a process that the server holds at this step of the first."""
    write_three(write)
    gate = outbox.gate(step)
    sender = start_sender()
    gate.wait_for_arrival()
    return gate, sender


def test_killed_before_it_claims_anything(outbox: PostOffice, write: Write, start_sender: Start) -> None:
    gate, sender = held_at("EHLO", outbox, write, start_sender)
    assert not Letter.objects.exclude(claimed_by="").exists()
    kill(sender)
    gate.opened.set()
    send_the_rest()
    assert names(outbox) == ["ann", "ben", "cas"]
    assert set(states().values()) == {"sent"}


def test_killed_with_a_claimed_letter(outbox: PostOffice, write: Write, start_sender: Start) -> None:
    gate, sender = held_at("RCPT", outbox, write, start_sender)
    assert Letter.objects.exclude(claimed_by="").get().state == "waiting"
    kill(sender)
    gate.opened.set()
    send_the_rest()
    assert sorted(names(outbox)) == ["ann", "ben", "cas"]
    assert set(states().values()) == {"sent"}


def test_killed_while_the_server_has_the_letter_and_has_not_answered(
    outbox: PostOffice, write: Write, start_sender: Start
) -> None:
    gate, sender = held_at("DATA", outbox, write, start_sender)
    assert Letter.objects.exclude(claimed_by="").get().state == "handing_over"
    kill(sender)
    gate.opened.set()
    send_the_rest()
    assert names(outbox) == ["ann", "ben", "cas"]
    assert states() == {"letter:ann": "uncertain", "letter:ben": "sent", "letter:cas": "sent"}


def test_killed_between_the_servers_yes_and_the_note_of_it(
    outbox: PostOffice, write: Write, start_sender: Start
) -> None:
    gate, sender = held_at("DATA", outbox, write, start_sender)
    with transaction.atomic():
        Letter.objects.select_for_update().get(key="letter:ann")
        gate.opened.set()
        wait_until(is_somebody_waiting_for_a_row, what="the sender has its answer and wants to note it")
        sender.send_signal(signal.SIGKILL)
        sender.wait(PATIENCE)
    kill(sender)
    send_the_rest()
    assert names(outbox) == ["ann", "ben", "cas"]
    assert states() == {"letter:ann": "uncertain", "letter:ben": "sent", "letter:cas": "sent"}


def is_somebody_waiting_for_a_row() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0]) > 0


def test_two_processes_at_once_send_each_letter_once(outbox: PostOffice, write: Write, start_sender: Start) -> None:
    for number in range(60):
        write(f"p{number}")
    processes = [start_sender(), start_sender()]
    assert [process.wait(PATIENCE) for process in processes] == [0, 0]
    send_the_rest()
    assert sorted(names(outbox)) == sorted(f"p{number}" for number in range(60))
    assert set(states().values()) == {"sent"}


def test_two_who_send_at_once_over_two_connections_share_the_letters(
    outbox: PostOffice, write: Write, settings: object
) -> None:
    settings.EMAIL_CONNECTIONS = 2  # type: ignore[attr-defined]
    for number in range(40):
        write(f"p{number}")
    gate, first = held_in_this_process(outbox)
    send_due()
    assert len(outbox.letters) == 40, "the second sender did not wait for the first"
    gate.opened.set()
    first.join(PATIENCE)
    assert sorted(names(outbox)) == sorted(f"p{number}" for number in range(40))
    assert set(states().values()) == {"sent"}


def test_with_one_connection_a_second_sender_leaves_at_once(outbox: PostOffice, write: Write) -> None:
    write_three(write)
    gate, first = held_in_this_process(outbox)
    send_due()
    assert len(outbox.letters) == 1
    assert outbox.connections == 1
    gate.opened.set()
    first.join(PATIENCE)
    assert set(states().values()) == {"sent"}


def held_in_this_process(outbox: PostOffice) -> tuple[Gate, Thread]:
    """Send in a thread of this process, which the server holds at the first letter."""

    def send() -> None:
        try:
            send_due()
        finally:
            connection.close()

    gate, thread = outbox.gate("DATA"), Thread(target=send)
    thread.start()
    gate.wait_for_arrival()
    return gate, thread


def test_a_running_worker_sends_what_is_committed_and_nothing_else(
    outbox: PostOffice, write: Write, sender_environment: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "assay", "worker", "--concurrency", "1"]
    worker = subprocess.Popen(command, env=sender_environment)
    try:
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            write("never")
            raise ZeroDivisionError
        with transaction.atomic():
            write("ann")
        wait_until(lambda: states() == {"letter:ann": "sent"}, what="the worker sends the letter")
        assert names(outbox) == ["ann"]
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0
