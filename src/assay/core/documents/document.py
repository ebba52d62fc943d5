"""What is read from a file: text whose every character knows its page, or the reason why a person must look."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """The file formats that Assay reads, decided by content and never by name alone."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"
    JSON_RESUME = "json_resume"


class UnreadableReason(StrEnum):
    """Why a file gave no usable text. Each one means "a person must look", never "reject"."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    DANGEROUS = "dangerous"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"


class HiddenReason(StrEnum):
    """How a stretch of text was kept from the eyes of a human reader."""

    INVISIBLE = "invisible"
    SAME_COLOUR = "same_colour"
    TINY = "tiny"
    OFF_PAGE = "off_page"
    ZERO_WIDTH = "zero_width"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: number from 1, size in points, and the half-open character range of its text in the document.

    Formats without pages (DOCX, HTML, text) have exactly one page of size 0 x 0.
    """

    number: int
    width: float
    height: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HiddenSpan:
    """A half-open character range ``[start, end)`` that a reader would not see, and how it was hidden."""

    start: int
    end: int
    reason: HiddenReason


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file in reading order, its pages and what in it was hidden.

    ``text`` is normalised (NFC, ``\\n`` line ends, no NUL or zero-width characters); offsets count its characters.
    Hidden text stays in ``text`` so that it can be shown; readers of evidence must leave ``hidden`` out.
    ``notes`` are plain sentences for people about how the reading went (pages left out, columns put in order).
    """

    kind: DocumentKind
    text: str
    pages: tuple[Page, ...]
    hidden: tuple[HiddenSpan, ...] = ()
    notes: tuple[str, ...] = ()

    def page_at(self, *, offset: int) -> int:
        """Return the number of the page that holds the character at ``offset``."""
        for page in self.pages:
            if offset < page.end:
                return page.number
        return self.pages[-1].number if self.pages else 1


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that needs a person: the reason as a type, and a sentence that says what to do."""

    reason: UnreadableReason
    advice: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points from the top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float
