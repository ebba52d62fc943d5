"""The review queue of a job: which applications wait for a person, in which order, and where one stands in it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, Max, Q, QuerySet, Subquery

from assay.app.pipeline.funnel import find_application, find_job
from assay.core.pipeline.status import ApplicationStatus, ScreeningState

ROWS_BEFORE = 12
ROWS_AFTER = 36
LONGEST_SEARCH = 200
_SHOWN = (
    *("job", "score", "must_haves_met", "must_haves_total", "status", "needs_review", "screening_state"),
    *("person__name", "person__email", "stage__name"),
)


class Show(StrEnum):
    """Which applications of a job the queue holds."""

    REVIEW = "review"
    PERSON = "person"
    HELD = "held"
    DECIDED = "decided"
    ALL = "all"


class Musts(StrEnum):
    """Narrow the queue by must-haves."""

    ANY = ""
    MET = "met"
    MISSING = "missing"


class Order(StrEnum):
    """The order of the queue."""

    SCORE = "score"
    OLDEST = "oldest"
    NEWEST = "newest"


SHOW_LABELS = {
    Show.REVIEW: "To review",
    Show.PERSON: "Document needs a person",
    Show.HELD: "On hold",
    Show.DECIDED: "Decided",
    Show.ALL: "Everyone",
}
MUSTS_LABELS = {Musts.ANY: "Any must-haves", Musts.MET: "All must-haves met", Musts.MISSING: "Some not found"}
ORDER_LABELS = {Order.SCORE: "Highest score first", Order.OLDEST: "Waiting longest first", Order.NEWEST: "Newest first"}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the address of the queue says: who is in it, the order, and if pages are shown as text."""

    show: Show = Show.REVIEW
    musts: Musts = Musts.ANY
    order: Order = Order.SCORE
    stage_id: int | None = None
    words: str = ""
    as_text: bool = False

    def query(self, *, at: int | None = None) -> str:
        """Return the query string that leads back here, at an application; empty for the plain queue."""
        pairs = {
            "show": self.show.value if self.show is not Show.REVIEW else "",
            "musts": self.musts.value,
            "order": self.order.value if self.order is not Order.SCORE else "",
            "stage": "" if self.stage_id is None else str(self.stage_id),
            "q": self.words,
            "view": "text" if self.as_text else "",
            "at": "" if at is None else str(at),
        }
        return urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One application in the list pane."""

    application_id: int
    name: str
    score: float | None
    must_haves_met: int
    must_haves_total: int
    status: ApplicationStatus
    stage: str
    needs_review: bool
    needs_person: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A window of the queue around one application.

    ``position`` counts from 1 and is None when the application is not (or no longer) in the queue;
    ``previous_id`` and ``next_id`` are its neighbours, ``total`` how many the filter holds.
    """

    rows: tuple[QueueRow, ...]
    at: int | None
    position: int | None
    total: int
    previous_id: int | None
    next_id: int | None


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where an application stands in a queue, counted from 1 (None when it is not in it), and its neighbours."""

    position: int | None
    total: int
    previous_id: int | None
    next_id: int | None


def get_queue(*, job_id: int, chosen: QueueFilter, at: int | None, today: date) -> Queue:
    """Return the queue of a job around application ``at``, or around its first application.

    Raises ``Http404`` for an unknown job; whoever calls this asks the policy first.
    """
    everyone = find_job(job_id=job_id).applications.all()
    inside = _narrow(everyone, chosen, today)
    key = everyone.filter(pk=at).values_list("score", "applied_at", "pk").first() if at is not None else None
    if key is None:
        first = _ordered(inside, chosen.order).values_list("score", "applied_at", "pk").first()
        if first is None:
            return Queue((), None, None, 0, None, None)
        key = first
    before, after = _sides(chosen.order, key)
    here = key[2]
    counts = inside.aggregate(total=Count("pk"), before=Count("pk", filter=before), here=Count("pk", filter=Q(pk=here)))
    earlier = list(_rows(_ordered(inside.filter(before), chosen.order, backwards=True), ROWS_BEFORE))[::-1]
    later = list(_rows(_ordered(inside.filter(after), chosen.order), ROWS_AFTER))
    own = list(_rows(everyone.filter(pk=here), 1))
    return Queue(
        rows=tuple(earlier + own + later),
        at=here,
        position=counts["before"] + 1 if counts["here"] else None,
        total=counts["total"],
        previous_id=earlier[-1].application_id if earlier else None,
        next_id=later[0].application_id if later else None,
    )


def find_in_queue(*, chosen: QueueFilter, application_id: int, today: date) -> QueuePlace:
    """Return the place of an application in the queue of its job. Raises ``Http404`` for an unknown one.

    Two statements; whoever calls this has asked the policy.
    """
    own = find_application(application_id=application_id)
    inside = _narrow(own.job.applications.all(), chosen, today)
    before, after = _sides(chosen.order, (own.score, own.applied_at, own.pk))
    earlier = _ordered(inside.filter(before), chosen.order, backwards=True).values("pk")[:1]
    later = _ordered(inside.filter(after), chosen.order).values("pk")[:1]
    found = inside.aggregate(
        total=Count("pk"),
        before=Count("pk", filter=before),
        here=Count("pk", filter=Q(pk=application_id)),
        previous=Max(Subquery(earlier)),
        next=Max(Subquery(later)),
    )
    return QueuePlace(
        position=found["before"] + 1 if found["here"] else None,
        total=found["total"],
        previous_id=found["previous"],
        next_id=found["next"],
    )


def _narrow(applications: QuerySet[Any], chosen: QueueFilter, today: date) -> QuerySet[Any]:
    alive = Q(status__in=[ApplicationStatus.ACTIVE, ApplicationStatus.HELD])
    back = Q(status=ApplicationStatus.HELD, held_until__lte=today)
    shows = {
        Show.REVIEW: Q(status=ApplicationStatus.ACTIVE, needs_review=True) | back,
        Show.PERSON: alive & Q(screening_state__in=[ScreeningState.NEEDS_PERSON, ScreeningState.NO_DOCUMENT]),
        Show.HELD: Q(status=ApplicationStatus.HELD),
        Show.DECIDED: ~alive | Q(status=ApplicationStatus.ACTIVE, needs_review=False),
        Show.ALL: Q(),
    }
    found = applications.filter(shows[chosen.show])
    if chosen.musts is Musts.MET:
        found = found.filter(must_haves_total__gt=0, must_haves_met=F("must_haves_total"))
    elif chosen.musts is Musts.MISSING:
        found = found.filter(must_haves_missing__gt=0)
    if chosen.stage_id is not None:
        found = found.filter(stage_id=chosen.stage_id)
    if chosen.words:
        plain = SearchQuery(chosen.words, search_type="websearch", config="simple")
        stemmed = SearchQuery(chosen.words, search_type="websearch", config="english")
        found = found.filter(search=plain | stemmed)
    return found


def _ordered(applications: QuerySet[Any], order: Order, *, backwards: bool = False) -> QuerySet[Any]:
    if order is Order.SCORE:
        if backwards:
            return applications.order_by(F("score").asc(nulls_first=True), "-pk")
        return applications.order_by(F("score").desc(nulls_last=True), "pk")
    if (order is Order.OLDEST) is not backwards:
        return applications.order_by("applied_at", "pk")
    return applications.order_by("-applied_at", "-pk")


def _sides(order: Order, key: tuple[Any, Any, int]) -> tuple[Q, Q]:
    """Return what comes before and what comes after the application with this score, arrival and id."""
    score, applied_at, pk = key
    if order is Order.SCORE and score is None:
        return Q(score__isnull=False) | Q(score__isnull=True, pk__lt=pk), Q(score__isnull=True, pk__gt=pk)
    if order is Order.SCORE:
        before = Q(score__gt=score) | Q(score=score, pk__lt=pk)
        return before, Q(score__lt=score) | Q(score__isnull=True) | Q(score=score, pk__gt=pk)
    earlier = Q(applied_at__lt=applied_at) | Q(applied_at=applied_at, pk__lt=pk)
    later = Q(applied_at__gt=applied_at) | Q(applied_at=applied_at, pk__gt=pk)
    return (earlier, later) if order is Order.OLDEST else (later, earlier)


def _rows(applications: QuerySet[Any], most: int) -> tuple[QueueRow, ...]:
    return tuple(
        QueueRow(
            application_id=row.pk,
            name=str(row.person),
            score=None if row.score is None else float(row.score),
            must_haves_met=row.must_haves_met,
            must_haves_total=row.must_haves_total,
            status=ApplicationStatus(row.status),
            stage=row.stage.name,
            needs_review=row.needs_review,
            needs_person=row.screening_state in (ScreeningState.NEEDS_PERSON, ScreeningState.NO_DOCUMENT),
        )
        for row in applications.select_related("person", "stage").only(*_SHOWN)[:most]
    )
