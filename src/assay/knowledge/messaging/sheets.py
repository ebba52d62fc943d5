"""The letters that ship with the product, and the bounds of what is sent and taken in."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_HERE = Path(__file__).parent
_TEMPLATES, _LIMITS = "templates.yaml", "limits.yaml"
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


class VariableNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name that may stand in a letter, what is put there, and an example for previews.

    The value of one that ``is_secret`` goes to the candidate alone; what is kept of the letter leaves it out.
    """

    name: str
    about: str
    example: str
    is_secret: bool = False


class TemplateNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One letter: its key, title, kind (a ``MessageKind`` value), when it is sent, its own variables, its words."""

    key: str
    title: str
    kind: str
    about: str
    variables: tuple[VariableNote, ...]
    subject: str
    body: str


class TemplateSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``templates.yaml`` as it is. ``common`` variables are filled in for every letter."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    common: tuple[VariableNote, ...]
    templates: tuple[TemplateNote, ...]


class SendingNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds of what is sent: seconds, letters a day, characters, hours."""

    undo_seconds: int
    automatic_a_day: int
    longest_body: int
    longest_subject: int
    rejection_delays: tuple[int, ...]
    default_rejection_delay: int


class ReceivingNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds of what is taken in: bytes, parts, levels, characters."""

    largest_bytes: int
    most_parts: int
    deepest: int
    longest_header: int
    most_references: int
    longest_text: int
    longest_html: int
    most_attachments: int
    largest_attachment: int
    incoming_a_day: int


class AutomaticNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a letter shows that nobody wrote it. All in lower case."""

    header_values: dict[str, tuple[str, ...]]
    headers_present: tuple[str, ...]
    senders: tuple[str, ...]
    subject_starts: tuple[str, ...]


class QuotingNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of the line after which a letter repeats an earlier one."""

    lines: tuple[str, ...]


class LimitSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``limits.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    sending: SendingNote
    receiving: ReceivingNote
    automatic: AutomaticNote
    quoting: QuotingNote


@cache
def load_templates(folder: Path | None = None) -> TemplateSheet:
    """Read the letters, from ``folder`` when it holds some; raises ``KnowledgeError`` naming what to correct."""
    sheet = read_sheet(path=folder_file(name=_TEMPLATES, shipped=_HERE, override=folder), shape=TemplateSheet)
    _refuse_twins([note.key for note in sheet.templates], what="template")
    for note in sheet.templates:
        _check_template(note, common=sheet.common)
    return sheet


@cache
def load_limits(folder: Path | None = None) -> LimitSheet:
    """Read the bounds, from ``folder`` when it holds some; raises ``KnowledgeError`` naming what to correct."""
    sheet = read_sheet(path=folder_file(name=_LIMITS, shipped=_HERE, override=folder), shape=LimitSheet)
    for pattern in sheet.quoting.lines:
        try:
            re.compile(pattern)
        except re.error as error:
            raise KnowledgeError(f"{_LIMITS}: {pattern!r} is no pattern ({error}). Correct it.") from error
    if sheet.sending.default_rejection_delay not in sheet.sending.rejection_delays:
        raise KnowledgeError(f"{_LIMITS}: default_rejection_delay must be one of rejection_delays. Add it there.")
    return sheet


def _check_template(note: TemplateNote, *, common: Sequence[VariableNote]) -> None:
    names = [variable.name for variable in (*common, *note.variables)]
    _refuse_twins(names, what=f"variable of {note.key}")
    used = set(_PLACEHOLDER.findall(f"{note.subject}\n{note.body}"))
    if unknown := sorted(used - set(names)):
        raise KnowledgeError(f"{_TEMPLATES}: {note.key} uses {unknown[0]!r}, which it does not list. List it.")
    if idle := [variable.name for variable in note.variables if variable.name not in used]:
        raise KnowledgeError(f"{_TEMPLATES}: {note.key} lists {idle[0]!r} and does not use it. Remove or use it.")


def _refuse_twins(names: Sequence[str], *, what: str) -> None:
    twins = [name for name, count in Counter(names).items() if count > 1]
    if twins or not names:
        raise KnowledgeError(f"{_TEMPLATES}: every {what} needs a name of its own: {', '.join(twins) or 'none there'}.")
