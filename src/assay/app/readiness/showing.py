"""The result arranged for the page: what to do with what was agreed about it, and the rest in its place."""

from dataclasses import dataclass

from assay.app.readiness.queries import Agreed, AssessmentView
from assay.app.readiness.questions import load_questionnaire
from assay.core.readiness.answers import Combined
from assay.core.readiness.comparison import Change, QuestionChange
from assay.core.readiness.lifting import Action
from assay.core.readiness.questionnaire import Question
from assay.core.readiness.verdict import Reason, ReasonKind, Verdict

_TELLING_FIRST = (Change.WORSE, Change.BETTER, Change.NO_LONGER_KNOWN, Change.NEWLY_KNOWN)


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """Something to do: the question it lifts, what it would change if it is among the few that matter, and what was
    agreed. ``until`` is set while it is a condition of hiring."""

    question: Question
    action: Action | None
    agreed: Agreed
    until: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of the result in the order of the page. ``reasons`` are those no other part tells."""

    reasons: tuple[Reason, ...]
    later: tuple[Reason, ...]
    actions: tuple[AgreedRow, ...]
    earlier: tuple[AgreedRow, ...]
    disputes: tuple[Combined, ...]
    moved: tuple[tuple[str, tuple[QuestionChange, ...]], ...]


def shown(view: AssessmentView) -> Shown | None:
    """Return the result arranged, ``None`` while there is none to show."""
    if view.result is None or not view.result.respondents:
        return None
    standing = view.result.standing
    rows = agreed_rows(view)
    told = {ReasonKind.HARD_STOP, ReasonKind.OPEN_HARD_STOP}
    is_tied = standing.verdict is Verdict.HIRE_WITH_CONDITIONS
    changes = view.comparison.questions if view.comparison else ()
    return Shown(
        reasons=tuple(one for one in standing.reasons if one.kind not in told),
        later=() if is_tied else (*standing.conditions, *standing.gaps),
        actions=tuple(one for one in rows if one.action is not None),
        earlier=tuple(one for one in rows if one.action is None),
        disputes=view.result.disputes,
        moved=tuple(
            (change.label, kept)
            for change in _TELLING_FIRST
            if (kept := tuple(one for one in changes if one.change is change))
        ),
    )


def agreed_rows(view: AssessmentView) -> tuple[AgreedRow, ...]:
    """Return the few actions that matter, then what was agreed earlier and is no longer among them."""
    if view.result is None:
        return ()
    questionnaire = load_questionnaire()
    until = {one.about: one.until for one in view.result.standing.conditions if one.kind is ReasonKind.CONDITION}
    actions = {one.question.id: one for one in view.result.plan.actions}
    rows = [
        AgreedRow(one.question, one, view.agreed.get(key, Agreed()), until.get(key, "")) for key, one in actions.items()
    ]
    rows += [
        AgreedRow(questionnaire.by_id[key], None, agreed, until.get(key, ""))
        for key, agreed in view.agreed.items()
        if key not in actions and key in questionnaire.by_id
    ]
    return tuple(rows)
