"""Put pieces of text together into a document of one page, keeping track of what was hidden."""

from collections.abc import Sequence

from assay.core.documents.clean import clean, clean_range, clean_with_sources, has_zero_width
from assay.core.documents.document import Document, DocumentKind, HiddenReason, HiddenSpan, Page
from assay.core.documents.zero_width import NOTE, zero_width_spans


class FlatText:
    """Text being gathered line by line from a format without pages."""

    def __init__(self, *, min_hidden_letters: int) -> None:
        self._min_hidden_letters = min_hidden_letters
        self._parts: list[str] = []
        self._length = 0
        self._at_line_start = True
        self._hidden: list[tuple[int, int, HiddenReason]] = []

    def add(self, *, text: str, hidden: HiddenReason | None = None) -> None:
        """Append ``text``; ``hidden`` says that a reader of the file would not see it, and why."""
        if not text:
            return
        if hidden is not None and text.strip():
            self._mark(hidden, len(text))
        self._parts.append(text)
        self._length += len(text)
        self._at_line_start = text.endswith("\n")

    def end_line(self) -> None:
        """Start a new line unless the text is at the start of one."""
        if not self._at_line_start:
            self._parts.append("\n")
            self._length += 1
            self._at_line_start = True

    def document(self, *, kind: DocumentKind, notes: Sequence[str] = ()) -> Document:
        """Return what was gathered as a document of one page of size 0 x 0."""
        return flat_document(
            kind=kind,
            raw="".join(self._parts),
            hidden=self._hidden,
            notes=notes,
            min_hidden_letters=self._min_hidden_letters,
        )

    def _mark(self, reason: HiddenReason, length: int) -> None:
        if self._hidden and self._hidden[-1][1] == self._length and self._hidden[-1][2] is reason:
            self._hidden[-1] = (self._hidden[-1][0], self._length + length, reason)
        else:
            self._hidden.append((self._length, self._length + length, reason))


def flat_document(
    *,
    kind: DocumentKind,
    raw: str,
    hidden: Sequence[tuple[int, int, HiddenReason]] = (),
    notes: Sequence[str] = (),
    min_hidden_letters: int = 0,
) -> Document:
    """Clean ``raw`` and return it as a document of one page; ``hidden`` holds ranges of ``raw``."""
    spans: tuple[HiddenSpan, ...] = ()
    text = clean(raw=raw)
    found_zero_width = has_zero_width(text=raw)
    if hidden or found_zero_width:
        text, sources = clean_with_sources(raw=raw)
        spans = cleaned_spans(raw=raw, text=text, sources=sources, hidden=hidden, min_letters=min_hidden_letters)
    page = Page(number=1, width=0.0, height=0.0, start=0, end=len(text))
    every_note = (*notes, NOTE) if found_zero_width else tuple(notes)
    return Document(kind=kind, text=text, pages=(page,), hidden=spans, notes=every_note)


def cleaned_spans(
    *,
    raw: str,
    text: str,
    sources: list[int],
    hidden: Sequence[tuple[int, int, HiddenReason]],
    min_letters: int,
) -> tuple[HiddenSpan, ...]:
    """Turn hidden ranges of ``raw`` into spans of ``text`` and add the words with zero-width characters.

    Neighbours hidden in the same way become one span; a span of fewer than ``min_letters`` letters is left out.
    """
    spans = list(zero_width_spans(raw=raw, sources=sources)) if has_zero_width(text=raw) else []
    for start, end, reason in _joined(raw, hidden):
        first, last = clean_range(sources=sources, start=start, end=end)
        if first < last and sum(map(str.isalnum, text[first:last])) >= min_letters:
            spans.append(HiddenSpan(start=first, end=last, reason=reason))
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def _joined(raw: str, hidden: Sequence[tuple[int, int, HiddenReason]]) -> list[tuple[int, int, HiddenReason]]:
    joined: list[tuple[int, int, HiddenReason]] = []
    for start, end, reason in hidden:
        if joined and joined[-1][2] is reason and not raw[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end, reason)
        else:
            joined.append((start, end, reason))
    return joined
