"""What people fill in about requisitions, read into values; nothing here decides or writes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.http import QueryDict

from assay.app.requisitions.actions.people import MOST_SEATS, Place
from assay.core.requisitions.draft import DraftError, RequisitionDraft
from assay.core.requisitions.plan import MOST_APPROVERS, MOST_STEPS, Step
from assay.core.requisitions.status import ReadinessGate, RequisitionReason
from assay.knowledge.requisitions.sheets import PlanNote, StepNote
from assay.platform.access.roles import RequisitionSeat
from assay.platform.numbers import read_id, read_whole

FIELDS = ("title", "problem", "team", "location", "reason", "headcount", "needed_by", "budget", "currency",
          "confidential", "readiness_gate")  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*")
_SUFFIXES = {"k": Decimal(1_000), "m": Decimal(1_000_000)}
Choice = TypeVar("Choice", RequisitionReason, ReadinessGate)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the plan as its form shows it: the people named, as text for the selects."""

    number: int
    key: str
    title: str
    about: str
    needed: int
    submitter_counts: bool
    people: tuple[str, ...]


def read_values(*, fields: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed, cleaned of what no text holds, so that a form can be shown again as it was sent."""
    return {name: fields.get(name, "").replace("\0", "").replace("\r\n", "\n").strip() for name in FIELDS}


def values_of(*, draft: RequisitionDraft) -> dict[str, str]:
    """Return a request as its form shows it."""
    return {
        "title": draft.title,
        "problem": draft.problem,
        "team": draft.team,
        "location": draft.location,
        "reason": draft.reason,
        "headcount": str(draft.headcount),
        "needed_by": draft.needed_by.isoformat() if draft.needed_by else "",
        "budget": f"{draft.budget:f}".removesuffix(".00") if draft.budget is not None else "",
        "currency": draft.currency,
        "confidential": "on" if draft.is_confidential else "",
        "readiness_gate": draft.readiness_gate,
    }


def read_draft(*, values: Mapping[str, str]) -> RequisitionDraft:
    """Read the request from what was typed; raises ``DraftError`` for what is not a number, a day or a choice."""
    return RequisitionDraft(
        title=" ".join(values["title"].split()),
        problem=values["problem"],
        team=" ".join(values["team"].split()),
        location=" ".join(values["location"].split()),
        reason=_choice("reason", values["reason"], RequisitionReason),
        headcount=_headcount(values["headcount"]),
        needed_by=_day(values["needed_by"]),
        budget=read_money(text=values["budget"]),
        currency=values["currency"].upper(),
        is_confidential=values["confidential"] == "on",
        readiness_gate=_choice("readiness_gate", values["readiness_gate"], ReadinessGate),
    )


def read_money(*, text: str) -> Decimal | None:
    """Read a sum of money as people write it: ``250000``, ``250 000``, ``250,000``, ``250.000``, ``250k``, ``1.2m``.

    Nothing written is no sum. Raises ``DraftError`` for what could be read in two ways or not at all.
    """
    plain = re.sub(r"[\s_'’\u00a0\u202f]", "", text).lower()
    if not plain:
        return None
    times = _SUFFIXES.get(plain[-1], Decimal(1))
    plain = plain[:-1] if times != 1 else plain
    if times == 1 and _GROUPED.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    try:
        amount = Decimal(plain.replace(",", "", plain.count(",") if "." in plain else 0)) * times
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount.adjusted() > 15:
        raise DraftError(field="budget", message="Write the budget as one sum of money, such as 250000.")
    return amount.quantize(Decimal("0.01"))


def read_places(*, fields: QueryDict) -> tuple[Place, ...]:
    """Read the seats: rows without a person are left out, the same seat twice counts once."""
    places = []
    for number in range(1, MOST_SEATS + 1):
        person, seat = read_id(fields.get(f"user_{number}", "")), fields.get(f"seat_{number}", "")
        if person and seat in (RequisitionSeat.OWNER, RequisitionSeat.COLLABORATOR):
            places.append(Place(person, RequisitionSeat(seat)))
    return tuple(dict.fromkeys(places))


def read_steps(*, fields: QueryDict, plan: PlanNote) -> tuple[Step, ...]:
    """Read who is named in the steps of ``plan``. What a step is called and whose approval counts is the plan's word.

    Only people and numbers are taken from the form, by the key of the step they stand under.
    """
    places = {fields.get(f"step_{number}_key", ""): number for number in range(1, MOST_STEPS + 1)}
    return tuple(_read_step(fields, places.get(note.key, 0), note) for note in plan.steps)


def _read_step(fields: QueryDict, number: int, note: StepNote) -> Step:
    named = (read_id(text) for text in fields.getlist(f"step_{number}_person")[:MOST_APPROVERS])
    return Step(
        key=note.key,
        title=note.title,
        approvers=tuple(dict.fromkeys(person for person in named if person)),
        needed=read_whole(fields.get(f"step_{number}_needed", ""), most_digits=15) or note.needed,
        submitter_counts=note.submitter_counts,
    )


def rows_of_plan(*, plan: PlanNote) -> tuple[StepRow, ...]:
    """Return the rows of a form for a plan that nobody has filled in yet."""
    return tuple(
        StepRow(number, step.key, step.title, step.about, step.needed, step.submitter_counts, ("",))
        for number, step in enumerate(plan.steps, 1)
    )


def rows_of_steps(*, steps: Sequence[Step], about: Mapping[str, str]) -> tuple[StepRow, ...]:
    """Return the rows of a form for steps that are filled in, each with a place for one more person."""
    return tuple(
        StepRow(
            number,
            step.key,
            step.title,
            about.get(step.key, ""),
            step.needed,
            step.submitter_counts,
            (*map(str, step.approvers), ""),
        )
        for number, step in enumerate(steps, 1)
    )


def _choice(field: str, text: str, kind: type[Choice]) -> Choice:
    try:
        return kind(text)
    except ValueError as error:
        raise DraftError(field=field, message="Choose one of the list.") from error


def _headcount(text: str) -> int:
    return read_whole(text, most_digits=5) or 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise DraftError(field="needed_by", message="Write the day as 2027-01-31.") from error
