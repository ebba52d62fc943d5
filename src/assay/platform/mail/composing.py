"""From words to a whole letter (RFC 5322 and MIME) that any mail server can carry: seven-bit, short lines, CRLF.

Headers are written here and not by the standard library, whose folding loses blanks and breaks long ids apart.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

from assay.platform.mail.addresses import MailAddress
from assay.platform.text import clean_line

LONGEST_SUBJECT = 400
_LONGEST_VALUE = 8_000
_LONGEST_WORD = 900
_LINE = 76
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_OURS = frozenset({"from", "to", "cc", "bcc", "subject", "date", "message-id", "reply-to", "sender", "return-path",
                   "mime-version", "received"})  # fmt: skip


class BadHeader(ValueError):
    """Raised for a header that a letter may not be given."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter is made of. ``html`` may be empty; ``headers`` are those beyond the usual ones."""

    sender: MailAddress
    recipient: MailAddress
    subject: str
    text: str
    message_id: str
    headers: Mapping[str, str]
    html: str = ""
    reply_to: MailAddress | None = None


def compose(draft: Draft) -> bytes:
    """Return the letter's bytes, without a Date: that is added when it goes. Raises ``BadHeader``."""
    content = EmailMessage(policy=SMTP)
    content.set_content(_body(draft.text), cte="quoted-printable")
    if draft.html:
        content.add_alternative(_body(draft.html), subtype="html", cte="quoted-printable")
    head = "".join(f"{line}\r\n" for line in _head(draft))
    return head.encode("utf-8") + bytes(content)


def cleaned_subject(subject: str) -> str:
    """Return a subject on one line, cut where it is too long."""
    line = clean_line(_whole(subject), longest=len(subject))
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def _head(draft: Draft) -> Iterator[str]:
    yield _written("From", _person(draft.sender))
    yield _written("To", _person(draft.recipient))
    if draft.reply_to is not None:
        yield _written("Reply-To", _person(draft.reply_to))
    yield _text_header("Subject", cleaned_subject(draft.subject))
    yield _written("Message-ID", draft.message_id)
    for name, value in draft.headers.items():
        if not _NAME.fullmatch(name) or name.lower() in _OURS or name.lower().startswith("content-"):
            raise BadHeader(f"{name[:60]!r} cannot be set as a header of a letter.")
        yield _text_header(name, clean_line(_whole(value), longest=len(value)))


def _person(one: MailAddress) -> str:
    if not one.name:
        return one.address
    if one.name.isascii() and "=?" not in one.name:
        quoted = one.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{one.address}>'
    # In one line: the whole header is broken at its blanks later, and a line broken twice would end the head.
    name = _encoded("", one.name).replace("\r\n", "")
    return f"{name} <{one.address}>"


def _text_header(name: str, value: str) -> str:
    if len(value) > _LONGEST_VALUE or any(len(word) > _LONGEST_WORD for word in value.split(" ")):
        raise BadHeader(f"The header {name} is too long for a letter.")
    is_plain = value.isascii() and "=?" not in value
    return _written(name, value) if is_plain else f"{name}: {_encoded(name, value)}"


def _encoded(name: str, value: str) -> str:
    return Header(value, "utf-8", maxlinelen=_LINE, header_name=name or "Reply-To").encode(linesep="\r\n")


def _written(name: str, value: str) -> str:
    """Return a header broken at blanks only; never right after its name, which some readers take for an empty one."""
    words = value.split(" ")
    lines, line = [], f"{name}: {words[0]}"
    for word in words[1:]:
        if len(line) + len(word) >= _LINE:
            lines.append(line)
            line = ""
        line = f"{line} {word}"
    return "\r\n".join([*lines, line])


def _body(text: str) -> str:
    lines = _whole(text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in lines if one in "\n\t" or (one.isprintable() or ord(one) >= 160))
    return kept if kept.endswith("\n") else f"{kept}\n"


def _whole(text: str) -> str:
    """Return text without halves of surrogate pairs, which no encoding can write."""
    return text.encode("utf-8", "replace").decode("utf-8")
