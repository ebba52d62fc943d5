"""The contained process: reads calls from one pipe, answers on another, and touches nothing else.

Started by its file path in an isolated interpreter; the first message says where modules are, which functions may
be called and what the process may use. It never imports more than those functions need.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import BinaryIO

_Function = Callable[[bytes], bytes]


def main() -> None:
    """Set up from the first message, then serve calls until the parent closes the pipe."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    setup = json.loads(requests.readline())
    sys.path[:] = setup["path"]
    from assay.sandbox.confine import confine

    functions = {path: _load(path) for path in setup["functions"]}
    confine(memory_bytes=setup["memory_bytes"], parent=setup["parent"])
    _serve(requests, replies, functions, setup["cpu_seconds"])


def _load(path: str) -> _Function:
    module, _, name = path.partition(":")
    function: _Function = getattr(importlib.import_module(module), name)
    return function


def _serve(requests: BinaryIO, replies: BinaryIO, functions: dict[str, _Function], cpu_seconds: int) -> None:
    from assay.sandbox import wire
    from assay.sandbox.confine import renew_processor_time

    while header := requests.read(wire.HEADER.size):
        _, length = wire.HEADER.unpack(header)
        renew_processor_time(seconds=cpu_seconds)
        kind, body = _answer(requests.read(length), functions)
        _write(replies, wire.HEADER.pack(kind, len(body)))
        _write(replies, body)


def _answer(body: bytes, functions: dict[str, _Function]) -> tuple[bytes, bytes]:
    from assay.sandbox import wire

    path, payload = wire.unpack_call(body=body)
    if path not in functions:
        return wire.REFUSED, path.encode()
    try:
        return wire.REPLIED, functions[path](payload)
    except MemoryError:
        return wire.NO_MEMORY, b""
    except Exception as error:  # noqa: BLE001  the parent decides what a failure means; the child only reports it
        return wire.RAISED, f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:2000]


def _write(replies: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[replies.write(view) :]


if __name__ == "__main__":
    main()
