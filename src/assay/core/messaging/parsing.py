"""A stranger's letter, read within bounds: nothing in it is obeyed, and nothing in it can stop the reading.

The bytes are kept elsewhere; what cannot be read here is said in ``notes``.
"""

import re
from collections.abc import Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses
from typing import TypeAlias

from assay.core.messaging.incoming import (
    DeliveryReport,
    IncomingFile,
    IncomingLetter,
    ReadingLimits,
    ReadingRules,
)
from assay.core.messaging.legible import clean_html, clean_line, clean_lines, text_of_html
from assay.core.messaging.quoting import fold_quoted

_Part: TypeAlias = "Message[str, str]"
_ID = re.compile(r"<[^<>\s]{1,398}>")
_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,64}@[^\s<>()\",;:@]{1,190}")
_SENT_TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
_WORD = re.compile(r"[a-z_-]+")
_COMMENT = re.compile(r"\([^()]*\)")
_MOST_ADDRESSES = 50
_LONGEST_ADDRESS = 254
_TOO_LARGE = "The letter is larger than what is read here; only its head was read. Open the original."
_TOO_DEEP = "The letter is nested too deeply to be read; only its head was read. Open the original."
_CUT = "The text is longer than what is shown; the original has all of it."
_PARTS_LEFT = "The letter has more parts than are read; the original has all of them."


def parse(*, source: bytes, rules: ReadingRules) -> IncomingLetter:
    """Read a letter. Never raises: a letter that cannot be read comes back with what could be, and says so."""
    limits = rules.limits
    notes: list[str] = []
    letter = _structure(source, limits, notes)
    parts = list(_walk(letter, limits, notes))
    text, html = _words(parts, limits, notes)
    new, quoted = fold_quoted(text=text, openers=rules.quote_lines)
    subject = clean_line(text=_header(letter, "subject", limits), longest=400)
    name, address = _sender(letter, limits)
    return IncomingLetter(
        message_id=_first_id(_header(letter, "message-id", limits)),
        sender=address,
        sender_name=name,
        recipients=_recipients(letter, limits),
        subject=subject,
        references=_references(letter, limits),
        text=new,
        quoted=quoted,
        html=html,
        files=tuple(_files(parts, limits, notes)),
        is_automatic=_is_automatic(letter, subject, address, rules),
        report=_report(parts, limits),
        notes=tuple(dict.fromkeys(notes)),
    )


def _structure(source: bytes, limits: ReadingLimits, notes: list[str]) -> _Part:
    if len(source) <= limits.largest_bytes:
        try:
            return BytesParser(policy=policy.compat32).parsebytes(source)
        except (RecursionError, ValueError, LookupError):
            notes.append(_TOO_DEEP)
    else:
        notes.append(_TOO_LARGE)
    head = source[: limits.longest_header * 20].split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    return BytesHeaderParser(policy=policy.compat32).parsebytes(head + b"\n\n")


