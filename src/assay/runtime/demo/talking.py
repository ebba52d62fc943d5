"""What the demo's people have said and arranged so far: interviews to come and held, cards in and owed, letters."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage

from assay.app.applying.actions.asking import ask
from assay.app.deciding.actions.deciding import decide
from assay.app.interviewing.actions.arranging import arrange
from assay.app.interviewing.actions.cards import submit_card
from assay.app.interviewing.actions.checking import Arrangement
from assay.app.interviewing.actions.plans import adopt_suggestion
from assay.app.interviewing.models import PlannedInterview
from assay.app.pipeline.actions.applications import record_application
from assay.app.pipeline.models import Application, Stage
from assay.core.applying.states import RequestKind
from assay.core.deciding.decision import DecisionKind
from assay.core.interviewing.card import CardDraft, RatingDraft
from assay.core.interviewing.drafting import SentDraft
from assay.core.interviewing.states import Recommendation
from assay.core.pipeline.stage import StageGroup
from assay.core.screening.result import Contact
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.mail.actions.arriving import store_arrival
from assay.platform.mail.actions.handling import handle_arrival

_ZONE = "Europe/London"
_LINK = "https://meet.example/assay-demo"
_SAID = {
    4: "Walked through a rollback of their own at night, with the graph that told them and what they changed after.",
    3: "Named what they would watch, why, and from which number on somebody is woken.",
    2: "Knows the parts and has used them; on what broke in production the answers stayed general.",
    1: "Has read about it. Could not say what they would look at first.",
}


def talk(*, cast: Mapping[Role, User], job_id: int, now: datetime) -> None:
    """Plan interviews from the role, take three people into them, and leave work of every kind for the inbox."""
    recruiter = cast[Role.RECRUITER]
    adopt_suggestion(actor=recruiter, job_id=job_id)
    first, second, third = _into_interviews(cast=cast, job_id=job_id, count=3)
    planned = list(PlannedInterview.objects.filter(stage__job_id=job_id, retired_at=None).order_by("stage", "position"))
    panel = (cast[Role.INTERVIEWER], cast[Role.HIRING_MANAGER])
    held = _arrange(recruiter, first, planned[0].pk, _weekday_before(now, days=2), panel)
    _hand_in(cast[Role.INTERVIEWER], held, planned[0].focus, levels=(3, 4, 2), recommends=Recommendation.YES)
    _arrange(recruiter, first, planned[-1].pk, _weekday_after(now), panel[:1])
    decided = _arrange(recruiter, second, planned[0].pk, now - timedelta(hours=2), panel)
    _hand_in(cast[Role.INTERVIEWER], decided, planned[0].focus, levels=(3, 3, 3), recommends=Recommendation.YES)
    _hand_in(cast[Role.HIRING_MANAGER], decided, planned[0].focus, levels=(2, 3, 1), recommends=Recommendation.NO)
    _answer_by_mail(third, now)
    ask(
        application_id=second,
        kind=RequestKind.ACCOMMODATION,
        text="I lip-read. Could the camera stay on, and could questions be put into the chat as well?",
        now=now,
    )
    _apply_again(recruiter, job_id, third, now)


def _into_interviews(*, cast: Mapping[Role, User], job_id: int, count: int) -> list[int]:
    stage = Stage.objects.filter(job_id=job_id, group=StageGroup.INTERVIEW).order_by("position")[0]
    best = list(Application.objects.filter(job_id=job_id, status="active").order_by("rank_key", "id")[:count])
    for application in best:
        decide(
            actor=cast[Role.HIRING_MANAGER],
            application_id=application.pk,
            kind=DecisionKind.MOVE,
            expected_revision=application.revision,
            to_stage_id=stage.pk,
        )
    return [application.pk for application in best]


def _arrange(actor: User, application_id: int, planned_id: int, starts_at: datetime, panel: Sequence[User]) -> int:
    minutes = PlannedInterview.objects.values_list("minutes", flat=True).get(pk=planned_id)
    when = Arrangement(
        day=starts_at.date(),
        at=starts_at.time().replace(tzinfo=None),
        minutes=minutes,
        time_zone=_ZONE,
        place=_LINK,
        panel=tuple(person.pk for person in panel),
    )
    told = arrange(
        actor=actor,
        application_id=application_id,
        planned_id=planned_id,
        free=None,
        when=when,
        with_letter=True,
        is_confirmed=True,
    )
    return told.interview_id


def _hand_in(
    author: User, interview_id: int, focus: Sequence[str], *, levels: Sequence[int], recommends: Recommendation
) -> None:
    ratings = tuple(
        RatingDraft(competency, levels[index % len(levels)], evidence=_SAID[levels[index % len(levels)]])
        for index, competency in enumerate(focus)
    )
    card = CardDraft(
        ratings=ratings,
        takeaways="Talks about systems they kept running; honest about what they did not build themselves.",
        left_open="How they decide that a model is worth retraining.",
        recommendation=recommends,
    )
    submit_card(actor=author, interview_id=interview_id, card=card, sent=SentDraft(0, "demo", 1), is_confirmed=True)


def _answer_by_mail(application_id: int, now: datetime) -> None:
    person = Application.objects.select_related("person").get(pk=application_id).person
    letter = EmailMessage()
    letter["From"], letter["To"] = person.email, "jobs@demo.example"
    letter["Subject"] = "When could we talk?"
    letter["Message-ID"] = f"<demo-{application_id}@candidate.example>"
    letter["Date"] = now
    letter.set_content("Hello,\n\nMondays and Tuesdays suit me best, after 14:00 UTC. Is there anything to prepare?\n")
    handle_arrival(arrival_id=store_arrival(source=letter.as_bytes()))


def _apply_again(actor: User, job_id: int, application_id: int, now: datetime) -> None:
    """The same person once more under another address, so that there is somebody to merge."""
    person = Application.objects.select_related("person").get(pk=application_id).person
    contact = Contact(
        name=person.name,
        email=f"again.{person.email}",
        phone=person.phone,
        location=person.location,
        links=tuple(str(link) for link in person.links),
    )
    record_application(
        actor=actor,
        job_id=job_id,
        contact=contact,
        source="Referral",
        applied_at=now - timedelta(hours=5),
        recorded_at=now - timedelta(hours=5),
        submitted={},
    )


def _weekday_before(now: datetime, *, days: int) -> datetime:
    return _at_ten(now - timedelta(days=days), step=-1)


def _weekday_after(now: datetime) -> datetime:
    return _at_ten(now + timedelta(days=1), step=1)


def _at_ten(moment: datetime, *, step: int) -> datetime:
    while moment.weekday() > 4:
        moment += timedelta(days=step)
    return datetime.combine(moment.date(), time(10), tzinfo=UTC)
