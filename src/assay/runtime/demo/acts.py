"""What happens to an applicant, step by step, through the actions that people use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from functools import partial

from django.db.models import F, Q
from django.utils import timezone

from assay.app.applying.actions.asking import ask, withdraw_own
from assay.app.clocks.actions.explaining import explain
from assay.app.clocks.models import Clock
from assay.app.deciding.actions.deciding import EvidenceShown, decide, undo
from assay.app.deciding.queries import evidence_on_screen
from assay.app.messaging.actions.sending import send_by_hand
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application, Stage
from assay.core.applying.states import RequestKind
from assay.core.deciding.decision import DecisionKind, RejectReason
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.mail.actions.arriving import store_arrival
from assay.platform.mail.actions.handling import handle_arrival
from assay.runtime.demo.days import Days
from assay.runtime.demo.diary import Diary
from assay.runtime.demo.story import Applicant, Step
from assay.runtime.demo.talking import arrange_talk, hand_in_card

_DECISIONS = {kind.value: kind for kind in DecisionKind}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it happens: the people, the days of the story, the diary in which acts are noted, and one job, once it is
    open."""

    cast: Mapping[Role, User]
    days: Days
    diary: Diary
    job_id: int = 0


def follow(*, scene: Scene, application_id: int, applicant: Applicant) -> None:
    """Note in the diary all that happens to an applicant who has come in."""
    for step in applicant.steps:
        act = partial(_ACTS.get(step.do, _decide), scene, application_id, step)
        scene.diary.note(at=scene.days.moment(step.at), act=act)


def _decide(scene: Scene, application_id: int, step: Step) -> int:
    kind, shown = _DECISIONS[step.do], evidence_on_screen(application_id=application_id)
    stages = Stage.objects.filter(job_id=scene.job_id, name=step.to).values_list("pk", flat=True)
    until = timezone.localdate() + timedelta(days=step.days)
    is_rejection = kind is DecisionKind.REJECT
    return decide(
        actor=scene.cast[Role.HIRING_MANAGER],
        application_id=application_id,
        kind=kind,
        expected_revision=Application.objects.values_list("revision", flat=True).get(pk=application_id),
        reason=RejectReason(step.why or RejectReason.NO_PRODUCTION_EVIDENCE) if is_rejection else None,
        note=step.text,
        to_stage_id=stages.first() if step.to else None,
        held_until=until if kind is DecisionKind.HOLD else None,
        evidence_shown=EvidenceShown(shown.screening_id, tuple(item.key for item in shown.items)),
    )


def _slip(scene: Scene, application_id: int, step: Step) -> None:
    """Advance somebody by mistake, and see it a moment later."""
    mistake = _decide(scene, application_id, Step(at=step.at, do="advance"))
    back = partial(undo, actor=scene.cast[Role.HIRING_MANAGER], decision_id=mistake)
    scene.diary.note(at=timezone.now() + timedelta(seconds=50), act=back)


def _withdraw(scene: Scene, application_id: int, step: Step) -> None:
    del scene
    withdraw_own(application_id=application_id, reason=step.why, note=step.text)


def _arrange(scene: Scene, application_id: int, step: Step) -> None:
    starts_at, panel = scene.days.moment(step.on), [scene.cast[Role(role)] for role in step.who]
    arrange_talk(
        actor=scene.cast[Role.RECRUITER],
        application_id=application_id,
        talk=step.talk,
        starts_at=starts_at,
        panel=panel,
    )


def _card(scene: Scene, application_id: int, step: Step) -> None:
    author = scene.cast[Role(step.who[0])]
    hand_in_card(author=author, application_id=application_id, talk=step.talk, levels=step.levels, recommends=step.why)


def _mail(scene: Scene, application_id: int, step: Step) -> None:
    del scene
    person = Application.objects.select_related("person").get(pk=application_id).person
    letter, now = EmailMessage(), timezone.now()
    letter["From"], letter["To"] = person.email, "jobs@demo.example"
    letter["Subject"] = step.about
    letter["Message-ID"] = f"<demo-{application_id}-{now:%d%H%M}@candidate.example>"
    letter["Date"] = now
    letter.set_content(step.text)
    handle_arrival(arrival_id=store_arrival(source=letter.as_bytes()))


def _reply(scene: Scene, application_id: int, step: Step) -> None:
    seen = Message.objects.filter(thread__application_id=application_id).order_by("-pk").values_list("pk", flat=True)
    send_by_hand(
        actor=scene.cast[Role.RECRUITER],
        application_id=application_id,
        token=f"demo-{application_id}",
        template="blank",
        subject=step.about,
        body=step.text,
        seen_id=seen[0],
    )


def _ask(scene: Scene, application_id: int, step: Step) -> None:
    del scene
    ask(application_id=application_id, kind=RequestKind.ACCOMMODATION, text=step.text, now=timezone.now())


def _explain(scene: Scene, application_id: int, step: Step) -> None:
    over = Clock.objects.filter(application_id=application_id, kind=step.about, due_at__lt=timezone.now())
    late = over.filter(Q(stopped_at=None) | Q(stopped_at__gt=F("due_at")))
    actor = scene.cast[Role(step.who[0])]
    explain(actor=actor, clock_id=late.latest("due_at").pk, cause=step.why, note=step.text)


_ACTS = {
    "slip": _slip,
    "withdraw": _withdraw,
    "arrange": _arrange,
    "card": _card,
    "mail": _mail,
    "reply": _reply,
    "ask": _ask,
    "explain": _explain,
}
