"""Letters through an SMTP server, command by command, so that the moment of handing over is known exactly."""

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable

from assay.platform.mail.carrying import ConnectionLost, Envelope, NotNow, Refused, ServerTrouble, Unanswered
from assay.platform.mail.servers import Security, Server
from assay.platform.text import clean_line

_CONNECT_SECONDS = 20
_COMMAND_SECONDS = 60
# RFC 5321 4.5.3.2.6: a server may need ten minutes, and an answer not waited for leaves a letter uncertain.
_ANSWER_SECONDS = 600
_BLOCK = 64 * 1024
_CLOSING = 421
_TOO_LARGE = 552
_LONGEST_WORDS = 400
_DOT_AT_START = re.compile(rb"(?m)^\.")


class SmtpCarrier:
    """One connection to an SMTP server, signed in. Make it with ``connect``."""

    def __init__(self, smtp: smtplib.SMTP, *, server: Server) -> None:
        self._smtp = smtp
        self._server = server

    def offer(self, envelope: Envelope) -> None:
        """Say from whom and to whom, and ask to begin with the text."""
        options = self._options(envelope)
        self._check(self._run(lambda: self._smtp.mail(envelope.sender, options)), is_about_us=True)
        self._check(self._run(lambda: self._smtp.rcpt(envelope.recipient)))
        self._check(self._run(lambda: self._smtp.docmd("data")), wanted=3)

    def _options(self, envelope: Envelope) -> list[str]:
        options = []
        if self._smtp.has_extn("size"):
            options.append(f"size={envelope.size}")
        if not envelope.recipient.isascii():
            if not self._smtp.has_extn("smtputf8"):
                raise Refused("Our mail server cannot send to an address with such letters (it lacks SMTPUTF8).")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        return options

    def hand_over(self, source: bytes) -> str:
        """Send the text, then the line that ends it, and wait for the answer."""
        text = _DOT_AT_START.sub(b"..", source)
        if not text.endswith(b"\r\n"):
            text += b"\r\n"
        sock = self._smtp.sock
        assert sock is not None, "a letter is offered first"
        try:
            for start in range(0, len(text), _BLOCK):
                sock.sendall(text[start : start + _BLOCK])
        except OSError as error:
            # Without its last line no server may keep a letter.
            raise self._lost(error) from error
        try:
            sock.settimeout(_ANSWER_SECONDS)
            sock.sendall(b".\r\n")
            answer = self._smtp.getreply()
            sock.settimeout(_COMMAND_SECONDS)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unanswered(_words(error, self._server)) from error
        if answer[0] // 100 not in (2, 4, 5):
            self.close()
            raise Unanswered(_words(answer, self._server))
        self._check(answer)
        return _words(answer, self._server)

    def _check(self, answer: tuple[int, bytes], *, wanted: int = 2, is_about_us: bool = False) -> None:
        code, words = answer[0], _words(answer, self._server)
        if code // 100 == wanted:
            return
        if code == _CLOSING:
            self.close()
            raise ConnectionLost(words)
        if code // 100 == 4:
            self._reset()
            raise NotNow(words)
        if code // 100 == 5 and (not is_about_us or code == _TOO_LARGE):
            self._reset()
            raise Refused(words)
        self.close()
        raise ServerTrouble(words)

    def _run(self, command: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        try:
            return command()
        except (OSError, smtplib.SMTPException) as error:
            raise self._lost(error) from error

    def _reset(self) -> None:
        try:
            is_ready = self._smtp.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            is_ready = False
        if not is_ready:
            self.close()

    def _lost(self, error: Exception) -> ConnectionLost:
        self.close()
        return ConnectionLost(_words(error, self._server))

    def is_open(self) -> bool:
        """Tell whether the connection stands, as far as is known without asking."""
        return self._smtp.sock is not None

    def close(self) -> None:
        """Hang up."""
        self._smtp.close()

    def leave(self) -> None:
        """Say goodbye and hang up, when there is somebody to say it to."""
        if self.is_open():
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self.close()


def connect(server: Server, *, our_name: str) -> SmtpCarrier:
    """Open a connection, protect it as the settings ask, and sign in. ``our_name`` is how we introduce ourselves.

    Raises ``ServerTrouble``.
    """
    try:
        smtp = _greeted(server, our_name)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerTrouble(_words(error, server)) from error
    try:
        _protect_and_sign_in(smtp, server)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        smtp.close()
        raise ServerTrouble(_words(error, server)) from error
    except ServerTrouble:
        smtp.close()
        raise
    return SmtpCarrier(smtp, server=server)


def _greeted(server: Server, our_name: str) -> smtplib.SMTP:
    if server.security is Security.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, our_name, timeout=_CONNECT_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, our_name, timeout=_CONNECT_SECONDS)


def _protect_and_sign_in(smtp: smtplib.SMTP, server: Server) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS:
        if not smtp.has_extn("starttls"):
            raise ServerTrouble("It offers no STARTTLS; ASSAY_SMTP_TLS=none sends without protection.")
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)
    assert smtp.sock is not None, "connected above"
    smtp.sock.settimeout(_COMMAND_SECONDS)
    # The last line is a packet of its own; without this the kernel holds it back until the text was acknowledged.
    smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _words(what: tuple[int, bytes] | Exception, server: Server) -> str:
    """Return what a server or the network said, fit to be shown: one line, and never our password."""
    if isinstance(what, smtplib.SMTPResponseException):
        error = what.smtp_error
        what = (what.smtp_code, error if isinstance(error, bytes) else str(error).encode())
    if isinstance(what, tuple):
        text = f"{what[0]} {what[1].decode('utf-8', 'replace')}"
    else:
        text = str(what) or type(what).__name__
    if server.password:
        text = text.replace(server.password, "…")
    return clean_line(text[:_LONGEST_WORDS], longest=_LONGEST_WORDS)
