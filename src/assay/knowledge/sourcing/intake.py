"""Load the headings and the intake rules and say where they come from."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec
import yaml

Sheet = TypeVar("Sheet")


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact comes from; ``gives`` names what it stands for."""

    id: str
    title: str
    date: date
    gives: tuple[str, ...] = ()
    url: str | None = None


class ColumnSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``columns.yaml`` as it is: headings by field, the surest first, and words that say nothing."""

    version: str
    as_of: date
    about: str
    sources: tuple[Origin, ...]
    filler_words: tuple[str, ...]
    headings: dict[str, tuple[str, ...]]


class RowSizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Characters that fit in a cell and in each field of a row; how many links; words that mean nothing."""

    cell: int
    name: int
    email: int
    phone: int
    location: int
    source: int
    links: int
    blanks: tuple[str, ...]


class Pieces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many files or rows make one piece of background work, and what is small enough to be done at once."""

    files: int
    rows: int
    listing: int
    inline_archive_bytes: int
    inline_table_bytes: int


class IntakeSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``intake.yaml`` as it is."""

    version: str
    as_of: date
    about: str
    sources: tuple[Origin, ...]
    endings: dict[str, tuple[str, ...]]
    left_by_systems: tuple[str, ...]
    bytes: dict[str, int]
    row: RowSizes
    table: dict[str, int]
    pieces: Pieces


@cache
def load_columns() -> ColumnSheet:
    """Read ``columns.yaml``; raises ``msgspec.ValidationError`` when the shipped file is not in its own shape."""
    return _load("columns.yaml", ColumnSheet)


@cache
def load_intake() -> IntakeSheet:
    """Read ``intake.yaml``; raises ``msgspec.ValidationError`` when the shipped file is not in its own shape."""
    return _load("intake.yaml", IntakeSheet)


def _load(name: str, shape: type[Sheet]) -> Sheet:
    text = files("assay.knowledge.sourcing").joinpath(name).read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), shape)
