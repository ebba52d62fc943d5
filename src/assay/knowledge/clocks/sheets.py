"""The limits, the ladder and the first office that ship with the product."""

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_HERE = Path(__file__).parent
_FILE = "limits.yaml"


class LimitNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long one kind of wait may take: hours, which of them count, and the share (0-1) from which it warns."""

    kind: str
    hours: float
    counting: str
    yellow_share: float
    source: SourceNote
    is_off: bool = False


class StepNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the ladder: when, in hours after the end (none: when the clock warns), whom it tells, and how."""

    key: str
    audience: tuple[str, ...]
    by_letter: bool
    about: str
    after_hours: float | None = None


class PromiseNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many hours before a promised moment a delay is told, and how many later the new moment lies."""

    notice_hours: float
    extension_hours: float
    source: SourceNote


class OfficeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"opens": "from", "closes": "until"}):
    """The office that is there before anybody adds one: its weekdays (0 is Monday), hours and time zone."""

    name: str
    days: tuple[int, ...]
    opens: str
    closes: str
    time_zone: str
    source: SourceNote


class ClockSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``limits.yaml`` as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    limits: tuple[LimitNote, ...]
    ladder: tuple[StepNote, ...]
    promises: PromiseNote
    office: OfficeNote


@cache
def load_clocks(folder: Path | None = None) -> ClockSheet:
    """Read the sheet, from ``folder`` when it holds one; raises ``KnowledgeError`` naming what to correct."""
    sheet = read_sheet(path=folder_file(name=_FILE, shipped=_HERE, override=folder), shape=ClockSheet)
    kinds = [note.kind for note in sheet.limits]
    if len(set(kinds)) != len(kinds):
        raise KnowledgeError(f"{_FILE}: every kind of clock has one limit. Remove the second.")
    for note in sheet.limits:
        if note.hours <= 0 or not 0 < note.yellow_share < 1:
            raise KnowledgeError(
                f"{_FILE}: limit {note.kind!r} needs hours above 0 and a yellow_share between 0 and 1."
            )
    keys = [step.key for step in sheet.ladder]
    if len(set(keys)) != len(keys):
        raise KnowledgeError(f"{_FILE}: every step of the ladder needs a key of its own. Rename one.")
    if sheet.promises.notice_hours <= 0 or sheet.promises.extension_hours <= 0:
        raise KnowledgeError(f"{_FILE}: promises need hours above 0.")
    return sheet
