"""What a letter that came in is, once it has been read: who wrote what, in answer to what, with which files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from re import Pattern


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much of a letter is read: bytes, parts, levels of nesting, characters, files. The whole letter is kept."""

    largest_bytes: int
    most_parts: int
    deepest: int
    longest_header: int
    most_references: int
    longest_text: int
    longest_html: int
    most_attachments: int
    largest_attachment: int


@dataclass(frozen=True, slots=True)
class AutomaticSigns:
    """What shows that nobody wrote a letter: words in headers, headers at all, how subjects begin, and what stands
    before the @ of machines. In lower case."""

    header_values: Mapping[str, tuple[str, ...]]
    headers_present: tuple[str, ...]
    subject_starts: tuple[str, ...]
    senders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """All that reading a letter needs to know. ``quote_lines`` match the line after which a letter repeats another."""

    limits: ReadingLimits
    automatic: AutomaticSigns
    quote_lines: tuple[Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file in a letter: the name it came with, what it says it is, its bytes."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A server's report that letters did not arrive (RFC 3464): their ids, and the server's words."""

    message_ids: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class IncomingLetter:
    """A letter as it was read. ``text`` is what is new in it, ``quoted`` what it repeats, ``html`` is harmless.

    ``recipients`` are all addresses it was sent to, also those that only servers saw. ``references`` are the ids of the
    letters it answers, the nearest first. ``notes`` say in words what could not be read or was left out.
    """

    message_id: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    references: tuple[str, ...]
    text: str
    quoted: str
    html: str
    files: tuple[IncomingFile, ...]
    is_automatic: bool
    report: DeliveryReport | None
    notes: tuple[str, ...]
