"""Own offers and pay: the list, adding one, bringing a table with a look before it counts, and taking one out."""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assay.app.market.pay import forms
from assay.app.market.pay.actions import add_own_pay, void_own_pay
from assay.app.market.pay.pages import error_field, is_allowed
from assay.app.market.pay.queries import count_own_pay, list_own_pay
from assay.app.market.pay.reading import COLUMNS, OwnTable, read_own_record, read_own_table
from assay.app.requisitions.path import path_bar
from assay.app.ui.tables import Column
from assay.core.market.pay.question import PayQuestionError
from assay.core.market.pay.rules import PERCENTILES
from assay.knowledge.market.pay.sheets import load_pay_sheets
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id

_MOST_BYTES = 1_000_000
_SHOWN_ROWS = 50
_LONGEST_AT = 200
OWN_COLUMNS = (
    Column("what", "Titles and level"),
    Column("place", "Place"),
    Column("kind", "What it is"),
    Column("base", "Base pay a year", is_number=True),
    Column("day", "Day"),
    Column("counts", "Counts"),
)


@requires(Action.SEE_OWN_PAY)
@require_safe
def own_pay(request: HttpRequest) -> HttpResponse:
    """List own facts about pay, with the form to add one and to bring a table."""
    return _page(request)


@requires(Action.EDIT_OWN_PAY)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add one own fact about pay."""
    cells = {name: request.POST.get(name, "")[:400] for name in COLUMNS}
    place = request.POST.get("place", "")[:120]
    cells["country"], _, cells["metro"] = place.partition("/")
    try:
        one = read_own_record(cells, today=_today())
        add_own_pay(actor=asker(request), records=[one])
    except PayQuestionError as error:
        return _page(request, cells={**cells, "place": place}, error=error)
    messages.success(request, "It counts from now on.")
    return redirect("market:own_pay")


@requires(Action.EDIT_OWN_PAY)
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Read a table of own pay and show what would happen; with ``confirmed`` keep the rows that are right."""
    try:
        text = _brought(request)
        table = read_own_table(text, today=_today())
    except PayQuestionError as error:
        return _page(request, import_error=error)
    if request.POST.get("confirmed") != "yes" or not table.records:
        return _preview(request, text=text, table=table)
    count = add_own_pay(actor=asker(request), records=table.records)
    left = f" {len(table.problems)} rows were left out." if table.problems else ""
    messages.success(request, f"{count} rows count from now on.{left}")
    return redirect("market:own_pay")


@requires(Action.EDIT_OWN_PAY)
@require_POST
def void(request: HttpRequest) -> HttpResponse:
    """Take an own fact out of every figure, with the reason."""
    number = read_id(request.POST.get("observation", "")) or 0
    try:
        void_own_pay(actor=asker(request), observation_id=number, reason=request.POST.get("reason", ""))
    except PayQuestionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It no longer counts. It stays in the list with your reason.")
    query = urlencode({"at": at}) if (at := request.POST.get("at", "")[:_LONGEST_AT]) else ""
    return redirect(f"{reverse('market:own_pay')}{'?' if query else ''}{query}")


def _page(
    request: HttpRequest,
    *,
    cells: dict[str, str] | None = None,
    error: PayQuestionError | None = None,
    import_error: PayQuestionError | None = None,
) -> HttpResponse:
    actor = asker(request)
    at = request.GET.get("at", "")[:_LONGEST_AT]
    blank = {"family": "ml-engineer", "level": "senior", "place": "US", "currency": "USD", "kind": "offer_accepted"}
    context: dict[str, Any] = {
        "page": list_own_pay(actor=actor, at=at),
        "at": at,
        "count": count_own_pay(actor=actor),
        "columns_of": OWN_COLUMNS,
        "cells": cells or {**dict.fromkeys(COLUMNS, ""), **blank},
        "error": error,
        "error_id": error_field(error),
        "import_error": import_error,
        "kinds": load_pay_sheets().model.own.kinds,
        "kind_labels": {one.id: one.label for one in load_pay_sheets().model.own.kinds},
        "rules": load_pay_sheets().model.own,
        "file_columns": COLUMNS,
        "family_options": forms.family_options(),
        "level_options": forms.level_options(),
        "place_options": forms.place_options(),
        "currency_options": forms.currency_options((cells or blank)["currency"]),
        "may_edit": is_allowed(actor, Action.EDIT_OWN_PAY),
        "path_bar": path_bar(actor=actor, requisition_id=None, at="market"),
        "percentiles": PERCENTILES,
    }
    status = 422 if error or import_error else 200
    return render(request, "market/pay_own.html", context, using="jinja2", status=status)


def _preview(request: HttpRequest, *, text: str, table: OwnTable) -> HttpResponse:
    context = {
        "text": text,
        "table": table,
        "shown": table.records[:_SHOWN_ROWS],
        "problems": table.problems[:_SHOWN_ROWS],
        "kind_labels": {one.id: one.label for one in load_pay_sheets().model.own.kinds},
    }
    return render(request, "market/pay_import.html", context, using="jinja2")


def _brought(request: HttpRequest) -> str:
    """Return the text of the file that was chosen, or of the field that carries it to the confirmation."""
    file = request.FILES.get("file")
    if file is None:
        text = request.POST.get("text", "")
        if not text.strip():
            raise PayQuestionError(field="file", message="Choose a CSV file first.")
        return text
    if not file.size or file.size > _MOST_BYTES:
        message = "The file is empty." if not file.size else "The file is larger than a megabyte. Split it."
        raise PayQuestionError(field="file", message=message)
    try:
        return bytes(file.read()).decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError as error:
        raise PayQuestionError(field="file", message="The file is not UTF-8 text. Save it as CSV (UTF-8).") from error


def _today() -> date:
    return datetime.now(tz=UTC).date()
