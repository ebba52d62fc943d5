"""What an interviewer goes in with: questions with anchors, what the résumé says, what is still open, the time."""

from dataclasses import dataclass

from assay.app.interviewing.models import Scorecard
from assay.app.interviewing.needs import competency_labels
from assay.app.interviewing.queries.interviews import InterviewView, get_interview
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.roles.queries import get_role_version
from assay.app.screening.queries import get_current_screening
from assay.core.evidence.level import Level
from assay.core.interviewing.kit import AskedQuestion, TimePlan, plan_time
from assay.core.interviewing.states import InterviewState
from assay.core.screening.result import Claim, ScreeningResult, ScreeningStatus
from assay.knowledge.evidence.sheets import load_competencies
from assay.knowledge.interviewing.planning_sheet import load_planning
from assay.knowledge.interviewing.sheets import QuestionNote, load_bank
from assay.platform.access.gate import ask
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

MOST_QUOTES = 4


@dataclass(frozen=True, slots=True)
class AnchorView:
    """What one level (0-4) of a competency looks like."""

    level: int
    word: str
    says: str


@dataclass(frozen=True, slots=True)
class FocusView:
    """A competency to look at: its anchors, the level asked by the role (None: not asked) and the résumé's claims."""

    competency: str
    label: str
    about: str
    anchors: tuple[AnchorView, ...]
    bar: float | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class KitQuestion:
    """A question to ask, with what the bank knows about it (None for own words), and from which minute."""

    asked: AskedQuestion
    label: str
    note: QuestionNote | None
    starts_at_minute: int
    minutes: int


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What an earlier interviewer left open for the next; nothing else of their card."""

    author: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class KitView:
    """Everything on the kit page of one interview, as one person may see it."""

    interview: InterviewView
    focus: tuple[FocusView, ...]
    questions: tuple[KitQuestion, ...]
    time_plan: TimePlan
    left_open: tuple[OpenPoint, ...]
    owes_card: bool
    is_card_in: bool
    has_draft: bool
    can_schedule: bool


def get_kit(*, actor: User, interview_id: int) -> KitView:
    """Return the kit of an interview. Raises ``Http404`` or ``Forbidden`` without access to its applicants."""
    interview = get_interview(actor=actor, interview_id=interview_id)
    application = find_application(application_id=interview.application_id)
    resource = job_resource(job=application.job, user=actor)
    seat = interview.seat_of(actor.pk)
    is_over = interview.state in (InterviewState.CANCELLED, InterviewState.NO_SHOW)
    own = Scorecard.objects.filter(interview_id=interview_id, author=actor).first()
    sheet = load_planning()
    time_plan = plan_time(kit=interview.kit, opening=sheet.opening_minutes, closing=sheet.closing_minutes)
    return KitView(
        interview=interview,
        focus=list_focus(
            competencies=interview.kit.focus,
            role_version_id=application.job.role_id,
            application_id=interview.application_id,
        ),
        questions=_questions(interview, time_plan),
        time_plan=time_plan,
        left_open=_left_open(interview),
        owes_card=seat is not None and not seat.is_excused and not seat.is_card_in and not is_over,
        is_card_in=own is not None and own.submitted_at is not None,
        has_draft=own is not None and own.submitted_at is None and own.draft_number > 0,
        can_schedule=ask(actor=actor, action=Action.SCHEDULE_INTERVIEWS, resource=resource).allowed,
    )


def list_focus(*, competencies: tuple[str, ...], role_version_id: int, application_id: int) -> tuple[FocusView, ...]:
    """Return competencies with their anchors, the role's bar and the résumé's strongest counted claims."""
    version = get_role_version(role_version_id=role_version_id)
    bars = {bar.competency: bar.level for bar in version.role.competencies} if version else {}
    screening = get_current_screening(application_id=application_id)
    result = screening.result if screening else None
    notes = {note.id: note for note in load_competencies().competencies}
    return tuple(
        FocusView(
            competency=one,
            label=notes[one].label if one in notes else one.replace("_", " "),
            about=notes[one].about if one in notes else "",
            anchors=list_anchors(competency=one),
            bar=bars.get(one),
            claims=_claims(result, one),
        )
        for one in competencies
    )


def list_anchors(*, competency: str) -> tuple[AnchorView, ...]:
    """Return what each level looks like; only the words of the scale for a competency that is no longer known."""
    notes = {note.id: note for note in load_competencies().competencies}
    says = notes[competency].anchors if competency in notes else ("",) * len(Level)
    return tuple(AnchorView(level.value, level.label, text) for level, text in zip(Level, says, strict=True))


def _claims(result: ScreeningResult | None, competency: str) -> tuple[Claim, ...]:
    if result is None or result.status is not ScreeningStatus.SCREENED:
        return ()
    ids = {number for one in result.competencies if one.competency == competency for number in one.claim_ids}
    found = [claim for claim in result.claims if claim.id in ids and claim.counted]
    strongest = sorted(found, key=lambda claim: -claim.strength)
    by_quote = {claim.span.quote: claim for claim in reversed(strongest)}
    return tuple(claim for claim in strongest if by_quote[claim.span.quote] is claim)[:MOST_QUOTES]


def _questions(interview: InterviewView, time_plan: TimePlan) -> tuple[KitQuestion, ...]:
    bank, labels = load_bank().by_id(), competency_labels()
    slots = {slot.question: slot for slot in time_plan.slots if slot.question is not None}
    return tuple(
        KitQuestion(
            asked=asked,
            label=labels.get(asked.competency, ""),
            note=bank.get(asked.question_id),
            starts_at_minute=slots[index].starts_at_minute,
            minutes=slots[index].minutes,
        )
        for index, asked in enumerate(interview.kit.questions)
    )


def _left_open(interview: InterviewView) -> tuple[OpenPoint, ...]:
    cards = Scorecard.objects.select_related("author", "interview").filter(
        interview__application_id=interview.application_id,
        interview__starts_at__lt=interview.starts_at,
        submitted_at__isnull=False,
    )
    return tuple(
        OpenPoint(card.author.display_name, str(card.interview.kit.get("title", "")), card.left_open)
        for card in cards.exclude(left_open="").order_by("interview__starts_at", "id")
    )
