"""One folder of a mailbox, read by IMAP; nothing in it is changed but, where that is wanted, the mark of being read."""

import base64
import contextlib
import imaplib
import re
import ssl
from datetime import date
from types import TracebackType
from typing import Any, Self

from assay.platform.mail.servers import Security, Server
from assay.platform.text import clean_line

_SECONDS = 60
_LONGEST_WORDS = 400
_UID_AND_SIZE = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NOT_IN_MUTF7 = re.compile(r"[^\x20-\x7e]+|&")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxTrouble(Exception):
    """Raised when a mailbox cannot be read now; the words say why and never hold our password."""


class MailboxFolder:
    """An open folder. ``uid_validity`` changes when the server has numbered its letters anew."""

    def __init__(self, server: Server, *, folder: str, can_mark: bool) -> None:
        """Connect, sign in and open the folder. Raises ``MailboxTrouble``."""
        self._server = server
        try:
            self._imap = _connected(server)
        except (OSError, imaplib.IMAP4.error, UnicodeError) as error:
            raise self._trouble(error) from error
        try:
            self._imap.login(server.user, server.password)
            self._ask("SELECT", self._imap.select(_quoted(folder), readonly=not can_mark))
            self.uid_validity = int(self._imap.response("UIDVALIDITY")[1][0] or 0)
        except (OSError, imaplib.IMAP4.error, UnicodeError, TypeError, ValueError) as error:
            self._hang_up()
            raise self._trouble(error) from error
        except MailboxTrouble:
            self._hang_up()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self._imap.logout()
        self._hang_up()

    def first_uid_since(self, day: date) -> int | None:
        """Return the lowest number among the letters that came on that day or later, or None when there is none."""
        words = f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"
        found = self._run("SEARCH", None, "SINCE", words)
        numbers = [int(number) for line in found if isinstance(line, bytes) for number in line.split()]
        return min(numbers, default=None)

    def list_after(self, uid: int) -> list[tuple[int, int]]:
        """Return numbers and sizes in bytes of the letters with higher numbers, in their order."""
        # "n:*" always names the last letter, even when its number is lower.
        lines = [_flat(item) for item in self._run("FETCH", f"{uid + 1}:*", "(UID RFC822.SIZE)")]
        found = [(_UID_AND_SIZE.search(line), _SIZE.search(line)) for line in lines]
        letters = {int(number[1]): int(size[1]) for number, size in found if number and size}
        return sorted((number, size) for number, size in letters.items() if number > uid)

    def fetch(self, uid: int, *, head_only: bool = False) -> bytes | None:
        """Return a letter's bytes, or only its head; None when it is gone. Does not mark it as read."""
        what = "(BODY.PEEK[HEADER])" if head_only else "(BODY.PEEK[])"
        for item in self._run("FETCH", str(uid), what):
            if isinstance(item, tuple) and isinstance(item[1], bytes):
                return item[1]
        return None

    def mark_read(self, uid: int) -> None:
        """Mark a letter as read."""
        self._run("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")

    def _run(self, command: str, *words: str | None) -> list[Any]:
        try:
            return self._ask(command, self._imap.uid(command, *words))  # type: ignore[arg-type]
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._trouble(error) from error

    def _ask(self, command: str, answer: tuple[str, list[Any]]) -> list[Any]:
        kind, data = answer
        if kind != "OK":
            words = b" ".join(item for item in data if isinstance(item, bytes)).decode("utf-8", "replace")
            raise MailboxTrouble(self._cleaned(f"{command}: {kind} {words}"))
        return data

    def _trouble(self, error: Exception) -> MailboxTrouble:
        text = error.args[0] if error.args else ""
        words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(error)
        return MailboxTrouble(self._cleaned(words or type(error).__name__))

    def _cleaned(self, words: str) -> str:
        safe = words.replace(self._server.password, "…") if self._server.password else words
        return clean_line(safe[:_LONGEST_WORDS], longest=_LONGEST_WORDS)

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self._imap.shutdown()


def _connected(server: Server) -> imaplib.IMAP4:
    if server.security is Security.TLS:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=_SECONDS)
    imap = imaplib.IMAP4(server.host, server.port, timeout=_SECONDS)
    if server.security is Security.STARTTLS:
        try:
            imap.starttls(ssl_context=ssl.create_default_context())
        except (OSError, imaplib.IMAP4.error):
            imap.shutdown()
            raise
    return imap


def _flat(item: object) -> bytes:
    if isinstance(item, tuple):
        return b" ".join(part for part in item if isinstance(part, bytes))
    return item if isinstance(item, bytes) else b""


def _quoted(folder: str) -> str:
    """Return a folder's name as IMAP writes it: modified UTF-7 (RFC 3501 5.1.3) between quotes."""
    name = _NOT_IN_MUTF7.sub(_shifted, folder).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}"'


def _shifted(found: re.Match[str]) -> str:
    if found[0] == "&":
        return "&-"
    packed = base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=")
    return f"&{packed.replace('/', ',')}-"
