"""Uncertain inputs: their shapes, their messages, and draws that repeat."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.market.draws import (
    Chance,
    Correlation,
    DistributionError,
    Draws,
    Fixed,
    LogNormal,
    Pert,
    Uniform,
    point_of,
    rank_correlation,
    round_figures,
    summarise,
)
from assay.core.market.inverse_cdf import beta_quantiles, normal_quantiles

SHARES = np.linspace(1e-6, 1 - 1e-6, 2001)
KNOWN = [0.403619, 0.090844, 0.928669, 0.246112, 0.67617]
numbers = st.floats(-1e6, 1e6)


def test_normal_quantiles_agree_with_the_standard_library_out_to_the_far_tails() -> None:
    shares = np.concatenate((SHARES, [1e-300, 1e-30, 1 - 1e-12]))
    expected = [NormalDist().inv_cdf(share) for share in shares]
    assert np.allclose(normal_quantiles(shares), expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("alpha", "beta", "mass"),
    [
        (1, 1, lambda x: x),
        (2, 1, lambda x: x**2),
        (1, 5, lambda x: 1 - (1 - x) ** 5),
        (3, 3, lambda x: 10 * x**3 - 15 * x**4 + 6 * x**5),
        (5, 1, lambda x: x**5),
    ],
)
def test_beta_quantiles_turn_back_into_shares_where_the_mass_is_known_in_closed_form(alpha, beta, mass) -> None:
    assert np.abs(mass(beta_quantiles(shares=SHARES, alpha=alpha, beta=beta)) - SHARES).max() < 2e-6


def test_a_pert_has_the_mean_its_three_points_promise() -> None:
    sample = Draws(seed=1).sample("x", Pert(0.0, 10.0, 20.0 + 10.0))
    assert sample.mean() == pytest.approx((0 + 40 + 30) / 6, abs=0.01)


def test_a_lognormal_meets_each_of_its_three_points() -> None:
    pay = LogNormal(p10=121_000, p50=203_000, p90=320_000)
    spread = summarise(Draws(seed=7).sample("base", pay))
    assert (spread.p10, spread.p50, spread.p90) == pytest.approx((121_000, 203_000, 320_000), rel=0.001)


def test_a_lognormal_without_a_middle_takes_the_geometric_mean() -> None:
    assert LogNormal(p10=80, p90=220).middle == pytest.approx((80 * 220) ** 0.5)


@given(st.lists(numbers, min_size=3, max_size=3).map(sorted), st.floats(0.5, 20))
def test_a_pert_stays_within_its_ends_and_rises_with_the_share(points, lamb) -> None:
    low, mode, high = points
    values = Pert(low, mode, high, lamb).quantiles(SHARES)
    assert low - 1e-6 <= values.min() and values.max() <= high + 1e-6
    assert (np.diff(values) >= -1e-9 * max(1.0, abs(low), abs(high))).all()


@given(st.integers(0, 2**63 - 1), st.text(max_size=20))
def test_the_same_seed_and_name_give_the_same_bytes(seed: int, name: str) -> None:
    first = Draws(seed=seed, size=50).uniforms(name).tobytes()
    assert Draws(seed=seed, size=50).uniforms(name).tobytes() == first


def test_a_known_seed_gives_known_numbers_on_every_machine() -> None:
    drawn = Draws(seed=20261121, size=5).sample("benefits", Uniform(0.0, 1.0))
    assert [round(float(one), 6) for one in drawn] == KNOWN


def test_drawing_another_input_does_not_move_the_first() -> None:
    draws = Draws(seed=3, size=500)
    before = draws.sample("bonus", Uniform(0, 1))
    draws.sample("equity", Uniform(0, 1))
    assert (draws.sample("bonus", Uniform(0, 1)) == before).all()


def test_inputs_of_different_names_are_unrelated() -> None:
    draws = Draws(seed=3)
    assert abs(rank_correlation(x=draws.uniforms("bonus"), y=draws.uniforms("equity"))) < 0.03


def test_each_stream_has_one_value_in_each_slice() -> None:
    uniforms = Draws(seed=11, size=1000).uniforms("any")
    assert sorted((uniforms * 1000).astype(int)) == list(range(1000))


@pytest.mark.parametrize("rho", [-0.6, 0.6, 0.9])
def test_a_correlated_pair_has_the_rank_correlation_asked_and_keeps_its_margins(rho: float) -> None:
    draws = Draws(seed=5, correlations=(Correlation("base", "rate", rho),))
    base, rate = (draws.uniforms(name) for name in ("base", "rate"))
    assert rank_correlation(x=base, y=rate) == pytest.approx(rho, abs=0.02)
    assert sorted((rate * draws.size).astype(int)) == list(range(draws.size))
    assert (base == Draws(seed=5).uniforms("base")).all()


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Fixed(float("nan")), "value"),
        (lambda: Uniform(2, 1), "low"),
        (lambda: Pert(1, 5, 4), "mode"),
        (lambda: Pert(3, 2, 4), "low"),
        (lambda: Pert(1, 2, 3, lamb=0), "lamb"),
        (lambda: Pert(1, 2, float("inf")), "high"),
        (lambda: Uniform(0, 1e300), "high"),
        (lambda: LogNormal(p10=0, p90=5), "p10"),
        (lambda: LogNormal(p10=5, p50=3, p90=9), "p10"),
        (lambda: LogNormal(p10=1, p50=-3, p90=9), "p50"),
        (lambda: Chance(1.2), "share"),
        (lambda: Draws(seed=-1), "seed"),
        (lambda: Draws(seed=1, size=1), "size"),
        (lambda: Correlation("a", "b", 1.0), "rho"),
        (lambda: Correlation("a", "a", 0.5), "second"),
        (lambda: Draws(seed=1, correlations=(Correlation("a", "b", 0.5), Correlation("b", "c", 0.5))), "correlations"),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_name_of_the_part_to_change(make, field: str) -> None:
    with pytest.raises(DistributionError) as refusal:
        make()
    assert refusal.value.field == field
    assert str(refusal.value).endswith(".")


def test_a_chance_happens_as_often_as_it_says() -> None:
    assert Draws(seed=2).sample("bad_hire", Chance(0.12)).mean() == pytest.approx(0.12, abs=0.0001)


def test_the_median_of_a_distribution_can_be_read_without_drawing() -> None:
    assert point_of(distribution=Uniform(10, 30), share=0.5) == 20
    assert point_of(distribution=Fixed(7), share=0.1) == 7


def test_a_spread_of_nothing_or_of_no_number_is_refused() -> None:
    for values in (np.array([]), np.array([1.0, float("nan")])):
        with pytest.raises(ValueError, match="at least one value"):
            summarise(values)


@pytest.mark.parametrize(
    ("value", "shown"), [(287_412, 290_000), (0, 0), (-0.01234, -0.012), (1, 1), (99.9, 100), (1.45e9, 1.4e9)]
)
def test_numbers_are_rounded_to_two_figures_for_people(value: float, shown: float) -> None:
    assert round_figures(value) == pytest.approx(shown)


def test_ranks_that_tie_share_their_place() -> None:
    assert rank_correlation(x=np.array([1.0, 1.0, 2.0]), y=np.array([3.0, 3.0, 9.0])) == pytest.approx(1.0)
    assert rank_correlation(x=np.array([1.0, 1.0]), y=np.array([3.0, 4.0])) == 0.0
