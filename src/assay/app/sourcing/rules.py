"""Hand what the field knows of headings, files and sizes to the core, which must not load it itself."""

from dataclasses import dataclass
from functools import cache

from assay.app.documents.limits import document_limits
from assay.core.sourcing.columns import ApplicantField, ColumnAliases
from assay.core.sourcing.file_rules import FileRules
from assay.core.sourcing.import_state import ItemKind
from assay.core.sourcing.rows import RowLimits
from assay.knowledge.sourcing.intake import Pieces, load_columns, load_intake


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How wide and how long a table may be; a cell holds at most ``cell`` characters."""

    columns: int
    rows: int
    cell: int


@cache
def column_aliases() -> ColumnAliases:
    """Return the known headings of each field."""
    sheet = load_columns()
    headings = {ApplicantField(field): aliases for field, aliases in sheet.headings.items()}
    return ColumnAliases(headings=headings, filler_words=frozenset(sheet.filler_words))


@cache
def row_limits() -> RowLimits:
    """Return how much fits in a row."""
    row = load_intake().row
    return RowLimits(
        cell=row.cell,
        name=row.name,
        email=row.email,
        phone=row.phone,
        location=row.location,
        source=row.source,
        links=row.links,
        blanks=frozenset(row.blanks),
    )


@cache
def table_limits() -> TableLimits:
    """Return how much fits in a table."""
    intake = load_intake()
    return TableLimits(columns=intake.table["columns"], rows=intake.table["rows"], cell=intake.row.cell)


@cache
def file_rules() -> FileRules:
    """Return which files are taken in and how large they may be; the size of a document is a reading limit."""
    intake = load_intake()
    return FileRules(
        documents=frozenset(intake.endings["documents"]),
        for_a_person=frozenset(intake.endings["for_a_person"]),
        tables=frozenset(intake.endings["tables"]),
        archives=frozenset(intake.endings["archives"]),
        left_by_systems=frozenset(intake.left_by_systems),
        most_bytes={
            ItemKind.FILE: document_limits().max_bytes,
            ItemKind.TABLE: intake.bytes["table"],
            ItemKind.ARCHIVE: intake.bytes["archive"],
        },
    )


def pieces() -> Pieces:
    """Return how work is cut into pieces and what is small enough to be done at once."""
    return load_intake().pieces


def most_upload_bytes() -> int:
    """Return the largest request that is taken in at all, in bytes."""
    return load_intake().bytes["upload"]
