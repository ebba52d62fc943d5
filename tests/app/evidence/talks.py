"""Interviews that were held, with cards handed in and their ratings kept as measurements."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from assay.app.interviewing.models import Interview, Panelist, PlannedInterview, Rating, Scorecard
from assay.app.pipeline.models import Application, Job, Stage
from assay.app.screening.actions import store_ratings
from assay.app.screening.measuring import RatedMeasurement
from assay.core.evidence.profile import Trust
from assay.core.interviewing.measuring import measurement_of
from assay.core.interviewing.states import InterviewState, Recommendation
from assay.knowledge.evidence.sheets import load_reliability
from assay.platform.accounts.models import User


def interview_stage(job: Job) -> Stage:
    stage = Stage.objects.filter(job=job, group="interview").first()
    assert stage is not None
    return stage


def arrange(application: Application, *panel: User, planned: PlannedInterview | None = None) -> Interview:
    """An interview that took place two hours ago, with people who owe a card."""
    now = timezone.now()
    interview = Interview.objects.create(
        application=application,
        planned=planned,
        stage=interview_stage(application.job),
        kit={"title": "Past work"},
        starts_at=now - timedelta(hours=3),
        ends_at=now - timedelta(hours=2),
        state=InterviewState.HELD,
        created_by=panel[0],
    )
    Panelist.objects.bulk_create(Panelist(interview=interview, user=user) for user in panel)
    return interview


def hand_in(interview: Interview, author: User, ratings: Mapping[str, tuple[int, str]]) -> Scorecard:
    """A card with these levels and words, kept as measurements the way handing in does."""
    card = Scorecard.objects.create(
        interview=interview, author=author, recommendation=Recommendation.YES, submitted_at=timezone.now()
    )
    note = load_reliability().observers["interview"]
    kept = []
    for competency, (level, words) in ratings.items():
        rating = Rating.objects.create(scorecard=card, competency=competency, level=level, evidence=words)
        trust = Trust(base=note.base, most=note.most, growth=note.growth)
        measured = measurement_of(competency=competency, level=level, evidence=words, trust=trust)
        kept.append(RatedMeasurement(rating.pk, measured))
    store_ratings(application_id=interview.application_id, observed_by_id=author.pk, ratings=kept)
    return card
