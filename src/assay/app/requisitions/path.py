"""The guided path: the desks in the order of a hire, as a bar above each of them."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from assay.app.requisitions.steps import StepState
from assay.app.requisitions.visibility import require_requisition
from assay.platform.accounts.models import User

STEPS = (
    ("ready", "Ready?", "readiness:assessments"),
    ("role", "Role", "roles:compile"),
    ("market", "Pay", "market:pay"),
    ("cost", "Cost", "market:cost"),
    ("model", "Hiring model", "market:model"),
    ("posting", "Posting", "postings:adverts"),
    ("approve", "Approval", "requisitions:requisition"),
)


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


def path_bar(*, actor: User, requisition_id: int | None, at: str) -> PathBar:
    """Return the path bar for the desk ``at`` (a key of ``STEPS``); raises ``Http404`` for a requisition unseen."""
    title = ""
    if requisition_id is not None:
        title = require_requisition(actor=actor, requisition_id=requisition_id).title
    steps = tuple(
        PathStep(key, label, address, StepState.OPEN, "", key == at)
        for key, label, name in STEPS
        if (address := _address(name, requisition_id))
    )
    return PathBar(steps=steps, requisition_id=requisition_id, title=title)


def _address(name: str, requisition_id: int | None) -> str:
    try:
        if name == "requisitions:requisition":
            return reverse(name, args=[requisition_id]) if requisition_id else ""
        found = reverse(name)
    except NoReverseMatch:
        return ""
    return f"{found}?for={requisition_id}" if requisition_id else found
