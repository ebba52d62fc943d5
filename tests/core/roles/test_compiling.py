from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.roles.compiler_intakes import RULES, intakes

from assay.app.roles.vocabulary import load_vocabulary
from assay.core.roles.compiling.compilation import NothingToGoBy, compile_intake
from assay.core.roles.compiling.making import NoRoleNeeded, draft_role
from assay.core.roles.compiling.rulebook import ArchetypeKind
from assay.core.roles.compiling.scoring import points_of
from assay.core.roles.draft import compile_role
from assay.core.roles.role import Seniority

PRODUCT = {"goal": "product", "data": ("tables",), "technique": ("classic",), "timing": "realtime"}


def compiled(**answers):
    return compile_intake(answers=answers, rules=RULES)


def verdict_of(answers, rules=RULES):
    assume(points_of(rules=rules.scoring, facts=answers))
    return compile_intake(answers=answers, rules=rules)


def rules_of(verdict):
    return {one.rule for one in verdict.mistakes}


def test_the_points_of_an_archetype_are_the_sum_of_its_reasons():
    for standing in compiled(**PRODUCT).standings:
        assert standing.points == sum(reason.points for reason in standing.reasons)


def test_nothing_answered_says_what_to_answer_first():
    with pytest.raises(NothingToGoBy, match="what the person should leave behind"):
        compiled()


@settings(max_examples=12, deadline=None)
@given(intakes(), st.randoms(use_true_random=False))
def test_the_order_of_rules_in_their_files_does_not_matter(answers, random):
    def mixed(rules):
        return tuple(random.sample(rules, len(rules)))

    names = ("scoring", "levels", "shaping", "musts", "stack", "outcomes", "contradictions", "mistakes")
    shuffled = replace(RULES, **{name: mixed(getattr(RULES, name)) for name in names})
    assert verdict_of(answers, shuffled) == verdict_of(answers)


@settings(max_examples=15, deadline=None)
@given(intakes())
def test_every_tip_really_flips_the_lead(answers):
    verdict = verdict_of(answers)
    for tip in verdict.tips[:4]:
        other = compile_intake(answers={**answers, tip.question: tip.answer}, rules=RULES)
        assert other.archetype == tip.archetype != verdict.archetype
        assert other.margin == tip.margin > 0


@settings(max_examples=15, deadline=None)
@given(intakes())
def test_whatever_is_answered_the_role_can_be_stored(answers):
    verdict = verdict_of(answers)
    assert len(verdict.must_haves) <= 5
    if verdict.kind is ArchetypeKind.NONE:
        with pytest.raises(NoRoleNeeded):
            draft_role(verdict=verdict)
        assert (verdict.competencies, verdict.must_haves, verdict.stack, verdict.outcomes) == ((), (), (), ())
        return
    assert sum(round(bar.weight * 100) for bar in verdict.competencies) == 100
    assert all(1 <= bar.level <= 4 for bar in verdict.competencies)
    assert [one.day for one in verdict.outcomes] == [30, 60, 90]
    role = compile_role(draft=draft_role(verdict=verdict), key="own", version=1, vocabulary=load_vocabulary())
    assert role.seniority is verdict.level.level


@settings(max_examples=12, deadline=None)
@given(intakes())
def test_every_reason_names_a_rule_and_facts_that_are_there(answers):
    verdict = verdict_of(answers)
    said = [reason for standing in verdict.standings for reason in standing.reasons]
    said += [*verdict.level.reasons, *(reason for bar in verdict.competencies for reason in bar.reasons)]
    ids = {rule.id for rule in (*RULES.scoring, *RULES.levels, *RULES.shaping)}
    assert {reason.rule for reason in said} <= ids
    sourced = [*said, *verdict.must_haves, *verdict.outcomes, *verdict.mistakes, *verdict.contradictions]
    assert all(one.facts and set(one.facts) <= set(RULES.facts) for one in sourced)


@settings(max_examples=12, deadline=None)
@given(intakes(), st.sampled_from([one.id for one in RULES.questions if one.section != "wishes"]))
def test_an_open_question_widens_the_answer_so_that_any_reply_stays_inside(answers, question):
    known = {key: value for key, value in answers.items() if key != question}
    assume(question in answers)
    wide = {one.archetype: one for one in verdict_of(known).standings}
    tried = set(RULES.question(question).steps)
    if isinstance(answers[question], tuple):
        assume(len(answers[question]) == 1)
    assume(not tried or answers[question] in tried)
    for one in verdict_of(answers).standings:
        assert wide[one.archetype].low <= one.points <= wide[one.archetype].high


