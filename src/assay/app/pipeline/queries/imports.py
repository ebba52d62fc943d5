"""The imports of a job that are under way, with how far they are."""

from dataclasses import dataclass

from assay.app.sourcing.queries import list_imports, measure_import
from assay.core.sourcing.import_state import BatchState
from assay.core.sourcing.progress import Progress

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class MovingImport:
    """An import that is being worked off."""

    id: int
    progress: Progress


def list_moving_imports(*, job_id: int) -> tuple[MovingImport, ...]:
    """Return the job's newest imports that are running now. Whoever calls this has asked the policy."""
    newest = list_imports(job_id=job_id, limit=MOST_SHOWN)
    running = [one for one in newest if one.state is BatchState.RUNNING]
    return tuple(MovingImport(one.id, measure_import(batch_id=one.id, state=one.state)) for one in running)
