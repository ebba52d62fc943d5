"""The only readers of decisions: what is on the screen to decide on, what was decided, and what may be undone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404

from assay.app.deciding.models import Decision
from assay.app.documents.queries import list_latest_advice
from assay.app.screening.queries import ScreeningView, get_current_screening, list_current_screenings
from assay.core.deciding.decision import (
    KIND_LABELS,
    REASON_LABELS,
    WITHDRAW_LABELS,
    DecisionKind,
    RejectReason,
    WithdrawReason,
)
from assay.core.deciding.evidence import ShownItem, ShownKind, shown_by_result, shown_without_text

THE_CANDIDATE = "The candidate"
THE_CALENDAR = "The calendar"


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The evidence that an application's page shows now, and the screening it comes from (None: no screening)."""

    screening_id: int | None
    items: tuple[ShownItem, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as pages show it: who, what, when, why, resting on what, and whether it was undone."""

    id: int
    application_id: int
    job_id: int
    name: str
    kind: DecisionKind
    decided_by_id: int | None
    decided_by: str
    decided_at: datetime
    reason: str
    note: str
    held_until: date | None
    from_stage: str
    to_stage: str
    evidence: tuple[ShownItem, ...]
    screening_id: int | None
    is_undone: bool

    @property
    def is_automatic(self) -> bool:
        """Tell whether nobody decided it: a hold that ended on its day."""
        return self.decided_by_id is None and self.kind is DecisionKind.RESUME

    @property
    def is_by_candidate(self) -> bool:
        """Tell whether the candidate did it themself: a withdrawal on their page."""
        return self.decided_by_id is None and self.kind is DecisionKind.WITHDRAW

    @property
    def is_undoable(self) -> bool:
        """Tell whether the team can take it back: what a person of the team decided, and no undo."""
        return self.kind is not DecisionKind.UNDO and not self.is_automatic and not self.is_by_candidate

    @property
    def sentence(self) -> str:
        """What was done, after a name: "advanced to Interview", "rejected: Below the level of the role"."""
        words = KIND_LABELS[self.kind]
        if self.kind in (DecisionKind.ADVANCE, DecisionKind.MOVE):
            return f"{words} to {self.to_stage}"
        if self.kind is DecisionKind.WITHDRAW:
            return f"{'withdrew' if self.is_by_candidate else 'recorded as withdrawn'}: {self.reason}"
        if self.kind is DecisionKind.REJECT:
            return f"{words}: {self.reason}"
        if self.kind is DecisionKind.HOLD and self.held_until:
            return f"{words} until {self.held_until.day} {self.held_until:%b %Y}"
        return words

    @property
    def grounds(self) -> tuple[ShownItem, ...]:
        """The shown evidence that the decision rests on."""
        return tuple(item for item in self.evidence if item.relied_on)


def evidence_on_screen(*, application_id: int, screening: ScreeningView | None = None) -> OnScreen:
    """Return what an application's page shows as evidence: its current screening, else its document's advice.

    ``screening`` spares a query to whoever has it at hand.
    """
    screening = screening or get_current_screening(application_id=application_id)
    if screening is not None:
        return _screened(screening)
    return _unscreened(list_latest_advice(application_ids=[application_id]).get(application_id))


def list_evidence_on_screen(*, application_ids: Collection[int]) -> dict[int, OnScreen]:
    """Return what the pages of these applications show as evidence, in two statements whatever their number."""
    screenings = list_current_screenings(application_ids=application_ids)
    others = [one for one in application_ids if one not in screenings]
    advice = list_latest_advice(application_ids=others)
    found = {application_id: _screened(screening) for application_id, screening in screenings.items()}
    return found | {one: _unscreened(advice.get(one)) for one in others}


def _screened(screening: ScreeningView) -> OnScreen:
    return OnScreen(screening.id, shown_by_result(result=screening.result))


def _unscreened(advice: str | None) -> OnScreen:
    """``advice`` is that of the latest document, None without one."""
    said = "" if advice is None else advice or "This document has not been screened yet."
    return OnScreen(None, shown_without_text(advice=said))


def get_decision(*, decision_id: int) -> DecisionView:
    """Return one decision. Raises ``Http404``; whoever calls this asks the policy next."""
    row = _rows().filter(pk=decision_id).first()
    if row is None:
        raise Http404("There is no such decision.")
    return _view(row)


def get_latest_decision(*, application_id: int) -> DecisionView | None:
    """Return the decision made last about an application, undos included."""
    row = _rows().filter(application_id=application_id).order_by("-id").first()
    return None if row is None else _view(row)


def get_standing_decision(*, application_id: int) -> DecisionView | None:
    """Return the last decision that stands, the only one that can be undone; None when none stands."""
    row = (
        _rows()
        .filter(application_id=application_id, undone_by__isnull=True)
        .exclude(kind=DecisionKind.UNDO)
        .order_by("-id")
        .first()
    )
    return None if row is None else _view(row)


def get_undoable_decision(*, application_id: int) -> DecisionView | None:
    """Return the decision that the team can take back; None when none stands, or the last is not theirs: a hold that
    ended by itself, a candidate who withdrew."""
    last = get_standing_decision(application_id=application_id)
    return last if last is not None and last.is_undoable else None


def list_decisions(*, application_id: int) -> tuple[DecisionView, ...]:
    """Return every decision about an application, newest first."""
    return tuple(_view(row) for row in _rows().filter(application_id=application_id).order_by("-id"))


def _rows() -> QuerySet[Decision]:
    return Decision.objects.select_related("decided_by", "from_stage", "to_stage", "undone_by", "application__person")


def _view(row: Decision) -> DecisionView:
    return DecisionView(
        id=row.pk,
        application_id=row.application_id,
        job_id=row.application.job_id,
        name=str(row.application.person),
        kind=DecisionKind(row.kind),
        decided_by_id=row.decided_by_id,
        decided_by=_who(row),
        decided_at=row.decided_at,
        reason=_reason(row),
        note=row.note,
        held_until=row.held_until,
        from_stage=row.from_stage.name,
        to_stage=row.to_stage.name,
        evidence=tuple(
            ShownItem(
                ShownKind(item["kind"]), item["ref"], item["says"], tuple(item["quotes"]), bool(item["relied_on"])
            )
            for item in row.evidence_shown
        ),
        screening_id=row.screening_id,
        is_undone=getattr(row, "undone_by", None) is not None,
    )


def _who(row: Decision) -> str:
    if row.decided_by is not None:
        return row.decided_by.display_name
    return THE_CANDIDATE if row.kind == DecisionKind.WITHDRAW else THE_CALENDAR


def _reason(row: Decision) -> str:
    if not row.reason:
        return ""
    if row.kind == DecisionKind.WITHDRAW:
        return WITHDRAW_LABELS[WithdrawReason(row.reason)]
    return REASON_LABELS[RejectReason(row.reason)]
