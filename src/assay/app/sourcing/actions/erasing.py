"""Taking out of imports what they still know of somebody who asked to be erased."""

from django.db import transaction

from assay.app.sourcing.models import ImportItem

ERASED = "(erased)"


@transaction.atomic
def erase_import_items(*, application_id: int) -> tuple[str, ...]:
    """Empty the rows and files from which an application came; returns the hashes of files that were let go of."""
    rows = ImportItem.objects.select_for_update(of=("self",)).select_related("stored_file")
    gone = []
    for row in rows.filter(application_id=application_id):
        if row.stored_file is not None:
            gone.append(row.stored_file.sha256)
        row.name, row.row, row.finding, row.stored_file, row.problems, row.message = ERASED, None, None, None, [], ""
        row.save(update_fields=["name", "row", "finding", "stored_file", "problems", "message"])
    return tuple(gone)
