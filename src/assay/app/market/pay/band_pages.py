"""Saved bands: the list, and one band held against what the data say now."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assay.app.market.pay.answering import PayAnswer, PayQuestion, answer_pay
from assay.app.market.pay.band_charts import saved_chart
from assay.app.market.pay.catalogue import default_mapping
from assay.app.market.pay.forms import PayForm
from assay.app.market.pay.pages import address, is_allowed
from assay.app.market.pay.queries import BandView, get_band, list_bands
from assay.app.market.pay.wording import rounded
from assay.app.requisitions.path import path_bar
from assay.app.ui.tables import Column
from assay.core.market.pay.placing import Band
from assay.core.market.pay.question import PayQuestionError
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires

COLUMNS = (
    Column("title", "Band"),
    Column("what", "Titles, level and place"),
    Column("band", "Base pay a year", is_number=True),
    Column("percentiles", "Percentiles then", is_number=True),
    Column("made", "Saved"),
)


@requires(Action.SEE_PLANS)
@require_safe
def bands(request: HttpRequest) -> HttpResponse:
    """List the saved bands that somebody may see."""
    actor = asker(request)
    context = {
        "bands": list_bands(actor=actor),
        "columns_of": COLUMNS,
        "path_bar": path_bar(actor=actor, requisition_id=None, at="market"),
    }
    return render(request, "market/pay_bands.html", context, using="jinja2")


@requires(Action.SEE_PLANS)
@require_safe
def band(request: HttpRequest, band_id: int) -> HttpResponse:
    """Show a saved band beside the market of its day and of today."""
    actor = asker(request)
    saved = get_band(actor=actor, band_id=band_id)
    now, problem = _now(saved)
    form = PayForm(
        family=saved.family,
        level=saved.level,
        place=f"{saved.country}/{saved.metro}" if saved.metro else saved.country,
        currency=saved.currency,
        low=f"{saved.low:f}",
        high=f"{saved.high:f}",
        codes=_codes(saved),
        requisition=str(saved.requisition_id or ""),
    )
    context = {
        "band": saved,
        "now": now,
        "problem": problem,
        "chart": saved_chart(benchmark=saved.benchmark, now=now, low=float(saved.low), high=float(saved.high)),
        "ask_again": address(form),
        "read_as": _read_as(saved),
        "may_edit": is_allowed(actor, Action.EDIT_PLANS),
        "rounded": rounded,
        "path_bar": path_bar(actor=actor, requisition_id=saved.requisition_id, at="market"),
    }
    return render(request, "market/pay_band.html", context, using="jinja2")


def _read_as(saved: BandView) -> str:
    """Return the data's own level where it is another than the band's."""
    code = saved.benchmark.get("level_in_data")
    label = dict(default_mapping().codes).get(code, "") if isinstance(code, str) else ""
    return "" if label.lower() == saved.level_label.lower() else f"{label} ({code})" if label else ""


def _now(saved: BandView) -> tuple[PayAnswer | None, str]:
    """Return what the data say today about a saved band, or why they cannot say it."""
    question = PayQuestion(
        family=saved.family,
        level=saved.level,
        country=saved.country,
        metro=saved.metro,
        currency=saved.currency,
        mapping=",".join(f"{level}={code}" for level, code in _codes(saved)),
        band=Band(low=float(saved.low), high=float(saved.high)),
        per_usd=_own_rate(saved),
    )
    try:
        return answer_pay(question=question, own=(), today=datetime.now(tz=UTC).date()), ""
    except PayQuestionError as error:
        return None, str(error)


def _own_rate(saved: BandView) -> float | None:
    """Return the rate that a person gave for a currency without a daily one."""
    exchange = saved.benchmark.get("exchange")
    if not isinstance(exchange, dict) or exchange.get("on") or saved.currency == "USD":
        return None
    rate = exchange.get("per_usd")
    return float(rate) if isinstance(rate, int | float) else None


def _codes(saved: BandView) -> tuple[tuple[str, str], ...]:
    mapping = saved.benchmark.get("level_mapping")
    if not isinstance(mapping, dict):
        return ()
    return tuple((level, one["code"]) for level, one in mapping.items() if isinstance(one, dict) and "code" in one)
