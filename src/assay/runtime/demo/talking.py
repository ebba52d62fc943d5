"""Interviews of the demo: arranged as the job's plan holds them, and what those who led them wrote down."""

from collections.abc import Sequence
from datetime import datetime

from assay.app.interviewing.actions.arranging import arrange
from assay.app.interviewing.actions.cards import submit_card
from assay.app.interviewing.actions.checking import Arrangement
from assay.app.interviewing.models import Interview, PlannedInterview
from assay.app.pipeline.models import Application
from assay.core.interviewing.card import CardDraft, RatingDraft
from assay.core.interviewing.drafting import SentDraft
from assay.core.interviewing.states import Recommendation
from assay.platform.accounts.models import User
from assay.runtime.demo.days import ZONE

_LINK = "https://meet.example/assay-demo"
_SAID = {
    4: "Walked through a rollback of their own at night, with the graph that told them and what they changed after.",
    3: "Named what they would watch, why, and from which number on somebody is woken.",
    2: "Knows the parts and has used them; on what broke in production the answers stayed general.",
    1: "Has read about it. Could not say what they would look at first.",
}


def arrange_talk(*, actor: User, application_id: int, talk: int, starts_at: datetime, panel: Sequence[User]) -> None:
    """Arrange the interview that stands at ``talk`` in the job's plan, and write to the candidate."""
    planned, local = _planned(application_id, talk), starts_at.astimezone(ZONE)
    when = Arrangement(
        day=local.date(),
        at=local.time(),
        minutes=planned.minutes,
        time_zone=ZONE.key,
        place=_LINK,
        panel=tuple(person.pk for person in panel),
    )
    arrange(
        actor=actor,
        application_id=application_id,
        planned_id=planned.pk,
        free=None,
        when=when,
        with_letter=True,
        is_confirmed=True,
    )


def hand_in_card(*, author: User, application_id: int, talk: int, levels: Sequence[int], recommends: str) -> None:
    """Hand in somebody's card of the interview that stands at ``talk`` in the plan."""
    planned = _planned(application_id, talk)
    interview_id = Interview.objects.get(application_id=application_id, planned=planned).pk
    rated = {competency: levels[index % len(levels)] for index, competency in enumerate(planned.focus)}
    card = CardDraft(
        ratings=tuple(RatingDraft(competency, level, evidence=_SAID[level]) for competency, level in rated.items()),
        takeaways="Talks about systems they kept running; honest about what they did not build themselves.",
        left_open="How they decide that a model is worth retraining.",
        recommendation=Recommendation(recommends),
    )
    submit_card(actor=author, interview_id=interview_id, card=card, sent=SentDraft(0, "demo", 1), is_confirmed=True)


def _planned(application_id: int, talk: int) -> PlannedInterview:
    job_id = Application.objects.values_list("job_id", flat=True).get(pk=application_id)
    plan = PlannedInterview.objects.filter(stage__job_id=job_id, retired_at=None)
    return plan.order_by("stage__position", "position")[talk]
