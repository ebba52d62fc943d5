from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.readiness.small import IDS, SMALL, every

from assay.core.readiness.lifting import EffectKind, plan_actions
from assay.core.readiness.verdict import Verdict, judge

levels = st.one_of(st.none(), st.integers(0, 4))
answers = st.fixed_dictionaries(dict.fromkeys(IDS, levels))


def plan(**given_levels):
    return plan_actions(questionnaire=SMALL, levels=given_levels)


def known(levels):
    return judge(questionnaire=SMALL, levels=levels, counts_unknown=False).verdict


def test_one_action_that_turns_the_verdict_says_exactly_that():
    (action,) = plan(**every(4, access=0)).actions
    assert (action.question.id, action.kind, action.alone) == ("access", EffectKind.VERDICT, Verdict.HIRE)
    assert action.effect == "This alone would turn “prepare first” into “hire”."


def test_actions_that_only_help_together_say_so():
    actions = plan(**every(4, access=0, not_alone=0, review=0, partners=0)).actions
    assert actions[0].effect == "This would lift a hard stop; none is left."
    assert actions[1].kind is EffectKind.TOGETHER
    assert actions[1].effect == "With those above, this would turn “prepare first” into “hire with conditions”."


def test_a_dimension_that_rises_without_turning_anything_says_from_where_to_where():
    actions = plan(**every(0, access=1)).actions
    assert len(actions) == SMALL.rules.most_actions
    told = [one.effect for one in actions if one.kind is EffectKind.DIMENSION]
    assert all("would rise from level" in one and "“prepare first” would stay" in one for one in told)


def test_where_nothing_is_low_there_is_nothing_to_do():
    assert plan(**every(4)).actions == plan(**every(4)).ways == ()


def test_what_is_unknown_is_found_out_and_not_lifted():
    assert plan(**every(None)).actions == ()
    result = plan(**every(4, access=None, history=1))
    assert [one.question.id for one in result.actions] == ["history"]
    assert result.actions[0].effect.startswith("On what is known: ")


@given(answers)
@settings(max_examples=60)
def test_what_an_action_promises_is_what_answering_so_would_give(given_levels):
    reached = dict(given_levels)
    for action in plan(**given_levels).actions:
        alone = known({**given_levels, action.question.id: action.lifted_to})
        reached[action.question.id] = action.lifted_to
        assert (action.alone, action.in_order) == (alone, known(reached))
        assert action.lifted_to > action.level
        assert action.dimension_after > action.dimension_before


@given(answers)
@settings(max_examples=60)
def test_a_way_reaches_its_verdict_and_no_step_of_the_first_way_is_idle(given_levels):
    for number, way in enumerate(plan(**given_levels).ways):
        ids = [one.id for one in way.questions]
        assert known({**given_levels, **dict.fromkeys(ids, 3)}).rank >= way.verdict.rank
        for left_out in ids if number == 0 else ():
            fewer = [one for one in ids if one != left_out]
            assert known({**given_levels, **dict.fromkeys(fewer, 3)}).rank < way.verdict.rank


@given(answers)
@settings(max_examples=60)
def test_there_are_never_more_actions_than_the_rules_allow(given_levels):
    actions = plan(**given_levels).actions
    assert len(actions) <= SMALL.rules.most_actions
    assert len({one.question.id for one in actions}) == len(actions)
