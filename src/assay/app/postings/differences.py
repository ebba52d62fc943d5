"""Two versions of an advert side by side, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from assay.core.postings.advert import Advert
from assay.core.postings.outline import Outline, outline_of


@dataclass(frozen=True, slots=True)
class LinePair:
    """A line as it was and as it is; ``None`` where there was or is none."""

    before: str | None
    after: str | None

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the advert that changed, with its lines."""

    heading: str
    lines: tuple[LinePair, ...]


def list_differences(before: Advert, after: Advert) -> tuple[Difference, ...]:
    """Return the parts in which two versions differ, in the order of the newer one."""
    old, new = _lines_of(outline_of(before)), _lines_of(outline_of(after))
    headings = [*new, *(heading for heading in old if heading not in new)]
    return tuple(
        Difference(heading, tuple(_pairs(old.get(heading, ()), new.get(heading, ()))))
        for heading in headings
        if old.get(heading, ()) != new.get(heading, ())
    )


def _lines_of(outline: Outline) -> dict[str, tuple[str, ...]]:
    facts = tuple(f"{label}: {text}" for label, text in outline.facts)
    parts = {part.heading: part.paragraphs for part in outline.parts}
    return {"Title": (outline.title,), "Facts": (*facts, outline.apply_url) if outline.apply_url else facts, **parts}


def _pairs(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[LinePair]:
    for kind, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (LinePair(line, line) for line in before[low:high])
        else:
            yield from (LinePair(old, new) for old, new in zip_longest(before[low:high], after[start:end]))
