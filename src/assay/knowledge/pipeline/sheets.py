"""The plans of stages that ship with the product."""

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.loading import KnowledgeError, read_sheet

_HERE = Path(__file__).parent


class StageNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a plan: its name for people, and its group."""

    name: str
    group: str


class PlanNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plan: id, title, when it fits, and its stages in order."""

    id: str
    title: str
    about: str
    stages: tuple[StageNote, ...]


class PlanSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``plans.yaml`` as it is. The first plan is the default."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    plans: tuple[PlanNote, ...]


@cache
def load_plans(path: Path = _HERE / "plans.yaml") -> PlanSheet:
    """Read the plans; raises ``KnowledgeError`` when an id stands there twice or a plan has no stages."""
    sheet = read_sheet(path=path, shape=PlanSheet)
    ids = [plan.id for plan in sheet.plans]
    if len(set(ids)) != len(ids) or not ids:
        raise KnowledgeError(f"{path.name}: every plan needs an id of its own. Rename or add one.")
    for plan in sheet.plans:
        if not plan.stages:
            raise KnowledgeError(f"{path.name}: plan {plan.id!r} has no stages. Add at least one.")
    return sheet


class MailboxNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A provider of mailboxes: its domains lead to one mailbox; whether dots and what follows a plus count."""

    domains: tuple[str, ...]
    ignores_dots: bool
    ignores_tag: bool


class ProfileNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A site whose address ``host/before/NAME`` belongs to one human."""

    host: str
    before: str


class ContactSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``contacts.yaml`` as it is. A phone number has at least ``phone_digits_least`` digits; of two, the last
    ``phone_digits_compared`` are compared, since the code of the country is often left out."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    mailboxes: tuple[MailboxNote, ...]
    profiles: tuple[ProfileNote, ...]
    phone_digits_least: int
    phone_digits_compared: int


@cache
def load_contacts(path: Path = _HERE / "contacts.yaml") -> ContactSheet:
    """Read what is known of addresses; raises ``KnowledgeError`` when a domain stands there twice."""
    sheet = read_sheet(path=path, shape=ContactSheet)
    domains = [domain for note in sheet.mailboxes for domain in note.domains]
    if len(set(domains)) != len(domains):
        raise KnowledgeError(f"{path.name}: a domain stands there twice. Keep one.")
    return sheet
