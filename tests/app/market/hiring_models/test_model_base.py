from datetime import date
from decimal import Decimal

import pytest

from assay.app.market.hiring_models.base import suggest_base
from assay.app.market.models import PayBand
from assay.app.market.pay.rates import conversion_to
from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.app.requisitions.prefill import Prefill
from assay.platform.access.roles import RequisitionSeat

TODAY = date(2026, 11, 20)


def band(currency, low="80000", high="100000"):
    return Prefill(currency=currency, base_low=Decimal(low), base_high=Decimal(high), country="GB")


def test_a_band_in_pounds_becomes_dollars_at_a_rate_that_is_named_with_its_day():
    start = suggest_base(known=band("GBP"), today=TODAY)
    rate = conversion_to(currency="GBP", on=None, today=TODAY)
    assert start.amount == round(90_000 / rate.per_usd)
    assert start.amount > 95_000
    for words in (
        "band that is set for this requisition",
        "GBP",
        f"{rate.per_usd:.4g} GBP",
        rate.on.isoformat(),
        "European",
    ):
        assert words in start.words


def test_a_band_in_dollars_is_taken_as_it_is():
    assert suggest_base(known=band("USD"), today=TODAY).amount == 90_000


def test_a_band_in_a_currency_without_a_rate_is_said_and_posted_pay_stands_in():
    start = suggest_base(known=band("AED"), today=TODAY)
    assert "in AED, for which there is no daily rate" in start.words
    assert "the middle of posted pay" in start.words
    assert start.amount > 0


@pytest.mark.django_db
def test_the_page_starts_from_the_band_of_its_requisition_in_pounds(hanna, browse):
    wanted = Requisition.objects.create(code="REQ-1", title="Ranking", created_by=hanna)
    RequisitionMember.objects.create(requisition=wanted, user=hanna, seat=RequisitionSeat.OWNER)
    PayBand.objects.create(
        requisition=wanted, title="Ranking", family="ml-engineer", level="senior", country="GB", currency="GBP",
        low=80_000, high=100_000, created_by=hanna,
    )  # fmt: skip
    start = suggest_base(known=band("GBP"), today=TODAY)
    page = browse(hanna).get(f"/market/model/?for={wanted.pk}").content.decode()
    assert f'value="{start.amount:.0f}"' in page
    assert "GBP for a US dollar on 2026" in page
