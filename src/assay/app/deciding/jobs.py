"""Background tasks of deciding. Each may run twice or die halfway; the items say what is left to do."""

from assay.app.deciding.actions.bulk_steps import work_on_bulk
from assay.app.deciding.actions.returning import end_holds
from assay.app.deciding.bulk_work import RUN
from assay.platform.queue.tasks import background_task, repeated_task


@background_task(name=RUN)
def run_bulk_job(*, bulk_id: int) -> None:
    """Decide about the next applications of a bulk, or undo the next, and queue what is left."""
    work_on_bulk(bulk_id=bulk_id)


@repeated_task(name="deciding.end_holds", cron="*/15 * * * *")
def end_overdue_holds() -> None:
    """Bring back whoever's hold ended; asked often, so that the day begins right wherever the organisation is."""
    end_holds()
