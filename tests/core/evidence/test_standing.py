"""A candidate against a role: odds of must-haves alone and together, what is covered, who is no random applicant."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.evidence.worlds import RULES, SHEET

from assay.core.evidence.measurement import Observer
from assay.core.evidence.musts import Bar, Must, Odds, joint_odds, must_chance, odds_of
from assay.core.evidence.population import PopulationRules
from assay.core.evidence.profile import Prior
from assay.core.evidence.scale import Distribution, normal_prior
from assay.core.evidence.seen import Seen, SharedBy
from assay.core.evidence.standing import Covered, Standing, standing_of

POPULATION = PopulationRules(
    seniorities={name: Prior(note.middle, note.spread) for name, note in SHEET.seniorities.items()},
    competencies=SHEET.competencies,
    sent_on=SHEET.sent_on,
)
BARS = (Bar("serving", "Serving", 2.5, 0.6), Bar("monitoring", "Monitoring", 2.0, 0.4))
WATCHES = Must("watches", "Watches", (("monitoring", 2.0),))
SHIPPED = Must("shipped", "Shipped", (("deployment", 2.0), ("serving", 2.0)))
LICENCE = Must("licence", "Has a licence", ())


def seen(competency: str, level: float, observer: Observer = Observer.INTERVIEW) -> Seen:
    is_document = observer is Observer.RESUME_SCREEN
    shares = ((SharedBy.DOCUMENT if is_document else SharedBy.OBSERVER, "1"),)
    return Seen(f"{competency} {observer}", competency, level, 0.5, observer, not is_document, shares)


def standing(*items: Seen, musts: tuple[Must, ...] = (WATCHES, SHIPPED, LICENCE), sent_on: bool = False) -> Standing:
    return standing_of(
        bars=BARS,
        musts=musts,
        seen=items,
        seniority="senior",
        is_sent_on=sent_on,
        population=POPULATION,
        rules=RULES,
    )


def test_a_competency_that_only_a_must_have_asks_about_is_known_too() -> None:
    known = {item.belief.competency: item for item in standing().competencies}
    assert list(known) == ["serving", "monitoring", "deployment"]
    assert known["deployment"].bar is None
    assert known["deployment"].chance is None


def test_each_must_have_says_how_it_was_measured() -> None:
    covered = [must.covered for must in standing(seen("deployment", 3, Observer.RESUME_SCREEN)).musts]
    assert covered == [Covered.UNMEASURED, Covered.DOCUMENT_ONLY, Covered.UNMEASURED]
    covered = [must.covered for must in standing(seen("deployment", 3), seen("monitoring", 1)).musts]
    assert covered[:2] == [Covered.BY_PEOPLE, Covered.BY_PEOPLE]


def test_a_must_have_that_no_level_shows_has_no_number_and_is_not_multiplied_in() -> None:
    with_it, without = standing(), standing(musts=(WATCHES, SHIPPED))
    assert with_it.musts[2].odds.chance is None
    assert with_it.joint.uncounted == 1
    assert with_it.joint.chance == without.joint.chance


def test_measurements_of_nothing_asked_change_nothing() -> None:
    assert standing(seen("research", 4)) == standing()


def test_being_sent_on_counts_only_where_the_document_is_silent() -> None:
    document = seen("serving", 3, Observer.RESUME_SCREEN)
    before, after = standing(document), standing(document, sent_on=True)
    levels = [(a.belief.level, b.belief.level) for a, b in zip(before.competencies, after.competencies, strict=True)]
    assert levels[0][0] == levels[0][1]
    assert levels[1][1] - levels[1][0] == pytest.approx(SHEET.sent_on, abs=0.03)


def test_a_stricter_seat_is_sought_by_stronger_people() -> None:
    middles = [SHEET.seniorities[name].middle for name in ("junior", "mid", "senior", "lead")]
    assert middles == sorted(middles)


DISTRIBUTIONS = st.builds(normal_prior, middle=st.floats(0, 4), spread=st.floats(0.3, 1.5))
MUSTS = st.lists(
    st.builds(
        lambda name, ways: Must(name, name, tuple(ways)),
        st.sampled_from("pqrs"),
        st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([1.0, 2.0, 3.0])), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@given(MUSTS, DISTRIBUTIONS, DISTRIBUTIONS, DISTRIBUTIONS)
def test_the_joint_odds_lie_between_their_bounds(
    musts: list[Must], a: Distribution, b: Distribution, c: Distribution
) -> None:
    joint = joint_odds(musts=musts, beliefs={"a": a, "b": b, "c": c})
    assert 0 <= joint.least <= joint.most <= 1
    assert joint.chance <= joint.most + 1e-9
    assert joint.counted == len(musts)


def test_one_competency_asked_twice_is_one_question() -> None:
    beliefs = {"a": normal_prior(middle=2.0, spread=1.0)}
    lower, higher = Must("x", "x", (("a", 2.0),)), Must("y", "y", (("a", 3.0),))
    joint = joint_odds(musts=(lower, higher), beliefs=beliefs)
    assert joint.chance == pytest.approx(beliefs["a"].share_from(level=3.0))


def test_a_must_have_implied_by_another_costs_nothing() -> None:
    beliefs = {"a": normal_prior(middle=2.0, spread=1.0), "b": normal_prior(middle=1.0, spread=1.0)}
    strict, wide = Must("x", "x", (("a", 3.0),)), Must("y", "y", (("a", 2.0), ("b", 2.0)))
    assert joint_odds(musts=(strict, wide), beliefs=beliefs).chance == pytest.approx(beliefs["a"].share_from(level=3.0))


def test_any_one_way_suffices() -> None:
    beliefs = {"a": normal_prior(middle=2.0, spread=1.0), "b": normal_prior(middle=2.0, spread=1.0)}
    both = must_chance(must=Must("x", "x", (("a", 2.0), ("b", 2.0))), beliefs=beliefs)
    assert both == pytest.approx(0.75, abs=0.01)


def test_without_must_haves_nothing_stands_against_anyone() -> None:
    joint = joint_odds(musts=(), beliefs={})
    assert (joint.chance, joint.least, joint.most, joint.counted) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("chance", "odds"),
    [
        (1.0, "almost_certain"),
        (0.9, "almost_certain"),
        (0.7, "likely"),
        (0.5, "open"),
        (0.1, "doubtful"),
        (0, "hardly"),
    ],
)
def test_probabilities_have_one_word_each(chance: float, odds: str) -> None:
    assert odds_of(chance=chance) is Odds(odds)
    assert Odds(odds).label


@given(st.floats(-1, 5), DISTRIBUTIONS)
def test_quantiles_and_shares_say_the_same(level: float, belief: Distribution) -> None:
    share = belief.share_from(level=level)
    assert 0 <= share <= 1
    if 0.01 < share < 0.99 and 0 < level < 4:
        assert belief.quantile(share=1 - share) == pytest.approx(level, abs=1e-6)


def test_a_bar_at_the_top_of_the_scale_can_be_met() -> None:
    assert 0 < normal_prior(middle=3.5, spread=1.0).share_from(level=4.0) < 0.5
    assert math.isclose(sum(normal_prior(middle=3.5, spread=1.0).shares_by_level()), 1.0)
