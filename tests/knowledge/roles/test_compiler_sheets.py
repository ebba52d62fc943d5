"""The compiler's files hold together: everything named is there, every rule can fire, every role can win."""

import itertools
import random
import re
from pathlib import Path

import pytest

from assay.app.roles.compiler_rules import load_compiler_rules
from assay.core.roles.compiling.compilation import compile_intake, judge_level
from assay.core.roles.compiling.conditions import facts_of, holds
from assay.core.roles.compiling.intake import QuestionKind
from assay.core.roles.compiling.mistakes import derived_facts
from assay.core.roles.compiling.scoring import points_of, rank_archetypes
from assay.core.roles.role import Seniority
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.roles.compiler import sheets
from assay.knowledge.roles.compiler.sheets import load_compiler, rules_by_file

RULES = load_compiler_rules()
QUESTIONS = {one.id: one for one in RULES.questions}
SKILLS = ("python", "langchain", "kubernetes", "tableau", "react", "opencv", "spark", "aws")


def test_the_intake_is_short() -> None:
    asked = [one for one in RULES.questions if one.section != "wishes"]
    assert 10 <= len(asked) <= 16
    assert all(one.help and one.example for one in asked)
    assert {one.section for one in RULES.questions} == {one.id for one in RULES.sections}


def test_every_fact_that_is_used_is_declared() -> None:
    knowledge = load_compiler()
    used = {fact for rules in rules_by_file(knowledge=knowledge).values() for rule in rules for fact in rule.facts}
    used |= set(knowledge.archetypes.mix_facts)
    assert used <= set(knowledge.facts)


def test_what_is_worked_out_is_exactly_what_is_declared() -> None:
    answers = {"goal": "product", "budget": "mid", "wished_seniority": "lead", "wished_skills": SKILLS, "years": 5}
    facts = derived_facts(rules=RULES, answers=answers, archetype="buy", mix=None, level=Seniority.MID)
    assert set(facts) - set(answers) == set(load_compiler().intake.derived)


def test_every_number_that_scoring_compares_with_lies_between_two_steps() -> None:
    for rule in RULES.scoring:
        for name in facts_of(condition=rule.when):
            question = QUESTIONS[name]
            if question.kind is QuestionKind.NUMBER:
                truths = {
                    holds(condition=part, facts={name: step})
                    for step in question.steps
                    for part in comparisons_of(rule.when)
                    if part.fact == name
                }
                assert truths == {True, False}, rule.id


def comparisons_of(condition):
    parts = getattr(condition, "parts", None) or ([condition.part] if hasattr(condition, "part") else None)
    return [condition] if parts is None else [test for part in parts for test in comparisons_of(part)]


def choices(question):
    ids = [option.id for option in question.options]
    match question.kind:
        case QuestionKind.ONE:
            return [None, *ids]
        case QuestionKind.MANY:
            alone = [option.id for option in question.options if option.is_exclusive]
            free = [one for one in ids if one not in alone]
            groups = itertools.chain.from_iterable(itertools.combinations(free, size) for size in (1, 2, 3))
            return [
                None,
                *groups,
                *(((one,) for one in alone) if alone else ()),
                *([(alone[0],)] * 12 if alone else ()),
            ]
        case QuestionKind.NUMBER:
            return [None, question.least, *question.steps, *(step + 1 for step in question.steps), question.most]
        case QuestionKind.SKILLS:
            return [None, SKILLS[:1], SKILLS[:2], SKILLS]
    return [None, "words"]


def drawn(seed: int) -> list[dict[str, object]]:
    """Many intakes, half of them with most answers open."""
    dice = random.Random(seed)
    possible = {one.id: choices(one) for one in RULES.questions}
    made = []
    for _ in range(4_000):
        openness = dice.choice([0.1, 0.4, 0.7])
        picked = {key: dice.choice(values) for key, values in possible.items() if dice.random() > openness}
        made.append({key: value for key, value in picked.items() if value is not None})
    return made


@pytest.fixture(scope="module")
def situations() -> list[tuple[dict[str, object], str]]:
    """Intakes with all that is worked out from them, and the archetype that leads."""
    found = []
    for answers in drawn(7):
        points = points_of(rules=RULES.scoring, facts=answers)
        if not points:
            continue
        lead = rank_archetypes(rules=RULES, points=points)[0]
        level = judge_level(answers=answers, archetype=lead, rules=RULES).level
        found.append((derived_facts(rules=RULES, answers=answers, archetype=lead, mix=None, level=level), lead))
    return found


