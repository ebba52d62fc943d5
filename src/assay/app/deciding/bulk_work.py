"""What decisions about many leave to the background, by name, so that actions need not know who does it."""

from datetime import datetime

from assay.platform.queue.tasks import enqueue

RUN = "deciding.run_bulk"


def enqueue_bulk(*, bulk_id: int, at: datetime | None = None) -> None:
    """Queue the next piece of a decision about many, or of its undo; pieces of one run one by one.

    With ``at`` it is a second look at one that is being worked off in the request: it finds something to do only when
    that died halfway.
    """
    enqueue(RUN, lock=None if at else f"bulk-{bulk_id}", at=at, bulk_id=bulk_id)
