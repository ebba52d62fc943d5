"""A table of a draft is opened: its headings are guessed, its rows become items, kept cell by cell as they came."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assay.app.sourcing.actions.drafts import next_position
from assay.app.sourcing.actions.endings import end_container
from assay.app.sourcing.funnel import lock_batch
from assay.app.sourcing.models import ImportBatch, ImportItem
from assay.app.sourcing.rules import column_aliases, table_limits
from assay.core.sourcing.columns import guess_mapping
from assay.core.sourcing.import_state import BatchKind, BatchState, ItemKind, ItemState
from assay.platform.accounts.models import User
from assay.platform.files.reading import path_of
from assay.platform.importing.csv_reading import CsvTable, TableLimits, TableRow, UnreadableTable

_AT_ONCE = 2000
_NO_ROWS = "This table has headings and no rows. Add the applicants and send it again."


def open_table(*, actor: User, item: ImportItem) -> None:
    """Turn a table's rows into items. A table that cannot be read is refused whole, with the reason."""
    assert item.stored_file is not None  # noqa: S101 - only stored tables are opened
    limits = table_limits()
    try:
        with path_of(sha256=item.stored_file.sha256).open("rb") as file:
            table = CsvTable(file=file, limits=TableLimits(rows=limits.rows, columns=limits.columns))
            _keep_headings(item, table.headings)
            count = _add_rows(item, table)
    except UnreadableTable as problem:
        _refuse(actor, item, str(problem))
        return
    if count == 0:
        _refuse(actor, item, _NO_ROWS)
        return
    end_container(actor=actor, item=item, state=ItemState.OPENED, message=f"{count:,} rows.")


def _add_rows(item: ImportItem, table: CsvTable) -> int:
    done: int = item.members.aggregate(last=Max("row_number"))["last"] or 0
    rows: list[TableRow] = []
    number = 0
    for row in table.rows():
        number = row.number
        if number <= done:
            continue
        rows.append(row)
        if len(rows) >= _AT_ONCE:
            _write_rows(item, rows)
            rows = []
    _write_rows(item, rows)
    return number


@transaction.atomic
def _write_rows(item: ImportItem, rows: Sequence[TableRow]) -> None:
    batch = lock_batch(batch_id=item.batch_id)
    last: int = item.members.aggregate(last=Max("row_number"))["last"] or 0
    fresh = [row for row in rows if row.number > last]
    if batch.state != BatchState.DRAFT or not fresh:
        return
    position = next_position(batch=batch)
    ImportItem.objects.bulk_create(_item(batch, item, row, position + offset) for offset, row in enumerate(fresh))


@transaction.atomic
def _keep_headings(item: ImportItem, headings: Sequence[str]) -> None:
    batch = lock_batch(batch_id=item.batch_id)
    if batch.columns == list(headings) or batch.state != BatchState.DRAFT:
        return
    guess = guess_mapping(headings=headings, aliases=column_aliases())
    batch.columns = list(headings)
    batch.mapping = {str(index): field.value for index, field in sorted(guess.fields.items())}
    batch.checked_at = None
    batch.save(update_fields=["columns", "mapping", "checked_at"])


@transaction.atomic
def _refuse(actor: User, item: ImportItem, why: str) -> None:
    """Refuse a table whole: no row of it stays, and another table may take its place."""
    batch = lock_batch(batch_id=item.batch_id)
    item.members.all().delete()
    batch.kind, batch.file_name, batch.columns, batch.mapping = BatchKind.FILES, "", [], {}
    batch.save(update_fields=["kind", "file_name", "columns", "mapping"])
    end_container(actor=actor, item=item, state=ItemState.REFUSED, message=why)


def _item(batch: ImportBatch, table: ImportItem, row: TableRow, position: int) -> ImportItem:
    return ImportItem(
        batch=batch,
        parent=table,
        position=position,
        kind=ItemKind.ROW,
        name=f"Row {row.number}",
        row_number=row.number,
        row=list(row.cells),
        state=ItemState.REFUSED if row.problem else ItemState.WAITING,
        message=row.problem,
        problems=[{"column": "", "message": row.problem}] if row.problem else [],
        finished_at=timezone.now() if row.problem else None,
    )
