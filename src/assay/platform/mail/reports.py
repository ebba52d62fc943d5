"""What a mail server's report (RFC 3464) says became of a letter. Bounded like the reading of heads; never fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assay.platform.mail.headers import Fields, first_id, head_of, read_fields
from assay.platform.text import clean_line

_LONGEST_REPORT = 512_000
_MOST_PARTS = 20
_MOST_RECIPIENTS = 50
_LONGEST_WORDS = 300
_BOUNDARY = re.compile(r'boundary="?([^";\s]{1,70}(?: [^";\s]{1,70}){0,3})', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """``message_id`` is the letter that the report is about; ``action`` is ``failed``, ``delayed``, ``delivered``..."""

    message_id: str
    recipient: str
    action: str
    status: str
    words: str

    @property
    def has_failed(self) -> bool:
        """Tell whether the letter will never arrive."""
        return self.action == "failed"


def read_report(source: bytes) -> DeliveryReport | None:
    """Return what a report says of the first letter it names, or None for a letter that is no such report."""
    content_type = read_fields(head_of(source)).get("content-type", ("",))[0]
    boundary = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/report") or boundary is None:
        return None
    message_id, said = "", []
    for kind, body in _parts(source[:_LONGEST_REPORT], boundary[1].encode()):
        if kind == "message/delivery-status":
            said += [read_fields(block) for block in body.split(b"\n\n")[:_MOST_RECIPIENTS]]
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"):
            message_id = message_id or first_id(read_fields(head_of(body)).get("message-id", ("",))[0])
    about = [block for block in said if "action" in block]
    worst = next((block for block in about if _value(block, "action").lower() == "failed"), about[0] if about else None)
    return _report(message_id, worst) if worst is not None and message_id else None


def _parts(source: bytes, boundary: bytes) -> Iterator[tuple[str, bytes]]:
    pieces = source.replace(b"\r\n", b"\n").split(b"\n--" + boundary, _MOST_PARTS)
    for piece in pieces[1:]:
        head, _, body = piece.lstrip(b" \t").removeprefix(b"\n").partition(b"\n\n")
        kind = read_fields(head).get("content-type", ("",))[0].partition(";")[0].strip().lower()
        yield kind, body


def _report(message_id: str, block: Fields) -> DeliveryReport:
    return DeliveryReport(
        message_id=message_id,
        recipient=_after_type(_value(block, "final-recipient") or _value(block, "original-recipient")),
        action=_value(block, "action").lower()[:20],
        status=_value(block, "status")[:20],
        words=_after_type(_value(block, "diagnostic-code")) or "The server gave no reason.",
    )


def _value(block: Fields, name: str) -> str:
    return clean_line(block.get(name, ("",))[0][:_LONGEST_WORDS], longest=_LONGEST_WORDS)


def _after_type(value: str) -> str:
    """Return ``550 No such person`` of ``smtp; 550 No such person``."""
    kind, separator, words = value.partition(";")
    return words.strip() if separator else kind.strip()
