"""Scorecards: one's own while it is written, and those of a candidate side by side as far as they are open."""

from dataclasses import dataclass, replace
from datetime import datetime

from assay.app.interviewing.models import Scorecard
from assay.app.interviewing.needs import competency_labels
from assay.app.interviewing.queries.interviews import InterviewView, get_interview, list_of_application
from assay.app.interviewing.queries.kits import FocusView, list_anchors, list_focus
from assay.app.interviewing.queries.visibility import get_reader
from assay.app.interviewing.stored import decode_card
from assay.app.pipeline.funnel import find_application
from assay.app.roles.queries import get_role_version
from assay.core.interviewing.card import CardDraft
from assay.core.interviewing.comparing import GivenRating, GridRow, lay_grid
from assay.core.interviewing.opening import CardMark, can_see, can_see_private_note
from assay.core.interviewing.states import InterviewState, Recommendation
from assay.knowledge.interviewing.planning_sheet import load_planning
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class RatingView:
    """A rating of a handed-in card; ``level`` (0-4) is None for "not assessed"."""

    id: int
    competency: str
    label: str
    level: int | None
    evidence: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A handed-in card that the person looking may read. ``private_note`` is empty for whom it is not open to."""

    id: int
    interview_id: int
    interview_title: str
    author_id: int
    author: str
    submitted_at: datetime
    recommendation: Recommendation
    takeaways: str
    left_open: str
    private_note: str
    addendum: str
    ratings: tuple[RatingView, ...]


@dataclass(frozen=True, slots=True)
class OwnCard:
    """One's own card of one interview. ``refusal`` says why nothing can be written any more, empty while it can.

    ``draft_number`` and ``draft_writer`` say which save the draft is and which page sent it.
    """

    interview: InterviewView
    focus: tuple[FocusView, ...]
    draft: CardDraft
    draft_number: int
    draft_writer: str
    saved_at: datetime | None
    submitted: CardView | None
    refusal: str


@dataclass(frozen=True, slots=True)
class CardsOfCandidate:
    """The interviews of a candidate and the open cards side by side; the last rows of ``grid`` are not of the role.

    ``is_locked``: the person looking owes a card of their own first. ``closed`` counts handed-in cards that stay shut.
    """

    interviews: tuple[InterviewView, ...]
    cards: tuple[CardView, ...]
    grid: tuple[GridRow, ...]
    labels: dict[str, str]
    bars: dict[str, float]
    is_locked: bool
    owed_ids: tuple[int, ...]
    closed: int


def get_own_card(*, actor: User, interview_id: int) -> OwnCard:
    """Return one's own card for writing or reading. Raises ``Http404`` or ``Forbidden``."""
    interview = get_interview(actor=actor, interview_id=interview_id, action=Action.WRITE_SCORECARD)
    row = (
        Scorecard.objects.select_related("interview", "author").filter(interview_id=interview_id, author=actor).first()
    )
    application = find_application(application_id=interview.application_id)
    draft = decode_card(row.draft.get("fields", {})) if row else CardDraft()
    extra = tuple(one.competency for one in draft.ratings if one.competency not in interview.kit.focus)
    is_in = row is not None and row.submitted_at is not None
    return OwnCard(
        interview=interview,
        focus=list_focus(
            competencies=(*interview.kit.focus, *extra),
            role_version_id=application.job.role_id,
            application_id=interview.application_id,
        ),
        draft=draft,
        draft_number=row.draft_number if row else 0,
        draft_writer=str(row.draft.get("writer", "")) if row else "",
        saved_at=row.draft_saved_at if row else None,
        submitted=_view(row, with_note=True) if row is not None and is_in else None,
        refusal="" if is_in else _refusal(interview, actor),
    )


def with_draft(*, own: OwnCard, card: CardDraft) -> OwnCard:
    """Return a card's page with what was just typed instead of what is kept, so that a refusal loses nothing."""
    known = {one.competency: one for one in own.focus}
    labels = competency_labels()
    more = tuple(
        FocusView(
            one.competency,
            labels.get(one.competency, one.competency),
            "",
            list_anchors(competency=one.competency),
            None,
            (),
        )
        for one in card.ratings
        if one.competency not in known
    )
    return replace(own, draft=card, focus=(*own.focus, *more))


def get_cards(*, actor: User, application_id: int) -> CardsOfCandidate:
    """Return a candidate's interviews and the cards open to ``actor``. Raises ``Http404`` or ``Forbidden``."""
    reader = get_reader(actor=actor, application_id=application_id)
    application = find_application(application_id=application_id)
    rows = (
        Scorecard.objects.filter(interview__application_id=application_id, submitted_at__isnull=False)
        .select_related("author", "interview")
        .prefetch_related("ratings")
        .order_by("interview__starts_at", "submitted_at", "id")
    )
    marks = {row.pk: CardMark(row.pk, row.author_id, is_submitted=True) for row in rows}
    cards = tuple(
        _view(row, with_note=can_see_private_note(reader=reader, card=marks[row.pk]))
        for row in rows
        if can_see(reader=reader, card=marks[row.pk])
    )
    version = get_role_version(role_version_id=application.job.role_id)
    bars = {bar.competency: bar.level for bar in version.role.competencies} if version else {}
    given = [GivenRating(one.id, card.id, one.competency, one.level) for card in cards for one in card.ratings]
    return CardsOfCandidate(
        interviews=list_of_application(application_id=application_id),
        cards=cards,
        grid=lay_grid(
            ratings=given,
            card_ids=[card.id for card in cards],
            order=tuple(bars),
            far_apart=load_planning().far_apart,
        ),
        labels=competency_labels(),
        bars=bars,
        is_locked=reader.owes_a_card,
        owed_ids=tuple(duty.interview_id for duty in reader.duties if duty.is_due),
        closed=len(marks) - len(cards),
    )


def _refusal(interview: InterviewView, actor: User) -> str:
    if interview.state is InterviewState.CANCELLED:
        return "This interview was called off, so no card is asked for."
    if interview.state is InterviewState.NO_SHOW:
        return "The candidate did not come, so no card is asked for."
    seat = interview.seat_of(actor.pk)
    if seat is None:
        return "You are not on this panel, so no card is asked of you."
    return "You were excused from this interview, so no card is asked of you." if seat.is_excused else ""


def _view(row: Scorecard, *, with_note: bool) -> CardView:
    labels = competency_labels()
    assert row.submitted_at is not None  # noqa: S101 - only handed-in cards come here
    return CardView(
        id=row.pk,
        interview_id=row.interview_id,
        interview_title=str(row.interview.kit.get("title", "")),
        author_id=row.author_id,
        author=row.author.display_name,
        submitted_at=row.submitted_at,
        recommendation=Recommendation(row.recommendation),
        takeaways=row.takeaways,
        left_open=row.left_open,
        private_note=row.private_note if with_note else "",
        addendum=row.addendum,
        ratings=tuple(
            RatingView(one.pk, one.competency, labels.get(one.competency, one.competency), one.level, one.evidence)
            for one in row.ratings.all()
        ),
    )