def _walk(letter: _Part, limits: ReadingLimits, notes: list[str]) -> Iterator[_Part]:
    """Yield the parts that hold something, in their order; a letter inside a letter counts as one part."""
    waiting: list[tuple[_Part, int]] = [(letter, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > limits.most_parts or depth > limits.deepest:
            notes.append(_PARTS_LEFT)
            return
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend((one, depth + 1) for one in reversed(_inside(part)))
        else:
            yield part


def _inside(part: _Part) -> list[_Part]:
    """Return the parts in a part. Only of such a one is the payload asked for: text is decoded by the letter's word."""
    inside = part.get_payload() if part.is_multipart() else []
    return [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []


def _words(parts: list[_Part], limits: ReadingLimits, notes: list[str]) -> tuple[str, str]:
    plain = [_decoded(part, limits.longest_text * 2) for part in parts if _is_words(part, "text/plain")]
    formatted = next((_decoded(part, limits.longest_html) for part in parts if _is_words(part, "text/html")), "")
    text = "\n\n".join(one for one in plain if one.strip()) or text_of_html(html=formatted)
    if len(text) > limits.longest_text:
        notes.append(_CUT)
    return clean_lines(text=text, longest=limits.longest_text), clean_html(html=formatted) if formatted else ""


def _is_words(part: _Part, kind: str) -> bool:
    return part.get_content_type() == kind and not _is_file(part)


def _is_file(part: _Part) -> bool:
    disposition = str(part.get("content-disposition", ""))[:200].strip().lower()
    return disposition.startswith("attachment") or bool(_file_name(part))


def _decoded(part: _Part, longest: int) -> str:
    content = _content(part)[: longest * 4]
    charset = part.get_param("charset", "utf-8")
    name = charset if isinstance(charset, str) else "utf-8"
    for guess in (name.strip("\"'")[:40], "utf-8"):
        try:
            return content.decode(guess, "replace")[:longest]
        except (LookupError, ValueError, UnicodeError):
            continue
    return content.decode("latin-1")[:longest]


def _content(part: _Part) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def _files(parts: list[_Part], limits: ReadingLimits, notes: list[str]) -> Iterator[IncomingFile]:
    made = 0
    for number, part in enumerate(parts, 1):
        if not (_is_file(part) or _is_other(part)):
            continue
        content = _letter_inside(part) if part.get_content_maintype() == "message" else _content(part)
        name = clean_line(text=_file_name(part), longest=200).replace("/", "_").replace("\\", "_") or f"part {number}"
        if len(content) > limits.largest_attachment:
            notes.append(f"The file {name} is larger than what is taken out; it is in the original.")
        elif made >= limits.most_attachments:
            notes.append("The letter has more files than are taken out; the original has all of them.")
            return
        elif content:
            made += 1
            yield IncomingFile(name, clean_line(text=part.get_content_type(), longest=100), content)


def _letter_inside(part: _Part) -> bytes:
    try:
        return part.as_bytes()
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return b""


def _is_other(part: _Part) -> bool:
    """Tell whether a part is neither words nor structure: an image in the text, a letter inside a letter."""
    kind = part.get_content_type()
    return kind not in ("text/plain", "text/html", "message/delivery-status") and not kind.startswith("multipart/")


def _file_name(part: _Part) -> str:
    try:
        return _legible(part.get_filename() or "")
    except (ValueError, LookupError, UnicodeError):
        return "file"


def _header(letter: _Part, name: str, limits: ReadingLimits) -> str:
    return _legible(str(letter.get(name, ""))[: limits.longest_header])


def _legible(value: str) -> str:
    """Return a header's words, decoded where it is encoded, whatever is wrong with it."""
    try:
        decoded = str(make_header(decode_header(value)))
    except (ValueError, LookupError, UnicodeError, IndexError):
        decoded = value
    return decoded.encode("utf-8", "replace").decode("utf-8")


def _sender(letter: _Part, limits: ReadingLimits) -> tuple[str, str]:
    raw = str(letter.get("from", ""))[: limits.longest_header]
    name, address = _addresses([raw])[0] if raw.strip() else ("", "")
    kept = clean_line(text=address, longest=_LONGEST_ADDRESS + 1).lower()
    is_usable = "@" in kept and " " not in kept and len(kept) <= _LONGEST_ADDRESS
    return clean_line(text=_legible(name), longest=200), kept if is_usable else ""


def _recipients(letter: _Part, limits: ReadingLimits) -> tuple[str, ...]:
    found: list[str] = []
    for name in _SENT_TO:
        values = [str(value)[: limits.longest_header] for value in letter.get_all(name, [])[:_MOST_ADDRESSES]]
        found += [address for _, address in _addresses(values)]
    usable = (clean_line(text=one, longest=_LONGEST_ADDRESS) for one in found if "@" in one)
    return tuple(dict.fromkeys(usable))[:_MOST_ADDRESSES]


def _addresses(values: list[str]) -> list[tuple[str, str]]:
    """Return names with addresses; a header made to exhaust a reader is searched for addresses alone."""
    try:
        found = getaddresses(values)
    except (RecursionError, ValueError, IndexError):
        found = [("", one) for value in values for one in _ADDRESS.findall(value)]
    return found[:_MOST_ADDRESSES] or [("", "")]


def _first_id(value: str) -> str:
    found = _ID.search(value)
    return found[0] if found else ""


def _references(letter: _Part, limits: ReadingLimits) -> tuple[str, ...]:
    """Return the ids of earlier letters, the one that is answered first, then from the latest to the oldest."""
    answered = _ID.findall(str(letter.get("in-reply-to", ""))[: limits.longest_header])
    earlier = _ID.findall(str(letter.get("references", ""))[-limits.longest_header :])
    return tuple(dict.fromkeys([*answered, *reversed(earlier)]))[: limits.most_references]


def _is_automatic(letter: _Part, subject: str, sender: str, rules: ReadingRules) -> bool:
    signs, limits = rules.automatic, rules.limits
    for name, values in signs.header_values.items():
        # "auto-replied (vacation)", "auto-generated; owner-email=x", "DR, OOF, AutoReply"
        if set(values) & set(_WORD.findall(_COMMENT.sub("", _header(letter, name, limits)).lower())):
            return True
    if any(letter.get(name) is not None for name in signs.headers_present):
        return True
    if str(letter.get("return-path", "")).strip() == "<>" or letter.get_content_type() == "multipart/report":
        return True
    return sender.lower().partition("@")[0] in signs.senders or subject.lower().startswith(signs.subject_starts)


def _report(parts: list[_Part], limits: ReadingLimits) -> DeliveryReport | None:
    """Return what a delivery report says of letters that failed for good; delays and receipts are none."""
    failed: _Part | None = None
    ids: list[str] = []
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            blocks = _inside(part)[: limits.most_parts]
            failed = failed or next((one for one in blocks if _has_failed(one)), None)
        elif kind in ("message/rfc822", "message/global", "message/global-headers"):
            ids += [_first_id(_header(one, "message-id", limits)) for one in _inside(part)]
        elif kind == "text/rfc822-headers":
            headers = BytesHeaderParser(policy=policy.compat32).parsebytes(_content(part)[: limits.longest_header])
            ids.append(_first_id(_header(headers, "message-id", limits)))
    kept = tuple(dict.fromkeys(one for one in ids if one))
    return DeliveryReport(kept, _diagnosis(failed, limits)) if failed is not None and kept else None


def _has_failed(block: _Part) -> bool:
    return str(block.get("action", "")).strip().lower() == "failed"


def _diagnosis(block: _Part, limits: ReadingLimits) -> str:
    words = _header(block, "diagnostic-code", limits).partition(";")[2] or _header(block, "diagnostic-code", limits)
    status = clean_line(text=_header(block, "status", limits), longest=20)
    return (
        clean_line(text=words, longest=300) or f"The server said {status}." if status else "The server gave no reason."
    )
