"""What a request still lacks before it can be put forward, each with a sentence and the desk where it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from assay.core.requisitions.status import ReadinessGate


class Weight(StrEnum):
    """Whether a gap keeps the request from being submitted, or is only said."""

    BLOCKS = "blocks"
    WARNS = "warns"


class Target(StrEnum):
    """Where a gap is filled: at a desk of the path, on the form of the request, or where its people are named."""

    DESK = "desk"
    FORM = "form"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing. ``key`` names the step of the path where it is filled (``request`` for the request itself)."""

    key: str
    weight: Weight
    sentence: str
    target: Target = Target.DESK


@dataclass(frozen=True, slots=True)
class Request:
    """What completeness looks at. ``readiness`` is the verdict's word, empty without one."""

    has_problem: bool
    has_role: bool
    has_band: bool
    has_budget: bool
    has_plan: bool
    has_cost: bool
    has_model: bool
    readiness: str
    readiness_label: str
    gate: ReadinessGate


READY_ENOUGH = frozenset({"hire", "hire_with_conditions"})
_Check = Callable[[Request], bool]
_BLOCKING: tuple[tuple[_Check, Gap], ...] = (
    (
        lambda one: one.has_problem,
        Gap("request", Weight.BLOCKS, "Say which problem this person will solve.", Target.FORM),
    ),
    (
        lambda one: one.has_role,
        Gap("role", Weight.BLOCKS, "Choose or compile the role: without one there is no bar to hold anyone to."),
    ),
    (
        lambda one: one.has_band,
        Gap("market", Weight.BLOCKS, "Set the band: interviews start only inside an approved one."),
    ),
    (
        lambda one: one.has_budget,
        Gap(
            "request",
            Weight.BLOCKS,
            "Name the budget for a year, so that the band can be held against it.",
            Target.FORM,
        ),
    ),
    (lambda one: one.has_plan, Gap("request", Weight.BLOCKS, "Name who approves.", Target.PEOPLE)),
)
_ADVISED: tuple[tuple[_Check, Gap], ...] = (
    (
        lambda one: one.has_cost,
        Gap("cost", Weight.WARNS, "What a seat costs in full has not been worked out; the budget check assumes it."),
    ),
    (
        lambda one: one.has_model,
        Gap("model", Weight.WARNS, "Nobody has weighed employing against contracting or a partner yet."),
    ),
)


def find_gaps(*, request: Request) -> tuple[Gap, ...]:
    """Return what is missing, what blocks first, in the order of the path."""
    blocking = [gap for is_there, gap in _BLOCKING if not is_there(request)]
    advised = [gap for is_there, gap in _ADVISED if not is_there(request)]
    readiness = _readiness(request)
    if readiness is not None:
        (blocking if readiness.weight is Weight.BLOCKS else advised).insert(0, readiness)
    return (*blocking, *advised)


def is_complete(*, gaps: tuple[Gap, ...]) -> bool:
    """Return whether nothing blocks."""
    return all(gap.weight is not Weight.BLOCKS for gap in gaps)


def _readiness(request: Request) -> Gap | None:
    if request.gate is ReadinessGate.OFF or request.readiness in READY_ENOUGH:
        return None
    weight = Weight.BLOCKS if request.gate is ReadinessGate.BLOCK else Weight.WARNS
    if not request.readiness:
        return Gap("ready", weight, "Nobody has assessed yet whether the team is ready for this hire.")
    label = request.readiness_label or request.readiness
    return Gap("ready", weight, f"The readiness assessment says “{label}”. Work through its actions first.")
