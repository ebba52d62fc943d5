"""The only writers of scorecards: drafts saved as they are typed, one handing in, additions after it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assay.app.interviewing.actions.cleaning import text_of
from assay.app.interviewing.actions.finding import lock_interview, tell_of
from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.app.interviewing.models import Interview, Panelist, Rating, Scorecard
from assay.app.interviewing.needs import competency_labels, interview_trust
from assay.app.interviewing.stored import decode_card, decode_kit, encode_card
from assay.app.screening.actions import store_ratings
from assay.app.screening.measuring import RatedMeasurement
from assay.core.interviewing.card import HIGHEST, LOWEST, CardDraft, CardGap, RatingDraft, find_gaps, find_thin
from assay.core.interviewing.drafting import DraftFate, SavedDraft, SentDraft, judge_draft
from assay.core.interviewing.measuring import measurement_of
from assay.core.interviewing.states import InterviewState
from assay.knowledge.interviewing.planning_sheet import load_planning
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

LONGEST_EVIDENCE, LONGEST_TEXT = 6_000, 8_000
MOST_RATINGS = 25
_CALLED_OFF = (InterviewState.CANCELLED, InterviewState.NO_SHOW)


class CardClosed(InterviewRefused):
    """Raised when a card takes no more: handed in, called off, or its author is no longer on the panel."""


class CardIncomplete(InterviewRefused):
    """Raised when a card cannot be handed in yet; ``gaps`` say what is missing, in the order of the form."""

    def __init__(self, gaps: tuple[CardGap, ...]) -> None:
        super().__init__("Something is missing before this can be handed in.", field=gaps[0].field)
        self.gaps = gaps


class CardThin(InterviewRefused):
    """Raised once for ratings at an end of the scale that rest on little; ``gaps`` name them."""

    def __init__(self, gaps: tuple[CardGap, ...]) -> None:
        super().__init__("Look at this once more, then hand it in as it is or with more words.", field=gaps[0].field)
        self.gaps = gaps


class CardConflict(InterviewRefused):
    """Raised when another page or device saved something else meanwhile. ``theirs`` is what is kept."""

    def __init__(self, *, theirs: CardDraft, number: int, saved_at: datetime | None) -> None:
        super().__init__("This card was saved from another page or device in the meantime. Nothing is lost: choose.")
        self.theirs, self.number, self.saved_at = theirs, number, saved_at


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """The number of the draft that is kept now, and when it was kept."""

    number: int
    saved_at: datetime | None


@transaction.atomic
def save_draft(*, actor: User, interview_id: int, card: CardDraft, sent: SentDraft) -> DraftSaved:
    """Keep a draft of one's own card. Nothing replaces what its sender has not seen.

    Raises ``CardConflict``, ``CardClosed``, ``InterviewRefused`` for what does not fit, ``Http404``, ``Forbidden``.
    """
    interview = lock_interview(actor=actor, interview_id=interview_id, action=Action.WRITE_SCORECARD)
    row = _own_card(actor, interview)
    clean = clean_card(card=card)
    if _judge(row, sent, clean) is DraftFate.KEEP:
        _keep(row, clean, sent)
    return DraftSaved(row.draft_number, row.draft_saved_at)


@transaction.atomic
def submit_card(*, actor: User, interview_id: int, card: CardDraft, sent: SentDraft, is_confirmed: bool = False) -> int:
    """Hand one's card in, for good, and turn its ratings into measurements. Returns the card's id.

    The interview counts as held from then on. Sent twice by the same page, it is handed in once. Raises
    ``CardIncomplete``, ``CardThin`` unless ``is_confirmed``, ``CardConflict``, ``CardClosed``, ``InterviewRefused``,
    ``Http404``, ``Forbidden``.
    """
    interview = lock_interview(actor=actor, interview_id=interview_id, action=Action.WRITE_SCORECARD)
    clean = clean_card(card=card)
    known = Scorecard.objects.filter(interview=interview, author=actor, submitted_at__isnull=False).first()
    if known is not None and decode_card(known.draft.get("fields", {})) == clean:
        return known.pk
    row = _own_card(actor, interview)
    _judge(row, sent, clean)
    if interview.starts_at > timezone.now():
        raise InterviewRefused("This interview has not begun yet. Your draft is kept; hand it in afterwards.")
    kit, labels = decode_kit(interview.kit), competency_labels()
    if gaps := find_gaps(card=clean, focus=kit.focus, labels=labels):
        raise CardIncomplete(gaps)
    thin = find_thin(card=clean, labels=labels, least=load_planning().thin_evidence)
    if thin and not is_confirmed:
        raise CardThin(thin)
    _hand_in(row, clean, sent)
    if interview.state == InterviewState.SCHEDULED:
        interview.state = InterviewState.HELD
        interview.save(update_fields=["state"])
    tell_of(actor=actor, interview=interview, verb="scorecard.submitted", data={"scorecard": row.pk})
    return row.pk


@transaction.atomic
def add_to_card(*, actor: User, interview_id: int, text: str) -> None:
    """Add something to one's card after it was handed in; what stands there already stays as it is.

    Raises ``InterviewRefused``, ``Http404``, ``Forbidden``.
    """
    interview = lock_interview(actor=actor, interview_id=interview_id, action=Action.WRITE_SCORECARD)
    row = Scorecard.objects.select_for_update().filter(interview=interview, author=actor).first()
    if row is None or row.submitted_at is None:
        raise InterviewRefused("There is no handed-in card of yours to add to.", field="addendum")
    words = text_of(text=text, field="addendum", longest=LONGEST_TEXT)
    if not words:
        raise InterviewRefused("Write what you want to add.", field="addendum")
    entry = f"{timezone.now():%Y-%m-%d %H:%M} UTC: {words}"
    if row.addendum.endswith(f": {words}"):
        return
    row.addendum = text_of(text=f"{row.addendum}\n\n{entry}", field="addendum", longest=LONGEST_TEXT * 2)
    row.save(update_fields=["addendum"])
    tell_of(actor=actor, interview=interview, verb="scorecard.added_to", data={"scorecard": row.pk})


def clean_card(*, card: CardDraft) -> CardDraft:
    """Return a card fit to be kept: known competencies once each, levels in range, texts cleaned and not too long."""
    ratings: dict[str, RatingDraft] = {}
    for one in card.ratings[:MOST_RATINGS]:
        if one.level is not None and not LOWEST <= one.level <= HIGHEST:
            raise InterviewRefused("Choose a level from 0 to 4.", field=f"level_{one.competency}")
        evidence = text_of(text=one.evidence, field=f"evidence_{one.competency}", longest=LONGEST_EVIDENCE)
        level = None if one.is_not_assessed else one.level
        ratings[one.competency] = RatingDraft(one.competency, level, one.is_not_assessed, evidence)
    return CardDraft(
        ratings=tuple(ratings.values()),
        takeaways=text_of(text=card.takeaways, field="takeaways", longest=LONGEST_TEXT),
        left_open=text_of(text=card.left_open, field="left_open", longest=LONGEST_TEXT),
        private_note=text_of(text=card.private_note, field="private_note", longest=LONGEST_TEXT),
        recommendation=card.recommendation,
    )


def _own_card(actor: User, interview: Interview) -> Scorecard:
    """Return the actor's open card, made when there is none. Raises ``CardClosed`` where none can be written."""
    row = Scorecard.objects.select_for_update().filter(interview=interview, author=actor).first()
    if row is not None and row.submitted_at is not None:
        raise CardClosed("Your card is handed in and stays as it is. What you want to add goes below it.")
    if interview.state in _CALLED_OFF:
        said = "was called off" if interview.state == InterviewState.CANCELLED else "did not take place"
        raise CardClosed(f"This interview {said}, so no card is asked for. What you had saved is kept for you.")
    seat = Panelist.objects.filter(interview=interview, user=actor).first()
    if seat is None or seat.excused_at is not None:
        raise CardClosed("You are not on this panel (any more), so no card is asked of you. Saved drafts are kept.")
    return row or Scorecard.objects.create(interview=interview, author=actor)


