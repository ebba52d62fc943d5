"""Whether an application can go along to the stage of the interview that is being arranged."""

from dataclasses import dataclass

from assay.app.deciding.desk import Candidate
from assay.app.interviewing.queries.plans import list_planned_for
from assay.app.pipeline.queries.jobs import JobView
from assay.core.pipeline.status import ApplicationStatus


@dataclass(frozen=True, slots=True)
class Along:
    """A planned interview of another stage than the one where the application stands.

    ``is_ahead``: that stage comes later. ``can_move``: the person looking may decide about this application.
    """

    stage: str
    here: str
    is_ahead: bool
    can_move: bool
    is_held: bool

    @property
    def consequence(self) -> str:
        """What happens with the tick and without it, for beneath the box."""
        taken_off = " It also takes them off hold." if self.is_held else ""
        if self.is_ahead:
            without = f"Without it, nobody is asked to decide in {self.stage} when the interview is over."
            return f"They stand in {self.here}. {without}{taken_off}"
        return f"They stand in {self.here}, which comes later: the tick takes them back.{taken_off}"


def find_along(*, job: JobView, candidate: Candidate, planned_id: int) -> Along | None:
    """Return where an application could go along with a planned interview; None where it stands there already."""
    order = [stage.id for stage in job.stages]
    planned = next((one for one in list_planned_for(job=job) if one.id == planned_id), None)
    if planned is None or planned.stage_id not in order or planned.stage_id == candidate.stage.stage_id:
        return None
    there = next(stage.position for stage in job.stages if stage.id == planned.stage_id)
    return Along(
        stage=job.stage_names[planned.stage_id],
        here=candidate.stage.name,
        is_ahead=there > candidate.stage.position,
        can_move=candidate.rights.can_decide,
        is_held=candidate.status is ApplicationStatus.HELD,
    )
