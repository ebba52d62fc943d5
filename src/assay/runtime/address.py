"""The address the web server listens on."""

import contextlib
import socket

from assay.runtime.problem import RuntimeProblem

_TRIES = 50
_ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - recognised, not bound here


class AddressTaken(RuntimeProblem):
    """Raised when the port is in use or the host is not ours; proposes what to use."""


def check_is_free(*, host: str, port: int) -> None:
    """Raise ``AddressTaken`` unless a server could listen on ``host:port`` now."""
    try:
        _bind_once(host=host, port=port)
    except OSError as error:
        if isinstance(error, socket.gaierror) or "assign" in str(error).lower():
            raise AddressTaken(
                f"This machine has no address {host}. Use --host 127.0.0.1, or 0.0.0.0 for all."
            ) from error
        if isinstance(error, PermissionError):
            raise AddressTaken(f"Port {port} needs root. Use one above 1023, e.g. --port {port + 8000}.") from error
        free = _next_free(host=host, port=port)
        advice = f"use --port {free}" if free else "stop that program"
        raise AddressTaken(f"Port {port} on {host} is taken by another program: {advice}.") from error


def is_serving(*, host: str, port: int) -> bool:
    """Tell whether an HTTP server answers there; any status below 500 counts."""
    try:
        with socket.create_connection((reachable_host(host), port), timeout=5) as connection:
            connection.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
            first = connection.makefile("rb").readline().split()
    except OSError:
        return False
    return len(first) > 1 and first[1].isdigit() and int(first[1]) < 500


def reachable_host(host: str) -> str:
    """Return a host that a browser on this machine can open."""
    return "127.0.0.1" if host in _ANYWHERE else host


def web_address(*, host: str, port: int) -> str:
    """Return the address to open, e.g. ``http://127.0.0.1:8000``."""
    shown = reachable_host(host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _bind_once(*, host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen(1)


def _next_free(*, host: str, port: int) -> int | None:
    for candidate in range(port + 1, min(port + _TRIES, 65_536)):
        with contextlib.suppress(OSError):
            _bind_once(host=host, port=candidate)
            return candidate
    return None
