"""The contained process: reads calls from one pipe, answers on another, and touches nothing else.

Started by its file path in an isolated interpreter; the first line says where modules are, which functions may be
called and what the process may use. It imports no more than those functions need, and ends when it has had nothing
to do for a while.
"""

import importlib
import json
import os
import select
import sys
from collections.abc import Callable

_Function = Callable[[bytes], bytes]


def main() -> None:
    """Set up from the first line, then serve calls until the parent closes the pipe or forgets about it."""
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    setup = json.loads(_read_line(requests))
    sys.path[:] = setup["path"]
    from assay.sandbox.confine import confine

    functions = {path: _load(path) for path in setup["functions"]}
    confine(memory_bytes=setup["memory_bytes"], parent=setup["parent"])
    while _has_request(requests, setup["idle_seconds"]):
        _serve(requests, replies, functions, setup["cpu_seconds"])


def _load(path: str) -> _Function:
    module, _, name = path.partition(":")
    function: _Function = getattr(importlib.import_module(module), name)
    return function


def _has_request(requests: int, idle_seconds: float) -> bool:
    poll = select.poll()
    poll.register(requests, select.POLLIN)
    return any(event & select.POLLIN for _, event in poll.poll(idle_seconds * 1000))


def _serve(requests: int, replies: int, functions: dict[str, _Function], cpu_seconds: int) -> None:
    from assay.sandbox import wire
    from assay.sandbox.confine import renew_processor_time

    _, length = wire.HEADER.unpack(_read(requests, wire.HEADER.size))
    body = _read(requests, length)
    renew_processor_time(seconds=cpu_seconds)
    kind, answer = _answer(body, functions)
    del body
    _write(replies, wire.HEADER.pack(kind, len(answer)))
    _write(replies, answer)


def _answer(body: bytes, functions: dict[str, _Function]) -> tuple[bytes, bytes]:
    from assay.sandbox import wire

    path, payload = wire.unpack_call(body=body)
    if path not in functions:
        return wire.RAISED, b"not an allowed function"
    try:
        return wire.REPLIED, functions[path](payload)
    except MemoryError:
        return wire.NO_MEMORY, b""
    except Exception as error:  # noqa: BLE001  the parent decides what a failure means; the child only reports it
        return wire.RAISED, f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:2000]


def _read(pipe: int, length: int) -> bytes:
    """Read exactly ``length`` bytes; ends the process when the parent is gone."""
    parts: list[bytes] = []
    while length:
        part = os.read(pipe, min(length, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _read_line(pipe: int) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        line += _read(pipe, 1)
    return bytes(line)


def _write(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


if __name__ == "__main__":
    main()
