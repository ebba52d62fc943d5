from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.market.pay.history import pay_by_year
from assay.core.market.pay.model import fit_pay
from assay.core.market.pay.postings import PostedRange, posted_pay
from assay.core.market.pay.rules import PERCENTILES, PayRules
from assay.core.market.pay.scoring import score_quantiles
from assay.core.market.pay.spread import spreads
from assay.core.market.pay.strata import Cell, Pool, Strata

RULES = PayRules(
    regions={"US": "US", "DE": "EU", "FR": "EU", "PT": "EU"},
    other_region="OTHER",
    home_country="US",
    calibrated=frozenset({"ml"}),
    interval_draws=50,
)
ML_SENIOR = Cell("ml", "SE", "US")


def ranges(count, *, middle, family="ml", level="SE", country="US", year=2025, seed=0):
    drawn = np.random.default_rng(seed).lognormal(np.log(middle), 0.25, count)
    return [PostedRange(year, level, family, country, float(one), float(one * 1.4)) for one in drawn]


def market(*extra):
    return posted_pay(
        ranges=[
            *ranges(300, middle=170_000),
            *ranges(300, middle=120_000, level="EN", seed=1),
            *ranges(300, middle=150_000, family="se", seed=2),
            *ranges(60, middle=90_000, country="DE", family="se", seed=3),
            *extra,
        ]
    )


def test_both_ends_of_a_range_are_rows_of_one_advert():
    postings = posted_pay(
        ranges=[PostedRange(2025, "SE", "ml", "US", 100, 150), PostedRange(2025, "SE", "ml", "US", 90, None)]
    )
    assert np.exp(postings.log_pay).round().tolist() == [100, 90, 150]
    assert postings.advert.tolist() == [0, 1, 0]


@pytest.mark.parametrize(("low", "high"), [(0, 10), (-5, 10), (20, 10), (float("nan"), 10)])
def test_pay_that_cannot_be_is_refused(low, high):
    with pytest.raises(ValueError, match="above 0"):
        posted_pay(ranges=[PostedRange(2025, "SE", "ml", "US", low, high)])


def test_nothing_to_fit_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        posted_pay(ranges=[])


def test_a_full_cell_speaks_for_itself():
    pay = fit_pay(postings=market(), rules=RULES).pay(cell=ML_SENIOR)
    assert pay.rows == 600
    assert pay.shares[0].share > 0.95
    assert 180_000 < pay.quantiles[50] < 225_000


def test_a_thin_cell_abroad_borrows_level_and_title_from_home():
    model = fit_pay(postings=market(), rules=RULES)
    senior, entry = (model.pay(cell=Cell("ml", level, "PT")) for level in ("SE", "EN"))
    assert senior.rows == entry.rows == 0
    assert senior.shares[0].share == 0
    assert senior.quantiles[50] > entry.quantiles[50]
    assert senior.quantiles[50] < model.pay(cell=ML_SENIOR).quantiles[50]


def test_a_country_nobody_posted_in_still_gets_an_answer_with_its_pools():
    pay = fit_pay(postings=market(), rules=RULES).pay(cell=Cell("ml", "SE", "ZZ"))
    assert pay.region == "OTHER"
    assert pay.shares[-1].pool is Pool.EVERYWHERE
    assert pay.shares[-1].share == pytest.approx(1.0)


def test_older_years_do_not_count_but_are_shown():
    old = ranges(500, middle=40_000, year=2019, seed=9)
    postings = market(*old)
    with_old = fit_pay(postings=postings, rules=RULES).pay(cell=ML_SENIOR)
    assert with_old.years == (2025,)
    assert with_old.quantiles == fit_pay(postings=market(), rules=RULES).pay(cell=ML_SENIOR).quantiles
    years = pay_by_year(postings=postings, cell=ML_SENIOR, factor=2.0)
    assert [(one.year, one.rows) for one in years] == [(2019, 1000), (2025, 600)]
    assert 80_000 < years[0].quantiles[50] < 110_000


def test_a_year_with_a_handful_is_counted_and_not_drawn():
    years = pay_by_year(postings=market(*ranges(2, middle=1, year=2020)), cell=ML_SENIOR)
    assert (years[0].year, years[0].rows, years[0].quantiles) == (2020, 4, None)


def test_the_same_data_give_the_same_answer_whatever_was_asked_before():
    model, other = (fit_pay(postings=market(), rules=RULES) for _ in range(2))
    other.pay(cell=Cell("se", "SE", "DE"))
    assert model.pay(cell=ML_SENIOR) == other.pay(cell=ML_SENIOR)


