"""What the demo's people did at the Define desks: bands approved for the open jobs, two requests on their way."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from assay.app.market.cost.actions import save_scenario
from assay.app.market.hiring_models.actions import save_comparison
from assay.app.market.pay.actions import save_band
from assay.app.market.pay.answering import PayQuestion, answer_pay
from assay.app.market.pay.output import to_mapping
from assay.app.postings.actions.drafts import create_advert, save_part
from assay.app.postings.actions.publishing import Wish, publish
from assay.app.postings.models import Advert
from assay.app.postings.writing import draft_from_content, mark_of, part_text
from assay.app.readiness.actions.assessments import AssessmentDraft, start_assessment
from assay.app.readiness.actions.sheets import GivenAnswer, hand_in
from assay.app.readiness.questions import load_questionnaire
from assay.app.requisitions.actions.approvals import give_verdict, submit_requisition
from assay.app.requisitions.actions.drafts import create_requisition, draft_of, edit_requisition
from assay.app.requisitions.actions.jobs import request_for_job
from assay.app.requisitions.actions.people import Place, set_people
from assay.app.requisitions.models import Requisition, Submission
from assay.app.roles.actions import make_role
from assay.app.roles.compiler_rules import load_compiler_rules
from assay.core.market.pay.placing import Band
from assay.core.postings.advert import SectionKey
from assay.core.requisitions.approval import VerdictKind
from assay.core.requisitions.draft import RequisitionDraft
from assay.core.requisitions.plan import Step
from assay.core.requisitions.status import RequisitionReason
from assay.core.roles.compiling.intake import read_answers
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User
from assay.runtime.demo.days import Days
from assay.runtime.demo.diary import Diary
from assay.runtime.demo.requests import DemoBand, DemoRequest, load_requests
from assay.runtime.demo.story import RequestStory, load_story

_PEOPLE = {"manager": Role.HIRING_MANAGER, "interviewer": Role.INTERVIEWER, "admin": Role.ADMIN}
_TAKES = timedelta(weeks=10)


def ask_for_band(*, cast: Mapping[Role, User], job_id: int, job_title: str) -> int:
    """Have the recruiter ask for the band of an open job; return the request that the lead and finance approve."""
    band = next(one for one in load_requests().bands if one.job == job_title)
    recruiter = cast[Role.RECRUITER]
    made = request_for_job(actor=recruiter, job_id=job_id)
    row = Requisition.objects.get(pk=made)
    draft = draft_of(row=row)
    wanted = RequisitionDraft(
        title=draft.title,
        problem=draft.problem,
        location=draft.location,
        headcount=draft.headcount,
        is_confidential=draft.is_confidential,
        readiness_gate=draft.readiness_gate,
        budget=band.budget,
        currency=band.currency,
    )
    edit_requisition(actor=recruiter, requisition_id=made, draft=wanted, seen_revision=row.revision)
    _save_band(recruiter, made, band, title=job_title)
    _name_approvers(recruiter, made, cast, lead=cast[Role.HIRING_MANAGER])
    submit_requisition(actor=recruiter, requisition_id=made)
    return made


def approve(*, person: User, requisition_id: int) -> None:
    """Have somebody approve a request as it was handed in last."""
    facts = Submission.objects.filter(requisition_id=requisition_id).latest("number").facts_hash
    give_verdict(actor=person, requisition_id=requisition_id, kind=VerdictKind.APPROVE, seen_hash=facts)


def note_requests(*, cast: Mapping[Role, User], days: Days, diary: Diary) -> None:
    """Note how each request of the demo goes through the desks, as far as it has come."""
    for asked in load_requests().requests:
        when = load_story().requests[asked.title]
        diary.note(at=days.moment(when.begun), act=partial(_begin, asked, when, cast, days, diary))


def publish_advert(*, cast: Mapping[Role, User], job_id: int, now: datetime) -> None:
    """Write the advert of an open job and let it out; it takes applications for ten weeks from ``now`` on."""
    wanted = load_requests().advert
    recruiter, today = cast[Role.RECRUITER], _today()
    made = create_advert(actor=recruiter, as_of=today, job_id=job_id)
    facts = {**wanted.facts, "terms": {**wanted.facts["terms"], "apply_by": (now + _TAKES).date().isoformat()}}
    parts = {**{key: {"text": text} for key, text in wanted.texts.items()}, **facts}
    for name, posted in parts.items():
        key = SectionKey(name)
        base = mark_of(part_text(draft_from_content(Advert.objects.get(pk=made).content), key))
        save_part(actor=recruiter, advert_id=made, key=key, posted=posted, base=base, as_of=today)
    revision = Advert.objects.get(pk=made).revision
    publish(actor=recruiter, advert_id=made, wish=Wish(revision=revision), as_of=today)


def _begin(asked: DemoRequest, when: RequestStory, cast: Mapping[Role, User], days: Days, diary: Diary) -> None:
    manager = cast[Role.HIRING_MANAGER]
    made = create_requisition(
        actor=manager,
        draft=RequisitionDraft(
            title=asked.title,
            problem=" ".join(asked.problem.split()),
            team=asked.team,
            location=asked.location,
            reason=RequisitionReason(asked.reason),
            headcount=asked.headcount,
            budget=asked.budget,
            currency=asked.currency,
        ),
    )
    people = {name: cast[_PEOPLE[name]] for name in asked.readiness}
    ids = tuple(person.pk for person in people.values())
    draft = AssessmentDraft(subject=asked.team_subject, team=asked.team, people=ids)
    assessment = start_assessment(actor=manager, draft=draft, requisition_id=made)
    for name, levels in asked.readiness.items():
        given = tuple(GivenAnswer(one.id, True, levels.get(one.id), "", 0) for one in load_questionnaire().questions)
        act = partial(hand_in, actor=people[name], assessment_id=assessment, given=given)
        diary.note(at=days.moment(when.answered[name]), act=act)
    diary.note(at=days.moment(when.worked_out), act=partial(_work_out, asked, made, manager))
    if asked.submitted:
        diary.note(at=days.moment(when.submitted), act=partial(_submit, made, cast))
        approval = partial(approve, person=cast[Role.ADMIN], requisition_id=made)
        diary.note(at=days.moment(when.approved), act=approval)


def _work_out(asked: DemoRequest, made: int, manager: User) -> None:
    if asked.intake:
        answers = read_answers(questions=load_compiler_rules().questions, raw=asked.intake).answers
        make_role(actor=manager, answers=answers, requisition_id=made)
    if asked.band is not None:
        _save_band(manager, made, asked.band, title=asked.title)
        _count_cost(asked, made, manager, asked.band)
    if asked.advert:
        create_advert(actor=manager, as_of=_today(), requisition_id=made)


def _submit(made: int, cast: Mapping[Role, User]) -> None:
    manager = cast[Role.HIRING_MANAGER]
    _name_approvers(manager, made, cast, lead=cast[Role.ADMIN])
    submit_requisition(actor=manager, requisition_id=made)


def _save_band(actor: User, made: int, band: DemoBand, *, title: str) -> None:
    question = PayQuestion(
        family=band.family,
        level=band.level,
        country=band.country,
        currency=band.currency,
        band=Band(low=float(band.low), high=float(band.high)),
    )
    answer = answer_pay(question=question, own=(), today=_today())
    save_band(actor=actor, title=title, note="", answer=answer, benchmark=to_mapping(answer), requisition_id=made)


def _count_cost(asked: DemoRequest, made: int, actor: User, band: DemoBand) -> None:
    middle = (band.low + band.high) // 2
    state = f"place={band.country}&currency={band.currency}&months={asked.months}"
    state += f"&base_1={band.low}&base_2={middle}&base_3={band.high}"
    save_scenario(actor=actor, title="", state=state, requisition_id=made, today=_today())
    save_comparison(
        actor=actor,
        content={"months": asked.months, **asked.model},
        title=asked.title,
        chosen=asked.chosen,
        reason="",
        requisition_id=made,
    )


def _name_approvers(actor: User, made: int, cast: Mapping[Role, User], *, lead: User) -> None:
    row = Requisition.objects.get(pk=made)
    owners = [Place(actor.pk, RequisitionSeat.OWNER)]
    steps = (
        Step("lead", "The hiring manager's lead", (lead.pk,)),
        Step("finance", "Finance", (cast[Role.APPROVER].pk,)),
    )
    set_people(actor=actor, requisition_id=made, places=owners, steps=steps, seen_revision=row.revision)


def _today() -> date:
    return timezone.localdate()
