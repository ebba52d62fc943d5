"""The plans of approval that ship with the product, and the facts an approval rests on."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

_HERE = Path(__file__).parent
_FILE = "approval.yaml"


class StepNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a plan: what it asks, and how many of the people named in it have to approve."""

    key: str
    title: str
    about: str = ""
    needed: int = 1
    submitter_counts: bool = False


class PlanNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plan: id, title, when it fits, and its steps in order."""

    id: str
    title: str
    about: str
    steps: tuple[StepNote, ...]


class GuardNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that an approval rests on."""

    key: str
    label: str
    why: str = ""


class FactorNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a seat costs for each unit of base pay, with where the number comes from.

    A factor that was worked out is taken over only between ``least`` and ``most``.
    """

    least: Decimal
    most: Decimal
    low: Decimal
    likely: Decimal
    high: Decimal
    source: SourceNote


class ApprovalSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``approval.yaml`` as it is. The first plan is the default."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    plans: tuple[PlanNote, ...]
    guarded: tuple[GuardNote, ...]
    loaded_factor: FactorNote


@cache
def load_approval(folder: Path | None = None) -> ApprovalSheet:
    """Read the sheet, from ``folder`` when it holds one; raises ``KnowledgeError`` naming what to correct."""
    sheet = read_sheet(path=folder_file(name=_FILE, shipped=_HERE, override=folder), shape=ApprovalSheet)
    _check_plans(sheet)
    keys = [note.key for note in sheet.guarded]
    if len(set(keys)) != len(keys) or not keys:
        raise KnowledgeError(f"{_FILE}: every guarded fact needs a key of its own. Rename or add one.")
    factor = sheet.loaded_factor
    if not 1 <= factor.least <= factor.low <= factor.likely <= factor.high <= factor.most:
        raise KnowledgeError(f"{_FILE}: loaded_factor must rise from least (1 or more) to most. Correct it.")
    return sheet


def _check_plans(sheet: ApprovalSheet) -> None:
    ids = [plan.id for plan in sheet.plans]
    if len(set(ids)) != len(ids) or not ids:
        raise KnowledgeError(f"{_FILE}: every plan needs an id of its own. Rename or add one.")
    for plan in sheet.plans:
        keys = [step.key for step in plan.steps]
        if not keys or len(set(keys)) != len(keys):
            raise KnowledgeError(f"{_FILE}: plan {plan.id!r} needs steps, each with a key of its own. Correct it.")
        if any(step.needed < 1 for step in plan.steps):
            raise KnowledgeError(f"{_FILE}: plan {plan.id!r} has a step that needs nobody. Give it a number from 1.")
