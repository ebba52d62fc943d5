"""What a belief must do whatever was seen: keep to the scale, forget the order, never be misled by a copy."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.evidence.worlds import INTERVIEW, RULES, SENIOR

from assay.core.evidence.belief import CompetencyBelief, believe_all
from assay.core.evidence.measurement import Observer
from assay.core.evidence.scale import Distribution
from assay.core.evidence.seen import Seen, SharedBy, weigh

LEVELS = st.integers(min_value=0, max_value=4)
RELIABILITIES = st.floats(min_value=0.05, max_value=0.95)


def rating(level: float, *, by: str = "ana", reliability: float = INTERVIEW, talk: str = "") -> Seen:
    shares = ((SharedBy.OBSERVER, by), (SharedBy.CONVERSATION, talk or by))
    return Seen(f"{by}:{talk}:{level}", "serving", level, reliability, Observer.INTERVIEW, True, shares)


def claim(level: float, *, document: str = "1", key: str = "", reliability: float = 0.6) -> Seen:
    name = key or f"document {document}"
    shares = ((SharedBy.DOCUMENT, document),)
    return Seen(name, "serving", level, reliability, Observer.RESUME_SCREEN, False, shares)


def believe(*seen: Seen) -> CompetencyBelief:
    return believe_all(competency="serving", prior=SENIOR, seen=seen, rules=RULES)


def spread(distribution: Distribution) -> float:
    high, low = distribution.quantile(share=0.75), distribution.quantile(share=0.25)
    return high - low


SEEN = st.lists(
    st.one_of(
        st.builds(lambda level, by, trust: rating(level, by=by, reliability=trust), LEVELS, st.sampled_from("abc"),
                  RELIABILITIES),
        st.builds(lambda level, trust: claim(level, reliability=trust), st.floats(0, 4), RELIABILITIES),
    ),
    max_size=5,
    unique_by=lambda seen: seen.key,
)  # fmt: skip


@given(SEEN, st.randoms(use_true_random=False))
def test_the_order_of_measurements_does_not_matter(seen: list[Seen], random: object) -> None:
    shuffled = list(seen)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = believe(*seen), believe(*shuffled)
    assert one.distribution.weights == pytest.approx(other.distribution.weights, abs=1e-12)
    assert one.parts == other.parts
    assert one.disagreement == other.disagreement


@given(SEEN)
def test_a_belief_stays_on_the_scale_and_its_shares_sum_to_one(seen: list[Seen]) -> None:
    belief = believe(*seen)
    assert 0 <= belief.interval.low <= belief.level <= belief.interval.high <= 4
    assert math.fsum(belief.distribution.weights) == pytest.approx(1)
    assert math.fsum(belief.distribution.shares_by_level()) == pytest.approx(1)
    assert belief.prior_share + math.fsum(part.share for part in belief.parts) == pytest.approx(1)
    assert all(0 < part.news <= 1 for part in belief.parts)


@given(SEEN)
def test_a_measurement_without_reliability_changes_nothing(seen: list[Seen]) -> None:
    nothing = replace(rating(4, by="nobody"), reliability=0.0)
    assert believe(*seen, nothing) == believe(*seen)


@given(SEEN, st.sampled_from("defg"), RELIABILITIES)
def test_a_measurement_that_agrees_never_widens(seen: list[Seen], by: str, reliability: float) -> None:
    before = believe(*seen)
    agreeing = claim(before.level, document=by, key=by, reliability=reliability)
    after = believe(*seen, agreeing)
    assert after.interval.high - after.interval.low <= before.interval.high - before.interval.low + 0.02


@given(LEVELS, LEVELS, RELIABILITIES)
def test_a_higher_rating_never_lowers_the_belief(one: int, other: int, reliability: float) -> None:
    low, high = sorted((one, other))
    levels = [believe(claim(2), rating(level, reliability=reliability)).level for level in (low, high)]
    assert levels[0] <= levels[1] + 1e-9


@given(LEVELS)
def test_a_surer_measurement_narrows_more(level: int) -> None:
    spreads = [
        spread(believe(claim(float(level), reliability=trust)).distribution) for trust in (0.2, 0.4, 0.6, 0.8, 0.95)
    ]
    # At the ends of the scale an interval is cut off, which narrows what was less sure as well.
    assert spreads == sorted(spreads, reverse=True) or level in (0, 4)


def test_the_same_document_read_twice_is_little_news() -> None:
    once, twice = believe(claim(3)), believe(claim(3), claim(3, key="again"))
    another = believe(claim(3), claim(3, document="2"))
    assert spread(another.distribution) < spread(twice.distribution) < spread(once.distribution)
    assert [round(part.news, 2) for part in twice.parts] == [1.0, 0.11]


def test_equal_observations_that_share_a_source_weigh_what_the_formula_says() -> None:
    four = [claim(3, key=f"{number}") for number in range(4)]
    weighed = weigh(seen=four, spread=RULES.spread, shared=RULES.shared)
    assert sum(item.news for item in weighed) == pytest.approx(4 / (1 + 3 * 0.8))


@given(SEEN, RELIABILITIES)
def test_what_is_added_never_makes_another_weigh_less_than_it_adds(seen: list[Seen], reliability: float) -> None:
    def weight(items: list[Seen]) -> float:
        return sum(item.precision for item in weigh(seen=items, spread=RULES.spread, shared=RULES.shared))

    more = [*seen, rating(2, by="a", talk="second", reliability=reliability)]
    assert weight(more) >= weight(seen) - 1e-12


def test_a_panel_in_one_room_counts_for_less_than_two_conversations() -> None:
    room = believe(rating(3, by="ana", talk="t"), rating(3, by="ben", talk="t"))
    apart = believe(rating(3, by="ana"), rating(3, by="ben"))
    assert spread(apart.distribution) < spread(room.distribution)


def test_measurements_that_contradict_each_other_widen_and_say_so() -> None:
    torn = believe(rating(0, by="ana"), rating(4, by="ben"))
    calm = believe(rating(2, by="ana"), rating(2, by="ben"))
    assert calm.disagreement is None
    assert torn.disagreement is not None
    assert (torn.disagreement.lower.level, torn.disagreement.higher.level, torn.disagreement.gap) == (0, 4, 4)
    assert torn.disagreement.chance < 0.1
    assert torn.disagreement.widened > 1
    assert spread(torn.distribution) > spread(calm.distribution)


def test_one_level_apart_is_no_contradiction() -> None:
    assert believe(rating(2, by="ana"), rating(3, by="ben")).disagreement is None


def test_each_part_says_which_way_it_pulled() -> None:
    belief = believe(claim(3.2), rating(1))
    pulls = {part.seen.observer: part.pull for part in belief.parts}
    assert pulls[Observer.RESUME_SCREEN] > 0 > pulls[Observer.INTERVIEW]


def test_nothing_seen_is_the_prior() -> None:
    belief = believe()
    assert belief.parts == ()
    assert belief.prior_share == 1
    assert belief.level == pytest.approx(SENIOR.middle, abs=0.03)
    assert belief.interval.high - belief.interval.low > 2.5


def test_measurements_without_error_that_contradict_still_give_a_belief() -> None:
    belief = believe(claim(0, document="1", reliability=1.0), claim(4, document="2", reliability=1.0))
    assert 0 <= belief.level <= 4
