"""A real IMAP server in a process of its own, and somebody who puts letters into its folders."""

import contextlib
import imaplib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.platform.mail.post_office import free_port
from tests.runtime.installation import wait_until

USER, PASSWORD = "jobs", "a quiet word"


class MailboxServer:
    """Where it listens, and the letters in it."""

    def __init__(self, port: int) -> None:
        self.port = port

    @contextlib.contextmanager
    def _session(self) -> Iterator[imaplib.IMAP4]:
        session = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        try:
            session.login(USER, PASSWORD)
            yield session
        finally:
            session.logout()

    def is_up(self) -> bool:
        try:
            with self._session():
                return True
        except (OSError, imaplib.IMAP4.error):
            return False

    def make(self, folder: str) -> None:
        with self._session() as session:
            session.create(f'"{folder}"')

    def remake(self, folder: str) -> None:
        """Number the letters anew, as a server that was restored does: the folder's UIDVALIDITY changes."""
        with self._session() as session:
            session.delete(f'"{folder}"')
            session.create(f'"{folder}"')

    def put(self, folder: str, *letters: bytes) -> None:
        with self._session() as session:
            for letter in letters:
                kind, _ = session.append(f'"{folder}"', "", imaplib.Time2Internaldate(time.time()), letter)
                assert kind == "OK"

    def flags(self, folder: str) -> list[bytes]:
        with self._session() as session:
            session.select(f'"{folder}"', readonly=True)
            _, lines = session.fetch("1:*", "(FLAGS)")
            return [line for line in lines if isinstance(line, bytes)]


@contextlib.contextmanager
def running_mailbox_server(log: Path) -> Iterator[MailboxServer]:
    """Run a server until the end of the block."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    words = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    with log.open("wb") as output, subprocess.Popen([*command, *words], stdout=output, stderr=output) as process:
        server = MailboxServer(port)
        try:
            wait_until(server.is_up, what="the IMAP server answers")
            yield server
        finally:
            process.kill()
