"""The hiring brief: everything a sponsor needs about one request, gathered from what the desks stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from assay.app.requisitions.models import Requisition
from assay.app.requisitions.queries import RequisitionView
from assay.app.requisitions.showing import headline_of
from assay.app.requisitions.steps import StepResult
from assay.app.requisitions.wording import REASONS
from assay.app.ui.formats import money, plural
from assay.core.requisitions.approval import StepStanding
from assay.core.requisitions.budget import BudgetState

MOST_OUTCOMES = 4
_PERCENTILES = (10, 25, 50, 75, 90)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief: a headline, sentences, and titled lists of points."""

    key: str
    title: str
    headline: str
    lines: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PayPicture:
    """The band beside posted base pay: amounts a year in one currency, ``quantiles`` by percentile."""

    currency: str
    low: float
    high: float
    quantiles: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Brief:
    """A request on one page. ``notes`` say what rests on what: measured, computed, judged or assumed."""

    code: str
    title: str
    about: tuple[str, ...]
    problem: str
    state: str
    state_line: str
    left: tuple[Section, ...]
    right: tuple[Section, ...]
    pay: PayPicture | None
    pay_svg: str
    approvals: tuple[str, ...]
    notes: tuple[str, ...]


def make_brief(*, view: RequisitionView) -> Brief:
    """Gather the brief of a requisition that somebody may see."""
    row = Requisition.objects.get(pk=view.id)
    headline, draft = headline_of(view=view), view.draft
    needed = f"needed by {draft.needed_by:%-d %B %Y}" if draft.needed_by else ""
    people = plural(draft.headcount, "person", "people")
    about = (draft.team, draft.location, people, REASONS[draft.reason].split(":")[0].lower(), needed)
    bands, costs = row.pay_bands.order_by("-created_at", "-id"), row.cost_scenarios.order_by("-created_at", "-id")
    band, cost = bands.first(), costs.first()
    benchmark = _mapping(band.benchmark) if band else {}
    result = _mapping(cost.result) if cost else {}
    pay = view.results.get("market")
    return Brief(
        code=view.code,
        title=draft.title,
        about=tuple(fact for fact in about if fact),
        problem=draft.problem,
        state=headline.label,
        state_line=headline.sentence,
        left=(_readiness(view), _role(view)),
        right=(
            _desk(view, "market", "Pay, base a year", "No band yet."),
            _cost(view.results.get("cost"), result),
            _desk(view, "model", "Hiring model", "Not compared yet."),
            _budget(view),
        ),
        pay=_picture(view, benchmark),
        pay_svg=pay.svg if pay else "",
        approvals=_approvals(view),
        notes=_notes(view, benchmark, result),
    )


def _desk(view: RequisitionView, key: str, title: str, missing: str) -> Section:
    found = view.results.get(key)
    return Section(key, title, found.headline, found.lines) if found else Section(key, title, missing)


def _readiness(view: RequisitionView) -> Section:
    """Say the verdict and how far it binds: both are approved."""
    found = _desk(view, "ready", "Readiness", "Not assessed yet.")
    return replace(found, lines=(*found.lines, f"For this request the assessment is {view.draft.readiness_gate.fact}."))


def _role(view: RequisitionView) -> Section:
    if view.role is None:
        return Section("role", "Role", "Not chosen yet.")
    role = view.role.role
    musts = tuple(must.label for must in role.must_haves)
    lists = (("Must have", musts), ("After 90 days", role.outcomes[:MOST_OUTCOMES]))
    says_it = role.seniority.value in view.role.title.lower()
    headline = view.role.title if says_it else f"{view.role.title}, {role.seniority}"
    return Section("role", "Role", headline, (), tuple((name, points) for name, points in lists if points))


