"""The recommendation in words: what speaks for it and against it, who comes second, and how close it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.core.market.draws import round_figures
from assay.core.market.hiring_models.desk import Desk
from assay.core.market.hiring_models.model import RiskLevel
from assay.core.market.hiring_models.outlook import Outlook, Outlooks
from assay.core.market.hiring_models.ranking import Ranked
from assay.core.market.hiring_models.vetoes import Status

_MOST_REASONS = 4


class Firmness(StrEnum):
    """How far the lead can be relied on."""

    CLEAR = "clear"
    CLOSE_CALL = "close_call"
    NO_ANSWERS = "no_answers"
    NOBODY_LEFT = "nobody_left"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in words, with the facts or numbers it rests on."""

    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended (``None`` when nothing can be), the runner-up, and why."""

    recommended: str | None
    runner_up: str | None
    firmness: Firmness
    is_provisional: bool
    headline: str
    reasons_for: tuple[Reason, ...]
    reasons_against: tuple[Reason, ...]
    questions: tuple[str, ...]
    would_lead: tuple[str, ...]


def advise(*, desk: Desk, ranking: Sequence[Ranked], outlooks: Outlooks, has_contradiction: bool) -> Advice:
    """Say which model the answers point to. A model that is ruled out is never recommended."""
    able = [one for one in ranking if one.place is not None]
    if not able:
        says = "Every model is ruled out. Look at what would lift the vetoes."
        return Advice(None, None, Firmness.NOBODY_LEFT, False, says, (), (), (), ())
    if all(term.points == 0 for one in ranking for term in one.terms):
        says = "No statement is said to be true yet, so all models score 0. Answer those that matter to you."
        return Advice(None, None, Firmness.NO_ANSWERS, False, says, (), (), (), ())
    first, second = able[0], able[1] if len(able) > 1 else None
    is_close = second is not None and first.share_first < desk.shaking.close_below
    missing = first.standing.missing
    return Advice(
        recommended=first.model,
        runner_up=second.model if second else None,
        firmness=Firmness.CLOSE_CALL if is_close else Firmness.CLEAR,
        is_provisional=bool(missing) or has_contradiction,
        headline=_headline(first, second, is_close),
        reasons_for=_reasons_for(desk, first, outlooks),
        reasons_against=_reasons_against(desk, first, outlooks),
        questions=missing,
        would_lead=_would_lead(ranking, first),
    )


def _headline(first: Ranked, second: Ranked | None, is_close: bool) -> str:
    if second is None:
        return f"{first.announced} is the only model left; all others are ruled out."
    if is_close:
        ahead = "level on points with" if round(first.points - second.points, 9) == 0 else "just ahead of"
        return (
            f"A close call: {first.announced} is {ahead} {second.announced}. "
            f"It comes first in {first.share_first:.0%} of the weights tried around yours."
        )
    return (
        f"{first.announced}, before {second.announced}. It comes first in {first.share_first:.0%} "
        "of the weights tried around yours."
    )


def _reasons_for(desk: Desk, first: Ranked, outlooks: Outlooks) -> tuple[Reason, ...]:
    criteria = {one.id: one for one in desk.criteria}
    best = sorted((term for term in first.terms if term.points > 0), key=lambda term: -term.points)
    reasons = [
        Reason(f"{criteria[term.criterion].label}: {criteria[term.criterion].because}", _cited(desk, term.criterion))
        for term in best[:_MOST_REASONS]
    ]
    own, others = _own(outlooks, first.model)
    if own.per_year.p50 is not None and own.share_cheapest >= 0.5:
        text = f"Its productive year is the cheapest of the six in {own.share_cheapest:.0%} of the draws."
        reasons.append(Reason(text, "cost drawn on this page"))
    if others and own.start_weeks.p50 <= min(one.start_weeks.p50 for one in others) + 0.5:
        text = f"It starts soonest: about {round_figures(own.start_weeks.p50):g} weeks to the first working day."
        reasons.append(Reason(text, "time drawn on this page"))
    return tuple(reasons)


def _reasons_against(desk: Desk, first: Ranked, outlooks: Outlooks) -> tuple[Reason, ...]:
    criteria = {one.id: one for one in desk.criteria}
    worst = sorted((term for term in first.terms if term.points < 0), key=lambda term: term.points)
    reasons = [
        Reason(
            f"{criteria[term.criterion].label}: {criteria[term.criterion].because} It fits this badly.",
            _cited(desk, term.criterion),
        )
        for term in worst[:_MOST_REASONS]
    ]
    reasons += [
        Reason(f"{risk.label}: {risk.text}", ", ".join(risk.fact_ids))
        for risk in desk.model(first.model).risks
        if risk.level is RiskLevel.HIGH
    ]
    own, others = _own(outlooks, first.model)
    if own.per_year.p50 is None:
        reasons.append(Reason("Most likely nothing is produced within this horizon.", "time drawn on this page"))
    else:
        cheaper = [one for one in others if one.per_year.p50 is not None and one.per_year.p50 < own.per_year.p50]
        if cheaper:
            text = f"A productive year costs less with {len(cheaper)} of the other models, in the middle of the draws."
            reasons.append(Reason(text, "cost drawn on this page"))
    return tuple(reasons)


def _cited(desk: Desk, criterion: str) -> str:
    return ", ".join(next(one.fact_ids for one in desk.criteria if one.id == criterion))


def _own(outlooks: Outlooks, model: str) -> tuple[Outlook, list[Outlook]]:
    own = next(one for one in outlooks.models if one.model == model)
    return own, [one for one in outlooks.models if one.model != model]


def _would_lead(ranking: Sequence[Ranked], first: Ranked) -> tuple[str, ...]:
    """Return the models that are ruled out although they score more than the one recommended."""
    return tuple(
        one.model for one in ranking if one.standing.status is Status.VETOED and one.points > first.points + 1e-9
    )
