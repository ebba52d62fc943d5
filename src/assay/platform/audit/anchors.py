"""Anchors: the end of the chain, written outside of the database so that its owner cannot rebuild it unseen."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from assay.platform.audit.chain import Anchor


class UnreadableAnchors(ValueError):
    """Raised when a file of anchors holds something else; names the line."""


def append_anchor(*, path: Path, anchor: Anchor) -> bool:
    """Add an anchor as one line of JSON, flushed to the disk; return False when the last line already says it."""
    known = read_anchors(path=path) if path.exists() else ()
    if known and (known[-1].sequence, known[-1].hash) == (anchor.sequence, anchor.hash):
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps({"sequence": anchor.sequence, "hash": anchor.hash, "anchored_at": anchor.anchored_at.isoformat()})
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return True


def read_anchors(*, path: Path) -> Sequence[Anchor]:
    """Return the anchors of a file, oldest first. Raises ``UnreadableAnchors`` or ``OSError``."""
    anchors = []
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            anchors.append(
                Anchor(
                    sequence=int(fields["sequence"]),
                    hash=str(fields["hash"]),
                    anchored_at=datetime.fromisoformat(fields["anchored_at"]),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableAnchors(f"{path}: line {number} is no anchor") from error
    return tuple(anchors)
