"""Checking the chain as it stands in the database, and writing its end down outside of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from assay.platform.audit.anchors import append_anchor, read_anchors
from assay.platform.audit.chain import Anchor, ChainReport, ChainRow, check_chain
from assay.platform.audit.models import ChainCheck, Event

_ROWS_AT_ONCE = 5_000


def anchors_path() -> Path:
    """Return the file that anchors are appended to. Copy it off this machine: that is what makes it worth having."""
    return Path(settings.DATA_DIR) / "anchors" / "audit.jsonl"


def write_anchor() -> Anchor | None:
    """Append the end of the chain to the file of anchors and return it; None while the log is empty."""
    head = Event.objects.order_by("-sequence").values_list("sequence", "hash").first()
    if head is None:
        return None
    anchor = Anchor(sequence=head[0], hash=head[1], anchored_at=timezone.now())
    append_anchor(path=anchors_path(), anchor=anchor)
    return anchor


def check_log(*, extra_anchors: Sequence[Anchor] = ()) -> ChainReport:
    """Check every row against its neighbours, our own anchors and ``extra_anchors``, and remember the outcome.

    Memory stays flat whatever the length. Raises ``UnreadableAnchors`` when our own file is damaged.
    """
    path = anchors_path()
    own = read_anchors(path=path) if path.exists() else ()
    with transaction.atomic():
        report = check_chain(rows=_read_rows(), anchors=[*own, *extra_anchors])
    first = report.faults[0] if report.faults else None
    ChainCheck.objects.create(
        rows=report.rows,
        head_sequence=report.head_sequence,
        anchors=report.anchors,
        fault_count=report.fault_count,
        first_fault=f"{first.sequence}: {first.what}" if first else "",
    )
    return report


def _read_rows() -> Iterator[ChainRow]:
    rows = (
        Event.objects.order_by("sequence")
        .annotate(data_text=Cast("data", TextField()))
        .values_list(
            "sequence",
            "recorded_at",
            "actor_id",
            "verb",
            "object_type",
            "object_id",
            "why",
            "data_text",
            "previous_hash",
            "hash",
        )
    )
    return (ChainRow(*row) for row in rows.iterator(chunk_size=_ROWS_AT_ONCE))
