"""Where a card that moved belongs on a board, so that it is put where the next loading of the page will show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assay.app.pipeline.board_sql import board_order
from assay.app.pipeline.links import page_query
from assay.app.pipeline.queries.applicants import ApplicantRow
from assay.app.pipeline.queries.jobs import StageView
from assay.app.pipeline.queries.neighbours import find_neighbours
from assay.core.pipeline.applicant_view import ApplicantView, ViewKind, write_applicant_view
from assay.core.pipeline.stage import StageGroup

# So many beside it are named: enough that one of them is shown even when others moved cards meanwhile.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class CardPlace:
    """The place of a card: its column, the nearest cards before and after it, and which of how many it is.

    ``query`` opens the list of the stage at the card. Not ``is_shown`` is a card that the filter leaves out.
    """

    stage_id: int
    is_shown: bool
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    number: int | None = None
    total: int | None = None
    query: str = ""


def find_card_place(
    *, job_id: int, stages: Sequence[StageView], view: ApplicantView, card: ApplicantRow, now: datetime
) -> CardPlace:
    """Return where a card belongs on the board of a view; whoever calls this has asked the policy."""
    stage = next((one for one in stages if one.id == card.stage_id), None)
    if stage is None or view.filter.stage_id not in (None, stage.id):
        return CardPlace(card.stage_id, is_shown=False)
    of_stage = view.filter.of_stage(stage_id=stage.id, group=StageGroup(stage.group))
    filter_ = replace(of_stage, order=board_order(filter_=view.filter))
    found = find_neighbours(
        job_id=job_id, filter_=filter_, application_id=card.id, now=now, nearest=_NAMED, is_board=True
    )
    if found is None or not found.is_inside:
        return CardPlace(card.stage_id, is_shown=False)
    listed = write_applicant_view(view=replace(view, kind=ViewKind.TABLE, filter=filter_))
    return CardPlace(
        stage_id=stage.id,
        is_shown=True,
        before=found.before,
        after=found.after,
        number=found.place,
        total=found.total,
        query=page_query(query=listed, at=found.opens_at),
    )