def _judge(row: Scorecard, sent: SentDraft, clean: CardDraft) -> DraftFate:
    """Return what happens with a draft. Two versions that say the same do not stand against each other.

    Old news that says something else does: its sender would take the answer for having been kept.
    """
    saved = SavedDraft(row.draft_number, str(row.draft.get("writer", "")), int(row.draft.get("turn", 0)))
    fate = judge_draft(saved=saved, sent=sent)
    if fate is DraftFate.KEEP:
        return fate
    theirs = decode_card(row.draft.get("fields", {}))
    if theirs == clean:
        return DraftFate.OLD_NEWS
    raise CardConflict(theirs=theirs, number=row.draft_number, saved_at=row.draft_saved_at)


def _keep(row: Scorecard, card: CardDraft, sent: SentDraft) -> None:
    row.draft = {"fields": encode_card(card), "writer": sent.writer, "turn": sent.turn}
    row.draft_number += 1
    row.draft_saved_at = timezone.now()
    row.save(update_fields=["draft", "draft_number", "draft_saved_at"])


def _hand_in(row: Scorecard, card: CardDraft, sent: SentDraft) -> None:
    _keep(row, card, sent)
    assert card.recommendation is not None  # noqa: S101 - find_gaps asked for it
    row.recommendation, row.takeaways = card.recommendation.value, card.takeaways
    row.left_open, row.private_note = card.left_open, card.private_note
    row.submitted_at = timezone.now()
    row.save()
    made = Rating.objects.bulk_create(
        Rating(scorecard=row, competency=one.competency, level=one.level, evidence=one.evidence) for one in card.ratings
    )
    trust = interview_trust()
    store_ratings(
        application_id=row.interview.application_id,
        observed_by_id=row.author_id,
        ratings=[
            RatedMeasurement(
                one.pk,
                measurement_of(competency=one.competency, level=one.level, evidence=one.evidence, trust=trust),
            )
            for one in made
            if one.level is not None
        ],
    )
