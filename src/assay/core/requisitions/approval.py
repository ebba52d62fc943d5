"""Where an approval stands: derived from the plan, the facts put forward and the verdicts given, never stored.

The rule, whole: an approval is one person's yes to exactly these facts. It counts once per person, in every step that
names them, and for as long as the facts are those, even if the request is submitted again. A person sending it back
ends that submission. Withdrawing the request ends all that was said until then, whatever the facts are later. When a
guarded fact changes, no approval of the old facts counts for the new ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.requisitions.facts import Change
from assay.core.requisitions.plan import Plan, Step, countable


class VerdictKind(StrEnum):
    """What an approver can say."""

    APPROVE = "approve"
    SEND_BACK = "send_back"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one person said, about which facts (``facts_hash``), in which submission (its number, from 1)."""

    person: int
    kind: VerdictKind
    facts_hash: str
    submission: int


@dataclass(frozen=True, slots=True)
class Submission:
    """What was put forward: its number, by whom, the hash of its facts and the plan it follows."""

    number: int
    submitter: int
    facts_hash: str
    plan: Plan


class ApprovalState(StrEnum):
    """Where an approval stands."""

    NOT_SUBMITTED = "not_submitted"
    WAITING = "waiting"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    LAPSED = "lapsed"


class StepStanding(StrEnum):
    """Where one step stands."""

    DONE = "done"
    WAITING = "waiting"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class StepState:
    """A step with who approved in it (in the order they are named) and who still can.

    ``own_approval`` is true when whoever submitted is among those who approved: a page has to say so.
    """

    step: Step
    standing: StepStanding
    approved: tuple[int, ...]
    can_approve: tuple[int, ...]
    own_approval: bool = False

    @property
    def missing(self) -> int:
        """How many more approvals the step needs."""
        return max(0, self.step.needed - len(self.approved))


@dataclass(frozen=True, slots=True)
class Approval:
    """The state of an approval. ``changes`` say why it lapsed."""

    state: ApprovalState
    steps: tuple[StepState, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def own_approval(self) -> bool:
        """Tell whether a step was approved by whoever asked."""
        return any(step.own_approval for step in self.steps)

    @property
    def waiting_step(self) -> StepState | None:
        """The step that is asked now."""
        if self.state is not ApprovalState.WAITING:
            return None
        return next((step for step in self.steps if step.standing is StepStanding.WAITING), None)

    @property
    def waits_for(self) -> tuple[int, ...]:
        """The people whose word is asked now."""
        step = self.waiting_step
        return step.can_approve if step else ()


class VerdictRefused(ValueError):
    """Raised when somebody's word is not asked for, or not about what is put forward."""


def derive_approval(
    *,
    submission: Submission | None,
    verdicts: Sequence[Verdict],
    changes: Sequence[Change] = (),
    withdrawn: int = 0,
) -> Approval:
    """Return where the approval of the newest submission stands.

    ``changes`` are the guarded fields that differ now from what was put forward: with any, nothing approved counts.
    Submissions numbered up to ``withdrawn`` were taken back: neither they nor any word on them count any more.
    """
    if submission is None or submission.number <= withdrawn:
        return Approval(ApprovalState.NOT_SUBMITTED)
    verdicts = [verdict for verdict in verdicts if verdict.submission > withdrawn]
    steps = _steps(submission, _yes(submission, verdicts))
    if _is_sent_back(submission, verdicts):
        return Approval(ApprovalState.SENT_BACK, steps, tuple(changes))
    if changes:
        return Approval(ApprovalState.LAPSED, steps, tuple(changes))
    is_done = all(step.standing is StepStanding.DONE for step in steps)
    return Approval(ApprovalState.APPROVED if is_done else ApprovalState.WAITING, steps)


def check_verdict(*, approval: Approval, person: int, kind: VerdictKind, seen_hash: str, facts_hash: str) -> None:
    """Raise ``VerdictRefused`` with a sentence for people when this word cannot be taken now.

    ``seen_hash`` is that of the facts on the person's screen, ``facts_hash`` that of the facts put forward.
    """
    if approval.state is ApprovalState.LAPSED:
        said = "; ".join(change.sentence for change in approval.changes)
        raise VerdictRefused(f"This request has changed since it was submitted: {said}. It has to be submitted again.")
    if approval.state is not ApprovalState.WAITING:
        raise VerdictRefused("Nothing is waiting for approval here now.")
    if seen_hash != facts_hash:
        raise VerdictRefused("The request changed while you looked at it. Read it again, then decide.")
    if person in approval.waits_for:
        return
    if any(person in step.approved for step in approval.steps) and kind is VerdictKind.APPROVE:
        raise VerdictRefused("You have approved this already.")
    later = [step for step in approval.steps if step.standing is StepStanding.LATER and person in step.can_approve]
    if later:
        raise VerdictRefused(f"Your turn comes with “{later[0].step.title}”, after the step before it.")
    raise VerdictRefused("This is waiting for somebody else.")


def _yes(submission: Submission, verdicts: Sequence[Verdict]) -> frozenset[int]:
    """Return who approves these facts. Somebody who sent this submission back after all is not among them."""
    sent_back = {v.person for v in verdicts if v.kind is VerdictKind.SEND_BACK and v.submission == submission.number}
    same = (v for v in verdicts if v.kind is VerdictKind.APPROVE and v.facts_hash == submission.facts_hash)
    return frozenset(v.person for v in same) - sent_back


def _is_sent_back(submission: Submission, verdicts: Sequence[Verdict]) -> bool:
    mine = (v for v in verdicts if v.submission == submission.number and v.facts_hash == submission.facts_hash)
    return any(v.kind is VerdictKind.SEND_BACK and v.person in submission.plan.people for v in mine)


def _steps(submission: Submission, yes: frozenset[int]) -> tuple[StepState, ...]:
    found: list[StepState] = []
    is_open = True
    for step in submission.plan.steps:
        counts = countable(step=step, submitter=submission.submitter)
        approved = tuple(person for person in step.approvers if person in yes and person in counts)
        left = tuple(person for person in step.approvers if person in counts and person not in yes)
        is_done = len(approved) >= step.needed
        standing = StepStanding.DONE if is_done else StepStanding.WAITING if is_open else StepStanding.LATER
        is_open = is_open and is_done
        own = submission.submitter in approved
        found.append(StepState(step, standing, approved, () if is_done else left, own))
    return tuple(found)
