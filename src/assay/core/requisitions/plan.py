"""Who has to say yes, in which order: steps of n out of m named people."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_STEPS = 8
MOST_APPROVERS = 20


class PlanError(ValueError):
    """Raised for a plan that could never be completed, or that nobody could follow."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan: ``needed`` of ``approvers`` (account ids) must approve before the next step is asked.

    With ``submitter_counts`` the person who submits may be among those who approve here; without it their own
    approval is not counted.
    """

    key: str
    title: str
    approvers: tuple[int, ...]
    needed: int = 1
    submitter_counts: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of an approval, in order."""

    steps: tuple[Step, ...]

    @property
    def people(self) -> frozenset[int]:
        """Everybody whom the plan names."""
        return frozenset(person for step in self.steps for person in step.approvers)


def make_plan(*, steps: Sequence[Step]) -> Plan:
    """Return the plan of these steps; raises ``PlanError`` with a sentence that says which step to correct."""
    if not steps:
        raise PlanError("Name at least one person who approves.")
    if len(steps) > MOST_STEPS:
        raise PlanError(f"A plan has at most {MOST_STEPS} steps.")
    if len({step.key for step in steps}) != len(steps):
        raise PlanError("Every step of a plan needs a key of its own.")
    for step in steps:
        _check(step)
    return Plan(tuple(steps))


def check_submitter(*, plan: Plan, submitter: int) -> None:
    """Raise ``PlanError`` when a step cannot be completed because the person who submits is not counted in it."""
    for step in plan.steps:
        if len(countable(step=step, submitter=submitter)) < step.needed:
            raise PlanError(
                f"{step.title}: whoever submits does not approve their own request, and without them there are too few"
                " people here. Name somebody else."
            )


def allows_own_approval(*, plan: Plan, submitter: int) -> bool:
    """Tell whether somebody who submits under this plan could approve their own request."""
    return any(step.submitter_counts and submitter in step.approvers for step in plan.steps)


def countable(*, step: Step, submitter: int) -> frozenset[int]:
    """Return whose approval counts in a step of a request put forward by ``submitter``."""
    people = frozenset(step.approvers)
    return people if step.submitter_counts else people - {submitter}


def _check(step: Step) -> None:
    if not step.approvers:
        raise PlanError(f"{step.title}: name at least one person.")
    if len(set(step.approvers)) != len(step.approvers):
        raise PlanError(f"{step.title}: the same person stands here twice.")
    if len(step.approvers) > MOST_APPROVERS:
        raise PlanError(f"{step.title}: at most {MOST_APPROVERS} people fit in a step.")
    if not 1 <= step.needed <= len(step.approvers):
        raise PlanError(
            f"{step.title}: {step.needed} of {len(step.approvers)} people cannot approve. Correct the number."
        )
