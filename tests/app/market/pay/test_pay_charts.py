from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assay.app.market.pay.answering import PayQuestion, answer_pay
from assay.app.market.pay.band_charts import saved_chart, small_band_chart
from assay.app.market.pay.charts import FROM_WIDER, MARKET_SPREAD, market_chart
from assay.app.market.pay.output import to_mapping, to_text
from assay.app.market.pay.reading import OwnRecord
from assay.app.ui.plots import Ground

TODAY = date(2026, 11, 20)
FULL = PayQuestion(family="ml-engineer", level="senior", country="US")
EMPTY = PayQuestion(family="mlops-engineer", level="lead", country="PT")


def offers(*amounts):
    one = OwnRecord("offer_accepted", "ml-engineer", "senior", "US", "", "USD", Decimal(1), date(2026, 5, 4))
    return [replace(one, annual_base=Decimal(amount)) for amount in amounts]


def answer(question, own=()):
    return answer_pay(question=question, own=own, today=TODAY)


def rows_of(question, own=()):
    return {row.label: row for row in market_chart(answer(question, own)).rows}


def test_what_leans_on_wider_groups_is_not_drawn_as_measured():
    rows, full = rows_of(EMPTY), rows_of(FULL)
    for label in ("Posted base pay", "Its middle"):
        assert rows[label].ground is Ground.ASSUMED
        assert FROM_WIDER in rows[label].note
        assert full[label].ground is Ground.MEASURED
        assert FROM_WIDER not in full[label].note


def test_a_saved_band_is_drawn_on_what_it_stood_on():
    for question, ground in ((EMPTY, Ground.ASSUMED), (FULL, Ground.MEASURED)):
        found = answer(question)
        kept = to_mapping(found)
        chart = saved_chart(benchmark=kept, now=found, low=60_000.0, high=90_000.0)
        assert [row.ground for row in chart.rows] == [ground, ground]
        assert f"is-{ground}" in small_band_chart(benchmark=kept, low=60_000.0, high=90_000.0)
    unknown = {"quantiles": kept["quantiles"]}
    assert "is-assumed" in small_band_chart(benchmark=unknown, low=60_000.0, high=90_000.0)


def test_few_own_offers_are_drawn_as_they_are_and_the_borrowed_spread_apart():
    rows = rows_of(FULL, offers(200_000, 240_000))
    assert (rows["Your own"].low, rows["Your own"].high) == (200_000, 240_000)
    assert rows["Your own"].ground is Ground.MEASURED
    assert rows["Your own"].inner is None
    assert rows[MARKET_SPREAD].ground is Ground.ASSUMED
    many = rows_of(FULL, offers(*range(200_000, 260_000, 5_000)))
    assert many["Your own"].inner is not None
    assert MARKET_SPREAD not in many


@pytest.mark.parametrize(
    ("level", "said"), [("senior", "senior, United States"), ("junior", "junior (entry in the data), United")]
)
def test_the_level_of_the_data_is_named_only_where_it_is_another(level, said):
    text = to_text(answer(replace(FULL, level=level)))
    assert said in text.splitlines()[0]
