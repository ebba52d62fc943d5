"""The guided path: the desks in the order of a hire, as a bar above each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from assay.app.readiness.step_queries import due_for_requisition
from assay.app.requisitions.desks import results_seen
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.steps import StepResult, StepState
from assay.app.requisitions.visibility import require_requisition
from assay.app.requisitions.wording import STATES
from assay.core.requisitions.approval import ApprovalState
from assay.core.requisitions.status import RequisitionStatus
from assay.platform.accounts.models import User

if TYPE_CHECKING:
    from assay.app.requisitions.queries import RequisitionView

STEPS = (
    ("ready", "Ready?", "readiness:assessments"),
    ("role", "Role", "roles:compile"),
    ("market", "Pay", "market:pay"),
    ("cost", "Cost", "market:cost"),
    ("model", "Hiring model", "market:model"),
    ("posting", "Posting", "postings:adverts"),
    ("approve", "Approval", "requisitions:requisition"),
)
DESK_LABELS = {key: label for key, label, _ in STEPS if key != "approve"} | {"ready": "Readiness"}
DESK_PAGES = {key: page for key, _, page in STEPS if key != "approve"}
TEACHING = {
    "ready": "Twenty-some questions about problem, data, tools and people say whether to hire now or prepare first.",
    "role": "A short intake about the problem becomes a role: level, must-haves, outcomes of the first 90 days.",
    "market": "What is posted for such people, and where your band stands.",
    "cost": "What a seat costs with everything on top of base pay, over years, as a range.",
    "model": "Employ, contract, or buy the work: six ways compared on cost, time, risk and what stays with you.",
    "posting": "An advert that begins with the problem, checked as you write it.",
}
_APPROVAL: Mapping[str, tuple[StepState, str]] = {
    RequisitionStatus.DRAFT: (StepState.OPEN, "Not submitted yet"),
    RequisitionStatus.SUBMITTED: (StepState.OPEN, "Waiting for approval"),
    RequisitionStatus.APPROVED: (StepState.DONE, "Approved"),
    RequisitionStatus.REJECTED: (StepState.WARN, "Sent back"),
    RequisitionStatus.WITHDRAWN: (StepState.WARN, "Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class PathStep:
    """One desk on the path: where it leads and how it stands for the requisition, if there is one."""

    key: str
    label: str
    url: str
    state: StepState
    note: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PathBar:
    """The path as one page shows it. Without a requisition the desks stand beside each other, each alone."""

    steps: tuple[PathStep, ...]
    requisition_id: int | None = None
    title: str = ""
    code: str = ""

    @property
    def done(self) -> int:
        """How many steps are done, with or without a warning."""
        return sum(step.state in (StepState.DONE, StepState.WARN) for step in self.steps)

    @property
    def next_step(self) -> PathStep | None:
        """The first step after the current one that is still to be done, else the first at all."""
        here = next((index for index, step in enumerate(self.steps) if step.is_current), -1)
        left = [step for step in (*self.steps[here + 1 :], *self.steps[: here + 1]) if step.state is StepState.OPEN]
        return next((step for step in left if not step.is_current), None)


def path_bar(*, actor: User, requisition_id: int | None, at: str) -> PathBar:
    """Return the path bar for the desk ``at`` (a key of ``STEPS``); raises ``Http404`` for a requisition unseen."""
    if requisition_id is None:
        return PathBar(steps=_lay(None, {}, {}, at))
    row = require_requisition(actor=actor, requisition_id=requisition_id)
    approve = _APPROVAL[row.status]
    due = due_for_requisition(actor=actor, requisition_id=row.pk)
    results = results_seen(requisition_id=row.pk, due=due)
    return _bar(row.pk, row.title, row.code, results, _known(row, approve), at)


def bar_of(*, view: "RequisitionView", at: str) -> PathBar:
    """Return the bar for a requisition that is already read."""
    state, note = _APPROVAL[view.status]
    if view.state is ApprovalState.LAPSED:
        state, note = StepState.WARN, STATES[view.state]
    known = {"approve": (state, note)}
    if view.role is not None:
        known["role"] = (StepState.DONE, view.role.title)
    return _bar(view.id, view.draft.title, view.code, view.results, known, at)


def _known(row: Requisition, approve: tuple[StepState, str]) -> dict[str, tuple[StepState, str]]:
    """Return what the requisition itself says of steps: its approval, and a role that was chosen for it."""
    known = {"approve": approve}
    if row.role_version is not None:
        known["role"] = (StepState.DONE, row.role_version.title)
    return known


def _bar(
    requisition_id: int,
    title: str,
    code: str,
    results: Mapping[str, StepResult],
    known: Mapping[str, tuple[StepState, str]],
    at: str,
) -> PathBar:
    return PathBar(_lay(requisition_id, results, known, at), requisition_id, title, code)


def _lay(
    requisition_id: int | None,
    results: Mapping[str, StepResult],
    known: Mapping[str, tuple[StepState, str]],
    at: str,
) -> tuple[PathStep, ...]:
    found = []
    for key, label, name in STEPS:
        address = _address(name, requisition_id)
        result = results.get(key)
        state, note = (result.state, result.headline) if result else known.get(key, (StepState.OPEN, ""))
        if address:
            found.append(PathStep(key, label, address, state, note, key == at))
    return tuple(found)


def desk_address(*, key: str, requisition_id: int | None) -> str:
    """Return where a desk (a key of ``DESK_PAGES``) begins its part, for a requisition if one is given."""
    return _address(DESK_PAGES[key], requisition_id)


def _address(name: str, requisition_id: int | None) -> str:
    try:
        if name == "requisitions:requisition":
            return reverse(name, args=[requisition_id]) if requisition_id else ""
        found = reverse(name)
    except NoReverseMatch:
        return ""
    return f"{found}?for={requisition_id}" if requisition_id else found