def test_wishes_move_neither_role_nor_level():
    wished = {
        "wished_title": "ai-engineer",
        "phd": "required",
        "wished_seniority": "lead",
        "budget": "junior",
        "years": 9,
    }
    plain, with_wishes = compiled(**PRODUCT), compiled(**PRODUCT, **wished)
    assert (with_wishes.standings[0].points, with_wishes.archetype) == (plain.standings[0].points, plain.archetype)
    assert with_wishes.level.level == plain.level.level
    assert with_wishes.competencies == plain.competencies
    assert with_wishes.must_haves == plain.must_haves


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"timing": "batch", "latency_ms": 50}, "fast-schedule"),
        ({"data": ("nothing",), "predictions_per_day": 5_000_000}, "load-without-data"),
        ({"stage": "maintenance", "models_live": 0}, "upkeep-of-nothing"),
        ({"goal": "method", "launch_days": 90}, "research-launch"),
        ({"team": ("nobody",), "wished_seniority": "lead", "goal": "product"}, "alone-lead"),
    ],
)
def test_answers_that_cannot_both_be_true_are_explained(answers, rule):
    found = {one.rule: one for one in compiled(**answers).contradictions}
    assert rule in found
    assert set(found[rule].questions) <= {one.id for one in RULES.questions}


def test_a_close_call_that_one_person_can_do_is_a_mix_that_states_its_shares():
    verdict = compiled(
        goal="product", data=("tables",), data_state="scattered", technique=("classic",), timing="batch",
        stage="greenfield", models_live=0, team=("software", "product"),
    )  # fmt: skip
    assert verdict.is_close
    assert (verdict.archetype, verdict.mix.archetype) == ("data-engineer", "ml-engineer")
    assert verdict.mix.lead_share + verdict.mix.partner_share == 1
    assert verdict.title == "Senior Data Engineer with ML engineering (55/45)"
    assert {"Has built data pipelines that others use"} < {must.label for must in verdict.must_haves}


def test_levels_follow_people_stakes_and_time():
    calm = {"team": ("ml_team", "ml_lead"), "harm": ("little",), "launch_days": 365}
    assert compiled(**PRODUCT, **calm).level.level is Seniority.JUNIOR
    assert compiled(goal="prototype", team=("ml_peer",)).level.level is Seniority.MID
    assert compiled(**PRODUCT, team=("software",)).level.level is Seniority.SENIOR
    grown = {"stage": "scaling", "team": ("ml_team",), "technique": ("llm_adapt",)}
    assert compiled(goal="platform", **grown).level.level is Seniority.LEAD


def test_a_junior_is_not_asked_to_have_shipped():
    calm = {"team": ("ml_team", "ml_lead"), "harm": ("little",), "launch_days": 365}
    labels = [must.label for must in compiled(**PRODUCT, **calm).must_haves]
    assert labels == ["Has written code that others used"]


def test_outcomes_carry_the_figures_that_were_given_and_say_where_none_was():
    given_figures = compiled(**PRODUCT, decision="Stop fraud.", measure="losses below 1 %", latency_ms=80)
    last = given_figures.outcomes[-1]
    assert "“Stop fraud” is live: 95 of 100 answers within 80 ms, at the agreed load" in last.what
    assert "“losses below 1 %”" in last.check
    assert last.is_open
    assert (
        compiled(**PRODUCT, decision="{measure}", measure="x", launch_days=200).outcomes[0].what.endswith("“{measure}”")
    )


@pytest.mark.parametrize(
    ("wishes", "mistake"),
    [
        ({"wished_title": "data-scientist"}, "wrong-title"),
        ({"wished_title": "all-rounder"}, "all-rounder"),
        ({"wished_title": "computer-vision-engineer"}, "specialist-for-generalist"),
        ({"phd": "required"}, "phd-filter"),
        ({"phd": "preferred"}, "phd-preferred"),
        ({"wished_skills": ("Python", "SQL", "Docker", "MLflow", "Git", "AWS")}, "too-many-musts"),
        ({"wished_skills": ("OpenCV", "LangChain", "Terraform", "React", "Tableau")}, "unicorn-list"),
        ({"wished_skills": ("LangChain",), "years": 8}, "years-young-tools"),
        ({"years": 15}, "years-many"),
        ({"wished_seniority": "junior", "years": 4}, "years-junior"),
        ({"budget": "junior"}, "underpaid"),
        ({"wished_seniority": "lead", "budget": "senior"}, "title-over-budget"),
        ({"wished_seniority": "junior"}, "level-low"),
        ({"wished_seniority": "lead"}, "level-high"),
        ({"team": ("software",)}, "lone-hire"),
    ],
)
def test_each_wish_that_does_not_fit_is_named_with_a_fix_that_clears_it(wishes, mistake):
    answers = {**PRODUCT, "team": ("ml_peer", "platform", "product"), "harm": ("money",), **wishes}
    found = {one.rule: one for one in compiled(**answers).mistakes}
    assert mistake in found
    change = found[mistake].change
    if change is not None:
        fixed = {**answers, change.question: change.answer}
        fixed = {key: value for key, value in fixed.items() if value is not None}
        assert mistake not in rules_of(compiled(**fixed))


def test_the_better_said_mistake_stands_alone():
    found = rules_of(compiled(goal="product", data=("interactions",), wished_title="ai-engineer"))
    assert "llm-for-recommender" in found
    assert not {"wrong-title", "generalist-for-specialist"} & found