def test_the_interval_of_the_middle_holds_it_and_narrows_with_data():
    few = fit_pay(postings=posted_pay(ranges=ranges(40, middle=150_000)), rules=RULES).pay(cell=ML_SENIOR)
    many = fit_pay(postings=posted_pay(ranges=ranges(900, middle=150_000)), rules=RULES).pay(cell=ML_SENIOR)
    for pay in (few, many):
        assert pay.median.low <= pay.quantiles[50] <= pay.median.high
    assert many.median.high - many.median.low < few.median.high - few.median.low


def europe(*middles):
    """A market in which a region has six countries with the medians given, and none from Portugal."""
    rules = replace(RULES, regions={"US": "US", "PT": "EU"} | dict.fromkeys(("C0", "C1", "C2", "C3", "C4", "C5"), "EU"))
    rows = [ranges(60, middle=middle, country=f"C{place}", seed=place) for place, middle in enumerate(middles)]
    model = fit_pay(postings=posted_pay(ranges=[*ranges(300, middle=170_000), *sum(rows, [])]), rules=rules)
    return model.pay(cell=Cell("ml", "SE", "PT"))


def test_without_rows_of_its_own_the_middle_is_as_uncertain_as_countries_lie_apart():
    alike = europe(*[100_000] * 6)
    apart = europe(60_000, 75_000, 90_000, 110_000, 135_000, 165_000)
    assert alike.rows == apart.rows == 0
    assert alike.median.high / alike.median.low < 1.35
    assert apart.median.low < 80_000
    assert apart.median.high > 160_000


def test_a_full_cell_stays_narrow_however_far_countries_lie_apart():
    rules = replace(RULES, regions={"US": "US"} | dict.fromkeys(("C0", "C1", "C2", "C3"), "EU"))
    rows = [ranges(400, middle=middle, country=f"C{place}", seed=place) for place, middle in
            enumerate((50_000, 80_000, 120_000, 180_000))]  # fmt: skip
    pay = fit_pay(postings=posted_pay(ranges=sum(rows, [])), rules=rules).pay(cell=Cell("ml", "SE", "C3"))
    assert pay.median.high / pay.median.low < 1.15


def test_groups_with_a_handful_of_rows_do_not_say_how_far_groups_lie_apart():
    handful = [
        row for place in range(5) for row in ranges(3, middle=10_000 * 4**place, country=f"X{place}", seed=place)
    ]
    found = spreads(strata=Strata(postings=market(*handful), rules=RULES))
    assert found[False, Pool.FAMILY_LEVEL_COUNTRY] == 0.0
    assert found[True, Pool.LEVEL_REGION] > 0.0


def test_only_the_outer_ends_are_widened_and_never_drawn_in():
    model = fit_pay(postings=market(), rules=RULES)
    plain, wide = model.strata.quantiles(cell=ML_SENIOR), model.quantiles(cell=ML_SENIOR)
    assert (wide[1:4] == plain[1:4]).all()
    assert wide[0] <= plain[0]
    assert wide[4] >= plain[4]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ml", "se"]), st.sampled_from(["EN", "SE"]), st.sampled_from(["US", "DE", "FR", "ZZ"]),
            st.floats(1, 1e7), st.none() | st.floats(1, 3),
        ),
        min_size=1, max_size=60,
    ),
    st.sampled_from(["US", "DE", "PT", "QQ"]),
)  # fmt: skip
def test_quantiles_are_in_order_and_shares_sum_to_one_for_any_data(drawn, country):
    rows = [PostedRange(2025, level, family, where, low, None if wide is None else low * wide)
            for family, level, where, low, wide in drawn]  # fmt: skip
    pay = fit_pay(postings=posted_pay(ranges=rows), rules=RULES).pay(cell=Cell("ml", "SE", country))
    points = [pay.quantiles[one] for one in PERCENTILES]
    assert all(np.isfinite(points))
    assert all(low <= high * (1 + 1e-12) for low, high in zip(points, points[1:], strict=False))
    assert sum(one.share for one in pay.shares) == pytest.approx(1.0)


def test_a_perfect_prediction_of_a_point_loses_nothing_and_a_bad_one_is_counted():
    actual = np.array([100.0, 200.0])
    exact = score_quantiles(predicted=np.tile(actual[:, None], (1, 5)), actual=actual)
    assert (exact.pinball, exact.within_80, exact.below_middle) == (0.0, 1.0, 0.0)
    off = score_quantiles(predicted=np.tile([[300.0] * 5], (2, 1)), actual=actual)
    assert off.pinball == pytest.approx(0.5 * 150)
    with pytest.raises(ValueError, match="five predicted"):
        score_quantiles(predicted=np.zeros((2, 3)), actual=actual)
