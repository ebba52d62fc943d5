"""What an uploaded file is to an import (a document, a table, an archive), and which files are turned away and why."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from assay.core.sourcing.import_state import ItemKind

LONGEST_NAME = 400
_ZIP_START = b"PK\x03\x04"
_BETWEEN_WORDS = re.compile(r"[\s_,;()\[\]-]+")
_SAYS_NO_NAME = re.compile(
    r"\d+|v\d+|cv|r[ée]sum[ée]|curriculum|vitae|lebenslauf|scan(?:ned)?|final|copy", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FileRules:
    """Names by ending (lower case, no dot), names that systems leave behind, and the most bytes of each kind.

    ``documents`` are read; ``for_a_person`` cannot be read but may well be a résumé, so they are kept and shown.
    """

    documents: frozenset[str]
    for_a_person: frozenset[str]
    tables: frozenset[str]
    archives: frozenset[str]
    left_by_systems: frozenset[str]
    most_bytes: Mapping[ItemKind, int]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not taken in, with a sentence that says why and what to do."""

    message: str


def clean_path(*, path: str) -> str:
    """Return a path for showing and matching: forward slashes, no drive, no way up, nothing invisible."""
    visible = "".join(_visible(character) for character in path.replace("\\", "/"))
    parts = [part.strip() for part in unicodedata.normalize("NFC", visible).split("/")]
    kept = "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":"))
    if len(kept) > LONGEST_NAME:
        kept = kept[-LONGEST_NAME:].lstrip("./ ")
    return kept or "unnamed"


def classify(*, path: str, head: bytes, rules: FileRules) -> ItemKind | Refusal:
    """Say what a file is by its name and first bytes. Documents are looked at more closely when they are read."""
    parts = path.casefold().split("/")
    if any(part in rules.left_by_systems for part in parts) or parts[-1].startswith("."):
        return Refusal("A computer left this file behind; it is not a document.")
    ending = _ending(parts[-1])
    if ending in rules.archives or (not ending and head.startswith(_ZIP_START)):
        return ItemKind.ARCHIVE
    if ending in rules.tables:
        return ItemKind.TABLE
    if not ending or ending in rules.documents or ending in rules.for_a_person:
        return ItemKind.FILE
    return Refusal(
        f"Files that end in .{ending[:20]} are not read here. Save it as PDF, DOCX, HTML, TXT, MD or JSON Resume; "
        "a table as CSV."
    )


def size_refusal(*, kind: ItemKind, size: int, rules: FileRules) -> Refusal | None:
    """Return why a file of ``size`` bytes or more is too large for its kind, or None when it fits."""
    most = rules.most_bytes[kind]
    if size <= most:
        return None
    advice = {
        ItemKind.ARCHIVE: "Split it into smaller archives.",
        ItemKind.TABLE: "Split it into smaller tables.",
    }.get(kind, "Ask for a smaller copy, or save it again without pictures.")
    return Refusal(f"Larger than {_megabytes(most)}, the most that is read of one {kind}. {advice}")


def name_from_path(*, path: str, most: int) -> str:
    """Return what to call someone of whom only the file is known: its name without ending, numbers and "CV"."""
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    words = _BETWEEN_WORDS.split(stem)
    said = [word for word in words if word and not _SAYS_NO_NAME.fullmatch(word)]
    return " ".join(said or filter(None, words))[:most] or name[:most]


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return ending if dot and stem and len(ending) <= LONGEST_NAME and " " not in ending else ""


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"


def _visible(character: str) -> str:
    category = unicodedata.category(character)[0]
    return " " if category == "Z" else "" if category == "C" else character
