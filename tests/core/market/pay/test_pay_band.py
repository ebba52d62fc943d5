from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.market.pay.levels import Level, LevelMapping
from assay.core.market.pay.own import OwnPoint, OwnWeights, combine_own
from assay.core.market.pay.placing import Band, percentile_of, place_band, share_of_ranges
from assay.core.market.pay.postings import PostedRange
from assay.core.market.pay.published import PublishedPay, published_for
from assay.core.market.pay.question import PayQuestionError, choose
from assay.core.market.pay.strata import Cell, Pool

MARKET = {10: 100_000.0, 25: 130_000.0, 50: 160_000.0, 75: 200_000.0, 90: 250_000.0}
WEIGHTS = OwnWeights(
    kinds={"accepted": 1.0, "offer_declined": 0.5}, k=8, half_life_years=2, oldest_years=6, least_for_spread=5
)
TODAY = date(2026, 11, 21)
LEVELS = LevelMapping(
    levels=(
        Level("junior", "Junior", "EN", 0, 2),
        Level("mid", "Mid", "MI", 3, 5),
        Level("senior", "Senior", "SE", 6, 9),
    ),
    codes=(("EN", "entry"), ("MI", "mid"), ("SE", "senior"), ("EX", "director")),
    reason="As named.",
)


@pytest.mark.parametrize("percent", [10, 25, 50, 75, 90])
def test_a_quantile_stands_at_its_own_percentile(percent):
    assert percentile_of(value=MARKET[percent], quantiles=MARKET) == pytest.approx(percent)


@given(st.floats(1, 1e9), st.floats(1, 1e9))
def test_more_pay_never_stands_lower(one, other):
    low, high = sorted((one, other))
    assert percentile_of(value=low, quantiles=MARKET) <= percentile_of(value=high, quantiles=MARKET) + 1e-9


@pytest.mark.parametrize(("low", "high"), [(0, 10), (-1, 10), (float("inf"), float("inf")), (float("nan"), 5)])
def test_a_band_that_is_no_money_is_refused(low, high):
    with pytest.raises(PayQuestionError, match="above 0"):
        Band(low=low, high=high)


def test_a_band_upside_down_is_refused_in_words():
    with pytest.raises(PayQuestionError, match="190,000 is above 150,000"):
        Band(low=190_000, high=150_000)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (60_000, 90_000, "below nine tenths"),
        (120_000, 150_000, "below the middle"),
        (300_000, 320_000, "above nine tenths"),
        (100_000, 240_000, "more than twice"),
        (5_000, 9_000, "a month's pay"),
    ],
)
def test_an_odd_band_is_remarked_on(low, high, said):
    placed = place_band(band=Band(low=low, high=high), quantiles=MARKET, ranges=None)
    assert any(said in warning for warning in placed.warnings)


def test_a_band_in_the_middle_is_left_in_peace():
    assert place_band(band=Band(low=150_000, high=200_000), quantiles=MARKET, ranges=None).warnings == ()


def posted(count, low, high, **more):
    where = {"year": 2025, "level": "SE", "family": "ml", "country": "DE"} | more
    return [PostedRange(low_usd=low, high_usd=high, **where) for _ in range(count)]


def test_the_share_of_ranges_that_a_band_beats_is_counted_in_the_narrowest_pool_with_enough():
    region = {"DE": "EU", "FR": "EU", "US": "US"}
    market = [
        *posted(20, 90, 120), *posted(10, 100, 160), *posted(40, 10, 20, country="FR"), *posted(99, 1, 2, country="US"),
        *posted(50, 100, None),
    ]  # fmt: skip
    cell, band = Cell("ml", "SE", "DE"), Band(low=95, high=130)
    near = share_of_ranges(band=band, ranges=market, cell=cell, region_of=region, least=30)
    assert (near.pool, near.ranges) == (Pool.FAMILY_LEVEL_COUNTRY, 30)
    assert near.top_beaten == pytest.approx(20 / 30)
    assert near.middle_beaten == pytest.approx(20 / 30)
    assert near.reached == 1.0
    wider = share_of_ranges(band=band, ranges=market, cell=cell, region_of=region, least=31)
    assert (wider.pool, wider.ranges) == (Pool.FAMILY_LEVEL_REGION, 70)
    assert share_of_ranges(band=band, ranges=market, cell=cell, region_of=region, least=71) is None


def accepted(amount, day=TODAY, kind="accepted"):
    return OwnPoint(kind=kind, amount=amount, observed_on=day)


def test_without_own_offers_the_market_speaks_alone():
    own = combine_own(market=MARKET, points=[], rules=WEIGHTS, today=TODAY)
    assert (own.weight, own.quantiles, own.combined) == (0.0, None, MARKET)


