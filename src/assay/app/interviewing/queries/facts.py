"""What clocks and work states are told about interviews and owed scorecards."""

from collections.abc import Collection, Mapping

from django.db.models import Prefetch

from assay.app.interviewing.models import Interview, Panelist, Scorecard
from assay.core.interviewing.states import InterviewState
from assay.core.pipeline.facts import CardFact, InterviewFact

# Kits and drafts of cards are long, and say nothing about time.
_FIELDS = ("application_id", "stage_id", "state", "created_at", "starts_at", "ends_at", "ended_at")


def list_interview_facts(*, application_ids: Collection[int]) -> Mapping[int, tuple[InterviewFact, ...]]:
    """Return every interview of these applications in time order, with the cards its panel handed in or owes.

    Applications without interviews are left out. No access check: for clocks. Three statements whatever the number.
    """
    rows = (
        Interview.objects.filter(application_id__in=list(application_ids))
        .only(*_FIELDS)
        .prefetch_related(
            Prefetch("panel", Panelist.objects.only("interview_id", "user_id", "excused_at")),
            Prefetch("scorecards", Scorecard.objects.only("interview_id", "author_id", "submitted_at")),
        )
        .order_by("application_id", "starts_at", "id")
    )
    found: dict[int, list[InterviewFact]] = {}
    for row in rows:
        found.setdefault(row.application_id, []).append(_fact(row))
    return {application_id: tuple(facts) for application_id, facts in found.items()}


def _fact(row: Interview) -> InterviewFact:
    submitted = {card.author_id: card.submitted_at for card in row.scorecards.all()}
    cards = [
        CardFact(seat.user_id, submitted.pop(seat.user_id, None), seat.excused_at is not None)
        for seat in row.panel.all()
    ]
    # A card of somebody who left the panel after handing it in still counts as in.
    cards += [CardFact(user_id, at, is_excused=True) for user_id, at in submitted.items() if at is not None]
    has_card = any(card.submitted_at for card in cards)
    is_held = row.state == InterviewState.HELD or (row.state == InterviewState.SCHEDULED and has_card)
    return InterviewFact(
        interview_id=row.pk,
        stage_id=row.stage_id,
        state=InterviewState.HELD.value if is_held else row.state,
        created_at=row.created_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        cards=tuple(cards),
        closed_at=row.ended_at,
    )
