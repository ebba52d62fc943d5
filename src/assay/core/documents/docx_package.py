"""Take the XML parts out of a DOCX file after every check that can be made without inflating it."""

import re
import zipfile
from dataclasses import dataclass

from lxml import etree

from assay.core.documents.document import Unreadable, UnreadableReason
from assay.core.documents.limits import Limits
from assay.core.documents.zip_guard import DAMAGE, NotAZip, TooManyEntries, open_zip_bytes

_ENCRYPTED_FLAG = 0x1
_MAIN_PART = "word/document.xml"
_OFFICE_DOCUMENT = re.compile(rb'Type="[^"]*/officeDocument"')
_TARGET = re.compile(rb'Target="/?([^"]+)"')
_SIDE_PART = re.compile(r"^(header|footer|footnotes|endnotes)\d*\.xml$")
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

_TOO_LARGE = Unreadable(
    reason=UnreadableReason.DANGEROUS,
    advice="This DOCX unpacks to far more than a document holds, so it was not opened. Ask for a PDF.",
)
_DAMAGED = Unreadable(
    reason=UnreadableReason.CORRUPT,
    advice="This DOCX is damaged and cannot be opened. Ask for a new copy or a PDF.",
)
_LOCKED = Unreadable(
    reason=UnreadableReason.ENCRYPTED,
    advice="This DOCX is protected by a password. Ask for a copy without one.",
)
_TRAPPED = Unreadable(
    reason=UnreadableReason.DANGEROUS,
    advice="This DOCX holds XML declarations that no word processor writes, so it was not read. Ask for a PDF.",
)
_OTHER_ZIP = Unreadable(
    reason=UnreadableReason.UNSUPPORTED,
    advice="This is a ZIP or another Office file, not a DOCX. Add the documents inside it, or save it as PDF.",
)


class Refused(Exception):
    """The package is not read; ``unreadable`` says why."""

    def __init__(self, unreadable: Unreadable) -> None:
        super().__init__(unreadable.advice)
        self.unreadable = unreadable


@dataclass(frozen=True, slots=True)
class Package:
    """The parsed parts of a DOCX in reading order, its raw style sheet, and whether it holds pictures."""

    parts: tuple[etree._Element, ...]
    styles: bytes | None
    has_pictures: bool


def open_package(*, content: bytes, limits: Limits) -> Package:
    """Check and parse a DOCX; raises ``Refused`` when it must not or cannot be read."""
    try:
        archive = open_zip_bytes(content=content, max_entries=limits.max_entries)
    except TooManyEntries:
        raise Refused(_TOO_LARGE) from None
    except NotAZip:
        raise Refused(_DAMAGED) from None
    with archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        if sum(entry.file_size for entry in archive.infolist()) > limits.max_inflated_bytes:
            raise Refused(_TOO_LARGE)
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries.values()):
            raise Refused(_LOCKED)
        main = _main_part(archive, entries)
        if main not in entries:
            raise Refused(_OTHER_ZIP)
        folder = main.rpartition("/")[0]
        styles_name = f"{folder}/styles.xml"
        parts = tuple(parse_part(data=_read(archive, entries[name])) for name in _reading_order(entries, main, folder))
        styles = _read(archive, entries[styles_name]) if styles_name in entries else None
        has_pictures = any(name.startswith(f"{folder}/media/") for name in entries)
        return Package(parts=parts, styles=styles, has_pictures=has_pictures)


def _main_part(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> str:
    if _MAIN_PART in entries or "_rels/.rels" not in entries:
        return _MAIN_PART
    for relation in _read(archive, entries["_rels/.rels"]).split(b"<Relationship "):
        target = _TARGET.search(relation)
        if target and _OFFICE_DOCUMENT.search(relation) and b"document" in target.group(1):
            return target.group(1).decode("utf-8", "replace")
    return _MAIN_PART


def _reading_order(entries: dict[str, zipfile.ZipInfo], main: str, folder: str) -> list[str]:
    """Headers come first (they hold the name and contact), then the body, notes and footers."""
    sides: dict[str, list[str]] = {"header": [], "footnotes": [], "endnotes": [], "footer": []}
    for name in sorted(entries, key=lambda name: (len(name), name)):
        if name.rpartition("/")[0] == folder and (found := _SIDE_PART.match(name.rpartition("/")[2])):
            sides[found.group(1)].append(name)
    return [*sides["header"], main, *sides["footnotes"], *sides["endnotes"], *sides["footer"]]


def parse_part(*, data: bytes) -> etree._Element:
    """Parse XML without entities or network; raises ``Refused`` for declarations and damage."""
    if (b"<!" in data or b"\x00" in data) and _DECLARATION.search(data.replace(b"\x00", b"")):
        raise Refused(_TRAPPED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(_DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise Refused(_TRAPPED)
    return root


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except DAMAGE as error:
        raise Refused(_DAMAGED) from error
