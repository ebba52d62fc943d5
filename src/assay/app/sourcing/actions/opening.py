"""Archives and tables of a draft are opened: what lies in them becomes items of the same draft."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from django.db import transaction
from django.db.models import Max
from django.http import Http404

from assay.app.documents.limits import document_limits
from assay.app.sourcing.actions.drafts import Upload, make_items
from assay.app.sourcing.actions.endings import end_container
from assay.app.sourcing.actions.tables import open_table
from assay.app.sourcing.funnel import lock_batch
from assay.app.sourcing.models import ImportItem
from assay.app.sourcing.rules import file_rules, pieces
from assay.app.sourcing.uploads import DISK_FULL
from assay.app.sourcing.work import enqueue_open
from assay.core.documents.archive import ArchiveMember, ArchiveRefused, list_members
from assay.core.sourcing.file_rules import Refusal, classify, clean_path
from assay.core.sourcing.import_state import BatchState, ItemKind, ItemState
from assay.platform.accounts.models import User
from assay.platform.files.actions import StorageFull, store_together
from assay.platform.files.reading import path_of

_HEAD = 512
_NOTHING_IN_IT = "There is no file in this archive."


def open_or_enqueue(*, actor: User, item_ids: Sequence[int]) -> None:
    """Open what is small at once and leave what is large to the background."""
    limits = pieces()
    most = {ItemKind.ARCHIVE: limits.inline_archive_bytes, ItemKind.TABLE: limits.inline_table_bytes}
    for item in ImportItem.objects.filter(pk__in=list(item_ids)).order_by("position"):
        if item.size <= most[ItemKind(item.kind)]:
            open_container(actor=actor, item_id=item.pk)
        else:
            enqueue_open(item_id=item.pk, actor_id=actor.pk)


def open_container(*, actor: User, item_id: int) -> None:
    """Open one archive or table of a draft. Doing it again goes on where it stopped; a discarded draft stays gone."""
    item = ImportItem.objects.select_related("stored_file").filter(pk=item_id, state=ItemState.WAITING).first()
    if item is None or item.stored_file is None:
        return
    try:
        if item.kind == ItemKind.TABLE:
            open_table(actor=actor, item=item)
        else:
            _open_archive(actor=actor, item=item)
    except Http404:
        return


def _open_archive(*, actor: User, item: ImportItem) -> None:
    assert item.stored_file is not None  # noqa: S101 - only stored archives are opened
    try:
        with path_of(sha256=item.stored_file.sha256).open("rb") as file:
            _add_members(item, list_members(archive=file, limits=document_limits()))
    except ArchiveRefused as refused:
        end_container(actor=actor, item=item, state=ItemState.REFUSED, message=str(refused))
    except StorageFull:
        end_container(actor=actor, item=item, state=ItemState.REFUSED, message=DISK_FULL)
    else:
        count = item.members.count()
        message = f"{count:,} files." if count else _NOTHING_IN_IT
        end_container(actor=actor, item=item, state=ItemState.OPENED if count else ItemState.REFUSED, message=message)
        tables = item.members.filter(kind=ItemKind.TABLE, state=ItemState.WAITING).values_list("id", flat=True)
        open_or_enqueue(actor=actor, item_ids=list(tables))


def _add_members(item: ImportItem, members: Iterable[ArchiveMember]) -> None:
    """Keep the members' bytes and write their items, some hundred at a time; skip those that are here already."""
    done = _last_number(item)
    left = islice(members, done, None)
    while uploads := _keep(islice(left, pieces().listing)):
        _write_members(item, done + 1, uploads)
        done += len(uploads)


@transaction.atomic
def _write_members(item: ImportItem, first_number: int, uploads: Sequence[Upload]) -> None:
    batch = lock_batch(batch_id=item.batch_id)
    if batch.state != BatchState.DRAFT:
        return
    here = max(0, _last_number(item) - first_number + 1)
    if here < len(uploads):
        make_items(batch=batch, uploads=uploads[here:], parent=item, first_number=first_number + here)
        batch.checked_at = None
        batch.save(update_fields=["kind", "file_name", "checked_at"])


def _keep(members: Iterable[ArchiveMember]) -> list[Upload]:
    """Keep the bytes of some members, one after the other in memory, and say what became of each of them."""
    uploads: list[Upload] = []
    kept_at: list[int] = []

    def contents() -> Iterator[bytes]:
        for member in members:
            content = member.content or b""
            uploads.append(Upload(clean_path(path=member.name), content[:_HEAD], len(content), None, _refusal(member)))
            if not uploads[-1].refusal:
                kept_at.append(len(uploads) - 1)
                yield content

    for at, stored in zip(kept_at, store_together(contents=contents()), strict=True):
        uploads[at] = replace(uploads[at], stored_file_id=stored.pk)
    return uploads


def _refusal(member: ArchiveMember) -> str:
    if member.content is None:
        return member.refusal
    kind = classify(path=clean_path(path=member.name), head=member.content[:_HEAD], rules=file_rules())
    return kind.message if isinstance(kind, Refusal) else ""


def _last_number(item: ImportItem) -> int:
    last: int | None = item.members.aggregate(last=Max("row_number"))["last"]
    return last or 0