def test_own_offers_gain_weight_with_their_number():
    small, large = (
        combine_own(market=MARKET, points=[accepted(220_000)] * count, rules=WEIGHTS, today=TODAY) for count in (1, 40)
    )
    assert small.weight == pytest.approx(1 / 9)
    assert large.weight == pytest.approx(40 / 48)
    assert MARKET[50] < small.combined[50] < large.combined[50] < 220_000
    assert small.quantiles[90] / small.quantiles[50] == pytest.approx(MARKET[90] / MARKET[50])


def test_an_old_offer_counts_half_after_a_half_life_and_nothing_when_too_old():
    old = combine_own(market=MARKET, points=[accepted(1e5, date(2024, 11, 21))], rules=WEIGHTS, today=TODAY)
    assert old.effective == pytest.approx(0.5, abs=0.002)
    gone = combine_own(market=MARKET, points=[accepted(1e5, date(2019, 1, 1))], rules=WEIGHTS, today=TODAY)
    assert (gone.count, gone.combined) == (0, MARKET)
    assert any("older than 6 years" in note for note in gone.notes)


def test_a_declined_offer_counts_less_and_is_remarked_on():
    own = combine_own(market=MARKET, points=[accepted(1e5, kind="offer_declined")], rules=WEIGHTS, today=TODAY)
    assert own.effective == 0.5
    assert any("Declined" in note for note in own.notes)


def test_an_offer_from_the_future_or_of_no_kind_is_refused():
    for point, said in ((accepted(1e5, date(2027, 1, 1)), "future"), (accepted(1e5, kind="rumour"), "no kind")):
        with pytest.raises(PayQuestionError, match=said):
            combine_own(market=MARKET, points=[point], rules=WEIGHTS, today=TODAY)


@given(st.lists(st.floats(1, 1e9), min_size=1, max_size=30))
def test_the_combined_quantiles_stay_in_order_and_between_the_two(amounts):
    own = combine_own(market=MARKET, points=[accepted(one) for one in amounts], rules=WEIGHTS, today=TODAY)
    points = list(own.combined.values())
    assert points == sorted(points)
    assert min(own.quantiles[50], MARKET[50]) * 0.999 <= own.combined[50] <= max(own.quantiles[50], MARKET[50]) * 1.001


def test_levels_are_read_as_told_and_the_change_is_seen():
    changed = LEVELS.changed("senior=EX:8-15")
    assert (changed.level("Senior").code, changed.level("senior").years_high) == ("EX", 15)
    assert changed.is_changed
    assert LEVELS.changed("") is LEVELS
    assert LEVELS.changed(LEVELS.as_text()) is LEVELS
    assert changed.as_text() == "junior=EN:0-2,mid=MI:3-5,senior=EX:8-15"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("senior", "not a change of levels"),
        ("senior=ZZ", "no code “ZZ”"),
        ("boss=SE", "no level “boss”"),
        ("senior=EN", "lower one"),
        ("mid=MI:9-2", "lower first"),
        ("x" * 10_000, "not a change"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(text, said):
    with pytest.raises(PayQuestionError, match=said):
        LEVELS.changed(text)


def test_a_name_spelt_wrongly_gets_the_nearest_ones():
    labels = {f"C{number}": f"Country {number}" for number in range(20)} | {"DE": "Germany"}
    assert choose(field="country", what="country", value=" germany ", labels=labels, names={}) == "DE"
    with pytest.raises(PayQuestionError, match=r"Did you mean DE \(Germany\)"):
        choose(field="country", what="country", value="Germny", labels=labels, names={})
    with pytest.raises(PayQuestionError, match="show all 21"):
        choose(field="country", what="country", value="\0<script>", labels=labels, names={})


def test_published_figures_are_shown_for_the_titles_years_and_city_they_speak_of():
    def row(fact, **more):
        plain = {"table": "A", "what": "", "kind": "base", "low": 1.0, "high": None, "open_top": False,
                 "families": (), "years_low": 0, "years_high": 40, "metro": ""}  # fmt: skip
        return PublishedPay(fact=fact, **(plain | more))

    rows = [
        row("all"), row("other", families=("ds",)), row("early", years_high=2), row("city", metro="Austin"),
        row("late", years_low=9),
    ]  # fmt: skip
    senior = LEVELS.level("senior")
    assert [one.fact for one in published_for(rows=rows, family="ml", level=senior, metro="")] == ["all", "late"]
    assert [one.fact for one in published_for(rows=rows, family="ds", level=senior, metro="Austin")] == [
        "all", "other", "city", "late",
    ]  # fmt: skip
