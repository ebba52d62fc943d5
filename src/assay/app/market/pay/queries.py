"""The only readers of own pay and saved bands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from assay.app.market.models import PayBand, PayObservation
from assay.app.market.pay.band_charts import small_band_chart
from assay.app.market.pay.catalogue import country_labels, default_mapping, family_labels
from assay.app.market.pay.reading import OwnRecord
from assay.app.requisitions.steps import StepResult, StepState
from assay.app.requisitions.visibility import visible_desk_results
from assay.app.ui.formats import money
from assay.core.pipeline.position import Position, read_position, write_position
from assay.platform.access.gate import ask, require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID

MOST_LISTED = 200
OWN_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class OwnPayRow:
    """An own fact about pay in the list; ``void_reason`` says why it no longer counts."""

    id: int
    kind: str
    family: str
    level: str
    place: str
    currency: str
    annual_base: Decimal
    observed_on: date
    note: str
    added_by: str
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class OwnPayPage:
    """One page of own facts: ``previous`` and ``next`` say where the pages beside it begin, empty without one."""

    rows: tuple[OwnPayRow, ...]
    previous: str
    next: str
    first_number: int
    total: int


@dataclass(frozen=True, slots=True)
class BandView:
    """A saved band and the market as it stood: ``benchmark`` is the answer of that day in plain values."""

    id: int
    title: str
    family: str
    family_label: str
    level: str
    level_label: str
    country: str
    metro: str
    place: str
    currency: str
    low: Decimal
    high: Decimal
    note: str
    benchmark: Mapping[str, Any]
    made_by: str
    made_at: datetime
    requisition_id: int | None
    requisition_title: str


def list_own_pay(*, actor: User, at: str = "") -> OwnPayPage:
    """Return a page of own facts about pay, the newest first, those that do not count too. Raises ``Forbidden``.

    ``at`` is where a page begins or ends, as an earlier page said; anything else begins at the newest.
    """
    require(actor=actor, action=Action.SEE_OWN_PAY, resource=ORGANISATION)
    edge = _edge(at)
    rows = PayObservation.objects.select_related("created_by")
    is_backward = edge is not None and edge.is_backward
    if edge is not None:
        day, number = edge.key
        beyond = "gt" if is_backward else "lt"
        rows = rows.filter(Q(**{f"observed_on__{beyond}": day}) | Q(observed_on=day, **{f"pk__{beyond}": number}))
    order = ("observed_on", "pk") if is_backward else ("-observed_on", "-pk")
    found = list(rows.order_by(*order)[: OWN_PER_PAGE + 1])
    has_more, shown = len(found) > OWN_PER_PAGE, found[:OWN_PER_PAGE]
    before = edge.count if edge else 0
    if is_backward:
        shown, before = shown[::-1], max(0, before - len(shown)) if has_more else 0
    return OwnPayPage(
        rows=tuple(_own_row(row) for row in shown),
        previous=_at(shown[0], before, is_backward=True) if shown and before > 0 else "",
        next=_at(shown[-1], before + len(shown)) if shown and (has_more or is_backward) else "",
        first_number=before + 1,
        total=PayObservation.objects.count(),
    )


def count_own_pay(*, actor: User) -> int:
    """Return how many own facts count. Raises ``Forbidden``."""
    require(actor=actor, action=Action.SEE_OWN_PAY, resource=ORGANISATION)
    return PayObservation.objects.filter(voided_at__isnull=True).count()


def own_records(*, actor: User) -> tuple[OwnRecord, ...]:
    """Return the own facts that count; none for somebody who may not see them."""
    if not ask(actor=actor, action=Action.SEE_OWN_PAY, resource=ORGANISATION).allowed:
        return ()
    names = ("kind", "family", "level", "country", "metro", "currency", "annual_base", "observed_on", "note")
    rows = PayObservation.objects.filter(voided_at__isnull=True).values_list(*names)
    return tuple(OwnRecord(*row) for row in rows)


def list_bands(*, actor: User) -> tuple[BandView, ...]:
    """Return the newest saved bands that ``actor`` may see."""
    return tuple(_band(row) for row in _visible_bands(actor)[:MOST_LISTED])


def get_band(*, actor: User, band_id: int) -> BandView:
    """Return a saved band; raises ``Http404`` when there is none that ``actor`` may see."""
    row = _visible_bands(actor).filter(pk=band_id).first() if 0 < band_id <= LARGEST_ID else None
    if row is None:
        raise Http404("There is no such band.")
    return _band(row)


def latest_for_requisition(*, requisition_id: int) -> StepResult | None:
    """Return the newest band of a requisition for the guided path, or ``None``. Asks no one's permission."""
    row = PayBand.objects.select_related("created_by").filter(requisition_id=requisition_id).first()
    if row is None:
        return None
    band = _band(row)
    placement = _mapping(band.benchmark.get("band"))
    warnings = placement.get("warnings") or []
    is_thin = bool(band.benchmark.get("thin"))
    return StepResult(
        headline=f"{money(band.low, band.currency)} to {money(band.high, '').strip()}",
        lines=_lines(band, placement, is_thin=is_thin),
        url=reverse("market:band", args=[band.id]),
        state=StepState.WARN if warnings or is_thin else StepState.DONE,
        made_by=band.made_by,
        made_at=band.made_at,
        facts={
            "low": f"{band.low:f}",
            "high": f"{band.high:f}",
            "currency": band.currency,
            "family": band.family,
            "level": band.level,
            "country": band.country,
            "metro": band.metro,
            "place": band.place,
        },
        svg=small_band_chart(benchmark=band.benchmark, low=float(band.low), high=float(band.high)),
    )


