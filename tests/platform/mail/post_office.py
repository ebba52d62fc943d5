"""A real mail server on loopback that can be told how to behave, and remembers every letter it took."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

PATIENCE = 120
Script = Callable[[str], str | None]


@dataclass
class Gate:
    """A place in the conversation where the server stops until it is let go on; ``reached`` tells that it is there."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def pass_through(self) -> None:
        self.reached.set()
        assert self.opened.wait(PATIENCE), "nobody opened the gate"

    def wait_for_arrival(self) -> None:
        assert self.reached.wait(PATIENCE), "nobody came to the gate"


class PostOffice:
    """Answers by script: each of ``at_*`` gets the address (or the letter's number) and may return an answer.

    ``hang_up`` drops the connection instead of answering a letter.
    """

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.at_mail: Script = lambda address: None
        self.at_rcpt: Script = lambda address: None
        self.at_data: Script = lambda address: None
        self.hang_up: Callable[[str], bool] = lambda address: False
        self.gates: dict[str, Gate] = {}
        self._every_gate: list[Gate] = []
        self._controller: Controller | None = None
        self.port = 0

    def start(self, *, port: int = 0, certificate: Path | None = None, password: str = "") -> "PostOffice":
        """Listen; on a port of its own unless one is given."""
        options: dict[str, Any] = {}
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            options = {"tls_context": context, "require_starttls": True}
        if password:
            options |= {
                "authenticator": _knows(password),
                "auth_required": True,
                "auth_require_tls": certificate is not None,
            }
        self._controller = Controller(
            _Handler(self),
            hostname="127.0.0.1",
            port=port or free_port(),
            ready_timeout=PATIENCE,
            enable_SMTPUTF8=True,
            **options,
        )
        self._controller.start()
        self.port = self._controller.port
        return self

    def gate(self, name: str) -> Gate:
        """Stop at ``EHLO``, ``RCPT`` or ``DATA`` until the gate is opened."""
        gate = self.gates[name] = Gate()
        self._every_gate.append(gate)
        return gate

    def stop(self) -> None:
        """Stop listening; open every gate first."""
        for gate in self._every_gate:
            gate.opened.set()
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


def _knows(password: str) -> Callable[..., AuthResult]:
    def check(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and data.password == password.encode()
        return AuthResult(success=is_right, handled=False)

    return check


class _Handler:
    def __init__(self, office: PostOffice) -> None:
        self.office = office

    async def _pass(self, server: Any, name: str) -> None:
        gate = self.office.gates.pop(name, None)
        if gate is not None:
            await server.loop.run_in_executor(None, gate.pass_through)

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, host: str, lines: list[str]) -> list[str]:  # noqa: N802
        session.host_name = host
        self.office.connections += 1
        await self._pass(server, "EHLO")
        return lines

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        answer = self.office.at_mail(address)
        if answer is None:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        await self._pass(server, "RCPT")
        answer = self.office.at_rcpt(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        answer = self.office.at_data(address)
        if answer is None:
            self.office.letters.append(envelope.original_content)
            self.office.recipients.append(address)
        await self._pass(server, "DATA")
        if self.office.hang_up(address):
            server.transport.abort()
        return answer or "250 OK"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def port_of_nobody() -> Iterator[int]:
    """Hold a port that refuses every connection, and that no other program can be given meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
