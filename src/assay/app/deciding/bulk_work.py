"""What decisions about many leave to the background, by name, so that actions need not know who does it."""

from assay.platform.queue.tasks import enqueue

RUN = "deciding.run_bulk"


def enqueue_bulk(*, bulk_id: int, actor_id: int) -> None:
    """Queue the next piece of a decision about many, or of its undo; pieces of one run one by one."""
    enqueue(RUN, lock=f"bulk-{bulk_id}", bulk_id=bulk_id, actor_id=actor_id)