def _visible_bands(actor: User) -> QuerySet[PayBand]:
    require(actor=actor, action=Action.SEE_PLANS, resource=ORGANISATION)
    seen = PayBand.objects.filter(visible_desk_results(actor=actor)).values("pk")
    return PayBand.objects.select_related("created_by", "requisition").filter(pk__in=seen)


def _lines(band: BandView, placement: Mapping[str, Any], *, is_thin: bool) -> tuple[str, ...]:
    lines = [f"{band.family_label}, {band.level_label.lower()}, {band.place}."]
    if "percentile_low" in placement:
        lines.append(
            f"From percentile {placement['percentile_low']:.0f} to {placement['percentile_high']:.0f} of posted base "
            f"pay ({band.benchmark.get('rows', 0):,} figures)."
        )
    ranges = _mapping(placement.get("ranges"))
    if ranges:
        lines.append(
            f"Its top is above that of {ranges['share_top_beaten']:.0%} of {ranges['ranges']:,} posted ranges."
        )
    if is_thin:
        lines.append("Thin data: the market figure is worked out from wider groups, a direction and not a price.")
    return tuple(lines)


def _band(row: PayBand) -> BandView:
    levels = {level.id: level.label for level in default_mapping().levels}
    country = country_labels().get(row.country, row.country)
    requisition = row.requisition if row.requisition_id and "requisition" in row._state.fields_cache else None
    return BandView(
        id=row.pk,
        title=row.title,
        family=row.family,
        family_label=family_labels().get(row.family, row.family),
        level=row.level,
        level_label=levels.get(row.level, row.level),
        country=row.country,
        metro=row.metro,
        place=f"{row.metro}, {country}" if row.metro else country,
        currency=row.currency,
        low=row.low,
        high=row.high,
        note=row.note,
        benchmark=_mapping(row.benchmark),
        made_by=row.created_by.display_name,
        made_at=row.created_at,
        requisition_id=row.requisition_id,
        requisition_title=requisition.title if requisition is not None else "",
    )


def _edge(text: str) -> Position | None:
    edge = read_position(text=text, kinds=(str, int)) if text else None
    if edge is None:
        return None
    try:
        date.fromisoformat(str(edge.key[0]))
    except ValueError:
        return None
    return edge if 0 < int(str(edge.key[1])) <= LARGEST_ID else None


def _at(row: PayObservation, count: int, *, is_backward: bool = False) -> str:
    key = (row.observed_on.isoformat(), row.pk)
    return write_position(position=Position(key=key, count=count, is_backward=is_backward))


def _own_row(row: PayObservation) -> OwnPayRow:
    country = country_labels().get(row.country, row.country)
    return OwnPayRow(
        id=row.pk,
        kind=row.kind,
        family=family_labels().get(row.family, row.family),
        level=row.level,
        place=f"{row.metro}, {country}" if row.metro else country,
        currency=row.currency,
        annual_base=row.annual_base,
        observed_on=row.observed_on,
        note=row.note,
        added_by=row.created_by.display_name,
        voided_at=row.voided_at,
        void_reason=row.void_reason,
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
