"""The only writers of interview plans: a planned interview stored, taken out, or mended by one competency."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from assay.app.interviewing.actions.cleaning import line_of, text_of
from assay.app.interviewing.actions.refusal import ChangedMeanwhile, InterviewRefused
from assay.app.interviewing.models import DefaultPanelist, PlannedInterview
from assay.app.interviewing.needs import bank_questions, competency_labels, needs_of, plan_rules, talk_shapes
from assay.app.interviewing.panel import list_panel_choices
from assay.app.interviewing.stored import encode_questions
from assay.app.pipeline.news import tell_job_changed
from assay.app.pipeline.queries.jobs import JobView, get_job
from assay.app.roles.queries import get_role_version
from assay.core.interviewing.kit import AskedQuestion
from assay.core.interviewing.suggesting import SuggestedTalk, suggest_plan
from assay.core.interviewing.timing import LONGEST, SHORTEST
from assay.core.pipeline.stage import StageGroup
from assay.knowledge.interviewing.planning_sheet import load_planning
from assay.knowledge.interviewing.sheets import load_bank, load_formats
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.numbers import LARGEST_ID

LONGEST_TITLE, LONGEST_PURPOSE, LONGEST_ASK = 120, 2000, 600
MOST_QUESTIONS, MOST_FOCUS, MOST_PANEL = 20, 12, 12


@dataclass(frozen=True, slots=True)
class PlannedDraft:
    """A planned interview as somebody filled it in: minutes, competency keys, questions in order, people's ids."""

    stage_id: int
    title: str
    purpose: str = ""
    format: str = ""
    minutes: int = 60
    focus: tuple[str, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()
    panel: tuple[int, ...] = ()


def find_planned(*, planned_id: int) -> PlannedInterview:
    """Return a planned interview of a plan. Raises ``Http404``; whoever calls this asks the policy next."""
    rows = PlannedInterview.objects.select_related("stage").filter(retired_at__isnull=True)
    row = rows.filter(pk=planned_id).first() if planned_id <= LARGEST_ID else None
    if row is None:
        raise Http404("There is no such planned interview.")
    return row


@transaction.atomic
def plan_interview(*, actor: User, job_id: int, draft: PlannedDraft) -> int:
    """Add an interview to a job's plan, after those of its stage, and return its id.

    Raises ``InterviewRefused`` with the field, ``Http404``, ``Forbidden``.
    """
    job = get_job(actor=actor, job_id=job_id, action=Action.PLAN_INTERVIEWS)
    clean = _clean(draft, job)
    row = PlannedInterview(stage_id=clean.stage_id, position=_next_position(clean.stage_id))
    _write(row, clean)
    tell_job_changed(job_id=job_id)
    _note(actor, job_id, "interviews.planned", row)
    return row.pk


@transaction.atomic
def change_planned(*, actor: User, planned_id: int, draft: PlannedDraft, seen_revision: int) -> None:
    """Store a changed planned interview. Interviews that are arranged keep the kit they were arranged with.

    Raises ``ChangedMeanwhile`` when it changed after ``seen_revision``, ``InterviewRefused``, ``Http404``,
    ``Forbidden``.
    """
    row, job = _lock(actor, planned_id)
    clean = _clean(draft, job, kept_stage=row.stage_id)
    if row.revision != seen_revision:
        message = "Somebody changed this interview while you did. Both versions are below; send yours again to keep it."
        raise ChangedMeanwhile(message)
    is_elsewhere = row.stage_id != clean.stage_id
    if is_elsewhere:
        row.position = _next_position(clean.stage_id)
    row.stage_id = clean.stage_id
    row.revision += 1
    _write(row, clean)
    if is_elsewhere:
        tell_job_changed(job_id=job.id)
    _note(actor, job.id, "interviews.plan_changed", row)


@transaction.atomic
def retire_planned(*, actor: User, planned_id: int) -> int:
    """Take an interview out of the plan and return its job's id. Those already arranged from it stay."""
    row, job = _lock(actor, planned_id)
    row.retired_at = timezone.now()
    row.save(update_fields=["retired_at"])
    tell_job_changed(job_id=job.id)
    _note(actor, job.id, "interviews.plan_removed", row)
    return job.id


@transaction.atomic
def change_focus(*, actor: User, planned_id: int, competency: str, is_added: bool) -> int:
    """Let a planned interview look at one competency more, or one less, and return its job's id. Twice is once."""
    row, job = _lock(actor, planned_id)
    focus = [one for one in row.focus if one != competency]
    if is_added:
        if competency not in competency_labels() or len(focus) >= MOST_FOCUS:
            raise InterviewRefused("This competency cannot be added there.", field="focus")
        focus.append(competency)
    if focus != row.focus:
        row.focus = focus
        row.revision += 1
        row.save(update_fields=["focus", "revision"])
        _note(actor, job.id, "interviews.plan_changed", row)
    return job.id


@transaction.atomic
def adopt_suggestion(*, actor: User, job_id: int) -> int:
    """Fill the interview stages that have no interview yet from the role, and return how many were planned."""
    job = get_job(actor=actor, job_id=job_id, action=Action.PLAN_INTERVIEWS)
    version = get_role_version(role_version_id=job.role_version_id)
    if version is None:
        raise InterviewRefused("The role of this job is gone.")
    sheet = load_planning()
    taken = set(
        PlannedInterview.objects.filter(stage__job_id=job_id, retired_at=None).values_list("stage_id", flat=True)
    )
    stages = [stage.id for stage in job.stages if stage.group == StageGroup.INTERVIEW]
    talks = suggest_plan(
        needs=needs_of(role=version.role),
        stage_ids=stages,
        shapes=talk_shapes(),
        bank=bank_questions(),
        seniority=version.role.seniority.value,
        rules=plan_rules(),
        reserved_minutes=sheet.opening_minutes + sheet.closing_minutes,
    )
    wanted = [talk for talk in talks if talk.stage_id not in taken]
    for talk in wanted:
        PlannedInterview.objects.create(**_fields_of(talk))
    if wanted:
        tell_job_changed(job_id=job_id)
        data = {"stages": [talk.stage_id for talk in wanted]}
        record(actor=actor, verb="interviews.plan_suggested", object_type="job", object_id=job_id, data=data)
    return len(wanted)


def _lock(actor: User, planned_id: int) -> tuple[PlannedInterview, JobView]:
    row = find_planned(planned_id=planned_id)
    job = get_job(actor=actor, job_id=row.stage.job_id, action=Action.PLAN_INTERVIEWS)
    locked = PlannedInterview.objects.select_for_update(of=("self",)).select_related("stage").get(pk=planned_id)
    if locked.retired_at is not None:
        raise Http404("There is no such planned interview.")
    return locked, job


def _clean(draft: PlannedDraft, job: JobView, kept_stage: int | None = None) -> PlannedDraft:
    title = line_of(text=draft.title, longest=LONGEST_TITLE, field="title")
    if not title:
        raise InterviewRefused("Give the interview a name.", field="title")
    known_stages = {stage.id for stage in job.stages} | ({kept_stage} if kept_stage else set())
    if draft.stage_id not in known_stages:
        raise InterviewRefused("This stage is no longer part of the plan. Choose another.", field="stage")
    if not SHORTEST <= draft.minutes <= LONGEST:
        raise InterviewRefused(f"Give a length from {SHORTEST} to {LONGEST} minutes.", field="minutes")
    if draft.format and draft.format not in {one.id for one in load_formats().formats}:
        raise InterviewRefused("Choose a kind of conversation from the list.", field="format")
    focus = tuple(dict.fromkeys(draft.focus))
    if unknown := set(focus) - set(competency_labels()):
        raise InterviewRefused(f"There is no competency {sorted(unknown)[0]!r:.60}.", field="focus")
    if not focus:
        raise InterviewRefused("Choose at least one competency to look at.", field="focus")
    if len(focus) > MOST_FOCUS:
        raise InterviewRefused(f"At most {MOST_FOCUS} competencies.", field="focus")
    choices = {choice.user_id for choice in list_panel_choices(job=job)}
    panel = tuple(dict.fromkeys(draft.panel))
    if len(panel) > MOST_PANEL or not set(panel) <= choices:
        raise InterviewRefused("Somebody chosen may not hand in scorecards on this job.", field="panel")
    purpose = text_of(text=draft.purpose, longest=LONGEST_PURPOSE, field="purpose")
    questions = _questions(draft.questions)
    return PlannedDraft(draft.stage_id, title, purpose, draft.format, draft.minutes, focus, questions, panel)


def _questions(asked: Sequence[AskedQuestion]) -> tuple[AskedQuestion, ...]:
    bank = load_bank().by_id()
    kept: dict[str, AskedQuestion] = {}
    for one in asked:
        text = line_of(text=one.ask, longest=LONGEST_ASK, field="questions")
        known = bank.get(one.question_id)
        if known is not None:
            kept[f"bank:{known.id}"] = AskedQuestion(known.id, known.ask, known.competency, known.minutes)
        elif text:
            competency = one.competency if one.competency in competency_labels() else ""
            minutes = one.minutes if 0 <= one.minutes <= LONGEST else 0
            # A question that left the bank keeps its words and is from then on one's own.
            kept[f"own:{text}"] = AskedQuestion("", text, competency, minutes)
    if len(kept) > MOST_QUESTIONS:
        message = f"At most {MOST_QUESTIONS} questions: nobody asks more in one conversation."
        raise InterviewRefused(message, field="questions")
    return tuple(kept.values())


def _write(row: PlannedInterview, draft: PlannedDraft) -> None:
    row.title, row.purpose, row.format, row.minutes = draft.title, draft.purpose, draft.format, draft.minutes
    row.focus, row.questions = list(draft.focus), encode_questions(draft.questions)
    row.save()
    row.panel.exclude(user_id__in=draft.panel).delete()
    known = set(row.panel.values_list("user_id", flat=True))
    DefaultPanelist.objects.bulk_create(
        DefaultPanelist(planned=row, user_id=one) for one in draft.panel if one not in known
    )


def _fields_of(talk: SuggestedTalk) -> dict[str, object]:
    kit = talk.kit
    return {
        "stage_id": talk.stage_id,
        "title": kit.title,
        "purpose": kit.purpose,
        "format": kit.format,
        "minutes": kit.minutes,
        "focus": list(kit.focus),
        "questions": encode_questions(kit.questions),
    }


def _next_position(stage_id: int) -> int:
    last = PlannedInterview.objects.filter(stage_id=stage_id).order_by("-position").values_list("position", flat=True)
    return min((last.first() or 0) + 1, 32_000)


def _note(actor: User, job_id: int, verb: str, row: PlannedInterview) -> None:
    data = {"planned": row.pk, "stage": row.stage_id, "revision": row.revision}
    record(actor=actor, verb=verb, object_type="job", object_id=job_id, data=data)