def test_every_archetype_can_lead_and_every_level_can_come_out(situations) -> None:
    assert {lead for _, lead in situations} == set(RULES.archetypes)
    assert {facts["level"] for facts, _ in situations} == {level.value for level in Seniority}


def test_no_rule_is_out_of_reach(situations) -> None:
    everything = (
        *RULES.scoring, *RULES.levels, *RULES.shaping, *RULES.stack, *RULES.outcomes, *RULES.contradictions,
        *RULES.mistakes,
    )  # fmt: skip
    waiting = {rule.id: rule for rule in everything}
    waiting |= {f"{rule.id}@": rule for rule in RULES.musts if rule.when is not None}
    for facts, _ in situations:
        waiting = {key: rule for key, rule in waiting.items() if not holds(condition=rule.when, facts=facts)}
    assert sorted(waiting) == []


def test_every_must_have_is_taken_by_some_role(situations) -> None:
    seen = set()
    for facts, lead in situations:
        for rule in RULES.musts:
            if lead in rule.archetypes and (rule.when is None or holds(condition=rule.when, facts=facts)):
                seen.add(rule.id)
    assert seen == {rule.id for rule in RULES.musts}


def test_every_outcome_can_be_the_first_of_its_day(situations) -> None:
    seen = set()
    for facts, _ in situations:
        for day in (30, 60, 90):
            fitting = [one for one in RULES.outcomes if one.day == day and holds(condition=one.when, facts=facts)]
            seen.add(min(fitting, key=lambda one: (one.order, one.id)).id)
    assert seen == {one.id for one in RULES.outcomes}


def test_every_place_in_a_sentence_is_filled(situations) -> None:
    place = re.compile(r"\{[a-z_]+\}")
    for facts, _ in situations[:60]:
        answers = {key: value for key, value in facts.items() if key in QUESTIONS}
        verdict = compile_intake(answers=answers, rules=RULES)
        texts = [one.what + one.check for one in verdict.outcomes]
        texts += [one.title + one.why + one.fix for one in verdict.mistakes]
        assert [text for text in texts if place.search(text)] == []


HERE = Path(sheets.__file__).parent


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("scoring.yaml", "[goal, is, answers]", "[gaol, is, answers]", "there is no question or fact 'gaol'"),
        ("scoring.yaml", "[goal, is, answers]", "[goal, is, wealth]", "'wealth' is none of the options of 'goal'"),
        ("scoring.yaml", "[goal, is, answers]", "[goal, equals, answers]", "there is no operation 'equals'"),
        ("scoring.yaml", "[goal, is, answers]", "[goal, is]", "wrong number of parts"),
        ("scoring.yaml", "[goal, is, answers]", "{every: []}", "is no condition"),
        ("scoring.yaml", "at_least, 1000000", "at_least, many", "needs a number, not 'many'"),
        ("scoring.yaml", "data-scientist: 4, data-analyst: 4", "wizard: 4", "'wizard', which is no archetype"),
        ("scoring.yaml", "facts: [F028, F030]", "facts: [F999]", "names the fact F999, which is not in facts.yaml"),
        ("scoring.yaml", "id: goal-prototype", "id: goal-answers", "'goal-answers' stands there twice"),
        ("shaping.yaml", "serving: 5, reliability: 2", "magic: 5", "'magic', which is no competency"),
        ("musts.yaml", "claim_kinds: [vision]", "claim_kinds: [visions]", "'visions', which screening cannot find"),
        ("levels.yaml", "tie_order: [senior", "tie_order: [wizard", "field tie_order[0]"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_of_ones_own_names_the_place(tmp_path, name, old, new, message) -> None:
    text = (HERE / name).read_text()
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as caught:
        load_compiler_rules(tmp_path)
    assert str(caught.value).startswith(f"{name}: ")
    assert message in str(caught.value)


def test_own_rules_change_the_result_and_the_version(tmp_path) -> None:
    text = (HERE / "scoring.yaml").read_text()
    (tmp_path / "scoring.yaml").write_text(text.replace("{ml-engineer: 5, mlops-engineer: 1", "{buy: 50"))
    own = load_compiler_rules(tmp_path)
    assert own.version != RULES.version
    assert compile_intake(answers={"goal": "product"}, rules=own).archetype == "buy"
