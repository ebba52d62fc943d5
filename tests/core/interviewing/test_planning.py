"""Plans against roles: what is missed, what is asked too often, and that a suggestion is neither."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assay.core.interviewing.kit import AskedQuestion, Kit, plan_time
from assay.core.interviewing.planning import Coverage, FindingKind, Need, PlannedTalk, PlanRules, cover
from assay.core.interviewing.suggesting import BankQuestion, SuggestedTalk, TalkShape, suggest_plan

RULES = PlanRules(most_measured=2, most_focus=4, candidate_minutes=240, weight_to_measure=0.08)
SHAPES = (
    TalkShape("experience", "Past work", "", 45),
    TalkShape("architecture", "Design", "", 60),
    TalkShape("culture", "Working together", "", 45),
)
KEYS = [f"c{number}" for number in range(12)]


def need(key: str, *, weight: float = 0.1, is_must: bool = False) -> Need:
    return Need(key, key.upper(), weight, 3, is_must)


def talk(number: int, *focus: str, minutes: int = 60) -> PlannedTalk:
    return PlannedTalk(number, 1, f"Talk {number}", minutes, focus)


def covered(needs: list[Need], talks: list[PlannedTalk]) -> Coverage:
    return cover(needs=needs, talks=talks, in_documents={"b"}, labels={}, rules=RULES)


def test_a_must_have_that_nobody_looks_at_comes_first_and_can_be_put_where_there_is_room() -> None:
    view = covered([need("a"), need("m", is_must=True)], [talk(1, "x", "y"), talk(2, "z")])

    first = view.findings[0]
    assert first.kind is FindingKind.MISSED_MUST
    assert first.is_serious
    assert (first.fix.planned_id, first.fix.competency, first.fix.is_added) == (2, "m", True)


def test_the_third_look_at_one_competency_is_too_many() -> None:
    view = covered([need("a")], [talk(1, "a"), talk(2, "a", "b"), talk(3, "a")])

    (found,) = [one for one in view.findings if one.kind is FindingKind.TOO_OFTEN]
    assert (found.fix.planned_id, found.fix.is_added) == (2, False)
    assert not [one for one in covered([need("a")], [talk(1, "a"), talk(2, "a")]).findings if one.competency == "a"]


def test_a_competency_gone_from_the_role_is_named_and_can_be_left_out() -> None:
    (found,) = covered([need("a")], [talk(1, "a", "old")]).findings

    assert found.kind is FindingKind.NOT_ASKED
    assert (found.fix.competency, found.fix.is_added) == ("old", False)


def test_more_hours_than_is_kind_are_said() -> None:
    kinds = {one.kind for one in covered([need("a")], [talk(1, "a", minutes=180), talk(2, "a", minutes=61)]).findings}
    assert FindingKind.TOO_LONG in kinds


def test_what_weighs_little_may_go_unmeasured() -> None:
    assert covered([need("a", weight=0.03)], [talk(1)]).findings == ()


def suggested(needs: list[Need], stages: int, bank: tuple[BankQuestion, ...] = ()) -> tuple[SuggestedTalk, ...]:
    return suggest_plan(
        needs=needs,
        stage_ids=list(range(stages)),
        shapes=SHAPES,
        bank=bank,
        seniority="senior",
        rules=RULES,
        reserved_minutes=15,
    )


@given(
    musts=st.sets(st.sampled_from(KEYS), max_size=5),
    others=st.sets(st.sampled_from(KEYS), max_size=8),
    stages=st.integers(2, 5),
)
def test_a_suggestion_looks_at_every_must_have_and_at_nothing_three_times(
    musts: set[str], others: set[str], stages: int
) -> None:
    needs = [need(key, is_must=key in musts) for key in sorted(musts | others)]
    talks = [
        PlannedTalk(number, one.stage_id, one.kit.title, one.kit.minutes, one.kit.focus)
        for number, one in enumerate(suggested(needs, stages))
    ]
    kinds = {one.kind for one in covered(needs, talks).findings}

    assert not kinds & {FindingKind.MISSED_MUST, FindingKind.TOO_OFTEN, FindingKind.TOO_WIDE, FindingKind.NOT_ASKED}
    assert len(talks) <= stages


@given(minutes=st.lists(st.integers(2, 40), max_size=12), stages=st.integers(1, 3))
def test_suggested_questions_fit_the_time_and_none_is_asked_twice(minutes: list[int], stages: int) -> None:
    bank = tuple(
        BankQuestion(f"q{n}", f"Question {n}?", "a", ("experience",), ("senior",), length)
        for n, length in enumerate(minutes)
    )
    talks = suggested([need("a", is_must=True)], stages, bank)

    for one in talks:
        assert sum(asked.minutes for asked in one.kit.questions) <= one.kit.minutes - 15
    asked = [question.question_id for one in talks for question in one.kit.questions]
    assert len(set(asked)) == len(asked)


def test_a_question_goes_to_the_talk_whose_kind_it_fits() -> None:
    bank = (BankQuestion("q", "Draw it?", "a", ("culture",), ("senior",), 10),)
    first, last = suggested([need("a", is_must=True), need("b", weight=0.05)], 2, bank)

    assert "a" in last.kit.focus
    assert [one.question_id for one in last.kit.questions] == ["q"]
    assert first.kit.title == "Past work"


def test_the_conversation_ends_with_the_candidates_questions_even_when_ours_are_too_many() -> None:
    kit = Kit("Talk", "", 30, (), tuple(AskedQuestion("", f"Q{n}", "a", 10) for n in range(3)))

    late = plan_time(kit=kit, opening=5, closing=10)
    assert [slot.starts_at_minute for slot in late.slots] == [0, 5, 15, 25, 35]
    assert late.spare_minutes == -15
    roomy = plan_time(kit=replace(kit, minutes=60), opening=5, closing=10)
    assert roomy.slots[-1].starts_at_minute == 50
    assert roomy.spare_minutes == 15
