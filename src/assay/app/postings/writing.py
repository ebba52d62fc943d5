"""What is kept of an advert being written: its words and typed facts, in parts that are saved one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import msgspec

from assay.app.postings.fields import field_values, read_fields
from assay.core.postings.advert import Advert, SectionKey, sections_of, with_section
from assay.core.postings.circumstances import UNKNOWN, Circumstances
from assay.core.postings.codec import advert_from_mapping, advert_to_mapping

LONGEST_PART = 20_000
TYPED_PARTS = (SectionKey.PAY, SectionKey.PLACES, SectionKey.TERMS)


@dataclass(frozen=True, slots=True)
class Draft:
    """An advert as it is being written, with what laws ask about the employer and the advert does not say."""

    advert: Advert
    circumstances: Circumstances = UNKNOWN


class PartError(ValueError):
    """Raised for a part that cannot be kept; ``field`` names the input it belongs to."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Changed:
    """A draft after one part was read: ``errors`` says for each input why its old value was kept."""

    draft: Draft
    errors: Mapping[str, str]


def draft_to_content(draft: Draft) -> dict[str, object]:
    """Return a draft as the table keeps it."""
    return {"advert": advert_to_mapping(draft.advert), "circumstances": msgspec.to_builtins(draft.circumstances)}


def draft_from_content(content: Mapping[str, object]) -> Draft:
    """Return the draft that ``draft_to_content`` wrote; raises ``AdvertError`` for anything else."""
    kept = content.get("advert")
    advert = advert_from_mapping(kept if isinstance(kept, dict) else {"title": ""})
    return Draft(advert, msgspec.convert(content.get("circumstances") or {}, Circumstances))


def part_text(draft: Draft, key: SectionKey) -> str:
    """Return a part as one text: a section's own, or one ``field: value`` line for each typed fact."""
    if key in TYPED_PARTS:
        return "\n".join(f"{name}: {value}" for name, value in field_values(draft.advert, draft.circumstances, key))
    return next(section.text for section in sections_of(draft.advert) if section.key is key)


def mark_of(text: str) -> str:
    """Return a short mark of a part's text: whoever saves names the mark of what they saw."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def read_part(key: str) -> SectionKey:
    """Return the part that a form names; raises ``PartError`` for none that can be edited."""
    found = next((known for known in SectionKey if known.value == key and known is not SectionKey.TEXT), None)
    if found is None:
        raise PartError(field="section", message="There is no such part of an advert. Load the page again.")
    return found


def with_part(draft: Draft, *, key: SectionKey, posted: Mapping[str, str]) -> Changed:
    """Return the draft with one part as the form says it; typed facts that cannot be read keep their old value.

    Raises ``PartError`` for a section that is too long to be part of an advert.
    """
    if key in TYPED_PARTS:
        advert, circumstances, errors = read_fields(draft.advert, draft.circumstances, key, posted)
        return Changed(Draft(advert, circumstances), errors)
    text = posted.get("text", "").encode("utf-8", "replace").decode("utf-8")
    longest = 200 if key is SectionKey.TITLE else LONGEST_PART
    if len(text) > longest:
        said = f"At most {longest:,} characters fit here and this has {len(text):,}. Not saved: shorten it first."
        raise PartError(field="text", message=said)
    return Changed(replace(draft, advert=with_section(advert=draft.advert, key=key, text=text)), {})
