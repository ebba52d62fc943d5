"""How parent and child talk: messages of a length, a one-letter kind and bytes, over a pipe.

Nothing but the standard library, because the child imports this before it is contained.
"""

import struct

HEADER = struct.Struct("!cQ")
"""Kind and length of a message."""

CALL = b"C"
REPLIED = b"R"
RAISED = b"E"
NO_MEMORY = b"M"


def pack(*, kind: bytes, body: bytes) -> bytes:
    """Return a whole message."""
    return HEADER.pack(kind, len(body)) + body


def pack_call(*, function: str, payload: bytes) -> bytes:
    """Return the body of a call: the function's path, a line end, and what it is given."""
    return function.encode("ascii") + b"\n" + payload


def unpack_call(*, body: bytes) -> tuple[str, bytes]:
    """Return function path and payload of a call."""
    function, _, payload = body.partition(b"\n")
    return function.decode("ascii"), payload