def _cost(found: StepResult | None, result: Mapping[str, Any]) -> Section:
    """Say what it costs as ranges: one loaded year of a seat, the whole horizon, and each year of the budget."""
    if found is None:
        return Section("cost", "Cost, everything included", "Not worked out yet.")
    currency, months = str(result.get("currency", "")), result.get("months", "")
    year = _range(result, "yearly", "total", currency=currency)
    total = _range(result, "ownership", "total", currency=currency)
    lines = [f"A loaded year of one seat: {year}."] if year else []
    lines += [f"Over {months} months: {total}."] if total else []
    years = _mapping(result.get("budget")).get("years")
    for one in years if isinstance(years, list) else ():
        spent = _range(_mapping(one), "total", currency=currency)
        if spent:
            lines.append(f"Budget for {one.get('label')}: {spent}.")
    lines += [line for line in found.lines if "changes" in line or "raises" in line or "lowers" in line]
    title = "Cost, everything included (p10 to p90)"
    return Section("cost", title, found.headline, tuple(lines) or found.lines)


def _budget(view: RequisitionView) -> Section:
    words = {
        BudgetState.INSIDE: "Fits the budget",
        BudgetState.TIGHT: "The top of the band does not fit",
        BudgetState.OVER: "Over budget",
        BudgetState.UNKNOWN: "Not known yet",
    }
    return Section("budget", "Budget", words[view.budget.state], (view.budget.sentence,))


def _approvals(view: RequisitionView) -> tuple[str, ...]:
    """Say of each step who approved it, or who is asked."""
    given = {(one.person_id, one.facts_hash): one.given_at for one in view.standing.said if one.kind == "approve"}
    lines = []
    for state in view.steps:
        done = [
            f"{view.names.get(person, 'somebody')}{_on(given.get((person, view.facts_hash)))}"
            for person in state.approved
        ]
        if state.standing is StepStanding.DONE:
            own = " (approved by whoever asked)" if state.own_approval else ""
            lines.append(f"{state.step.title}: approved by {', '.join(done)}{own}")
        else:
            asked = ", ".join(view.names.get(person, "somebody") for person in state.can_approve)
            word = "waits for" if state.standing is StepStanding.WAITING else "comes later, asks"
            lines.append(f"{state.step.title}: {word} {asked}")
    return tuple(lines) or ("Not submitted for approval yet.",)


def _on(moment: Any) -> str:
    return f" on {moment:%-d %B %Y}" if moment else ""


def _notes(view: RequisitionView, benchmark: Mapping[str, Any], result: Mapping[str, Any]) -> tuple[str, ...]:
    notes = []
    if benchmark:
        titles = [str(_mapping(one).get("title", "")) for one in _list(benchmark.get("sources"))]
        first = str(next(iter(_list(benchmark.get("notes"))), ""))
        notes.append(f"Pay, measured: {first} {benchmark.get('rows', '?')} figures. Sources: {'; '.join(titles)}.")
    if result:
        said = " ".join(str(one) for one in _list(result.get("assumptions"))[:2])
        draws, seed = result.get("draws", "?"), result.get("seed", "?")
        notes.append(
            f"Cost, simulated: {draws:,} draws, seed {seed}. {said}".strip() if isinstance(draws, int) else said
        )
    if view.budget.steps:
        notes.append(f"Budget check: {', '.join(view.budget.steps)}.")
    if "ready" in view.results:
        notes.append("Readiness, judged: the answers of those who were asked, added up by published rules.")
    if "model" in view.results:
        notes.append("Hiring model, judged: added up from stated answers and weights; how firm it is stands with it.")
    return tuple(notes)


def _picture(view: RequisitionView, benchmark: Mapping[str, Any]) -> PayPicture | None:
    band, stored = view.standing.basis.band, _mapping(benchmark.get("quantiles"))
    try:
        quantiles = {one: float(stored[f"p{one}"]) for one in _PERCENTILES}
    except (KeyError, TypeError, ValueError):
        return None
    return PayPicture(band.currency, float(band.low), float(band.high), quantiles) if band else None


def _range(result: Mapping[str, Any], *path: str, currency: str) -> str:
    found: Any = result
    for name in path:
        found = _mapping(found).get(name)
    try:
        low, high = (Decimal(str(_mapping(found)[name])) for name in ("p10", "p90"))
    except (KeyError, InvalidOperation):
        return ""
    return f"{money(_rough(low), currency)} to {money(_rough(high), '').strip()}" if high > 0 else ""


def _rough(amount: Decimal) -> Decimal:
    """Round to two significant figures: no more of it is known."""
    return amount if amount == 0 else amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
