"""Compile an intake: which role, at which level, with which bar, and what to beware of."""

from assay.core.roles.compiling.conditions import Value, holds
from assay.core.roles.compiling.intake import Answers
from assay.core.roles.compiling.mistakes import derived_facts, find_mistakes
from assay.core.roles.compiling.rulebook import Archetype, ArchetypeKind, CompilerRules
from assay.core.roles.compiling.scoring import (
    Standing,
    find_alternatives,
    find_standings,
    points_of,
    reasons_for,
)
from assay.core.roles.compiling.shaping import choose_must_haves, choose_outcomes, choose_stack, shape_competencies
from assay.core.roles.compiling.tipping import find_tips
from assay.core.roles.compiling.verdict import Contradiction, LevelVerdict, Mix, Verdict
from assay.core.roles.compiling.wording import shortened
from assay.core.roles.role import Seniority

_TITLE_LETTERS = 200
_PROBLEM_LETTERS = 900
_MIX_STEP = 0.05


class NothingToGoBy(ValueError):
    """Raised for an intake from which nothing follows; the message says which answers help most."""


def compile_intake(*, answers: Answers, rules: CompilerRules) -> Verdict:
    """Return the role that the answers call for, with reasons, runner-up, tips and mistakes.

    The same answers and rules give the same verdict, whatever the order of rules. Raises ``NothingToGoBy``.
    """
    if not points_of(rules=rules.scoring, facts=answers):
        raise NothingToGoBy("Nothing follows yet. Say what the person should leave behind, and from which data.")
    alternatives = find_alternatives(rules=rules, answers=answers)
    standings = find_standings(rules=rules, answers=answers, alternatives=alternatives)
    first, second = standings[:2]
    lead = rules.archetypes[first.archetype]
    margin = first.points - second.points
    mix = _mix(lead, second, margin, first.points, rules)
    level = judge_level(answers=answers, archetype=lead.id, rules=rules)
    facts = derived_facts(rules=rules, answers=answers, archetype=lead.id, mix=mix, level=level.level)
    stack, unknown = choose_stack(rules=rules, facts=facts, answers=answers)
    title = _title(lead, mix, level.level, rules)
    is_hire = lead.kind is not ArchetypeKind.NONE
    return Verdict(
        rules_version=rules.version,
        open_questions=tuple(question.id for question in rules.questions if question.id not in answers),
        contradictions=find_contradictions(answers=answers, rules=rules),
        standings=standings,
        margin=margin,
        is_close=margin <= rules.close_margin,
        mix=mix,
        possible=tuple(one.archetype for one in standings[1:] if one.high > first.low),
        tips=find_tips(rules=rules, answers=answers, alternatives=alternatives),
        kind=lead.kind,
        instead=lead.instead,
        title=title,
        problem=_problem(lead, answers),
        level=level,
        competencies=shape_competencies(rules=rules, facts=facts, lead=lead, mix=mix, level=level.level),
        must_haves=choose_must_haves(rules=rules, facts=facts, lead=lead.id, mix=mix),
        stack=stack if is_hire else (),
        unknown_skills=unknown,
        outcomes=choose_outcomes(rules=rules, facts=facts, answers=answers, who=title) if is_hire else (),
        mistakes=find_mistakes(rules=rules, facts=facts, answers=answers, level=level),
    )


def judge_level(*, answers: Answers, archetype: str, rules: CompilerRules) -> LevelVerdict:
    """Return the level with the most points; the order of the rules' file settles a tie."""
    facts: dict[str, Value] = {**answers, "archetype": archetype}
    points = points_of(rules=rules.levels, facts=facts)
    level = max(rules.level_order, key=lambda one: (points.get(one.value, 0), -rules.level_order.index(one)))
    return LevelVerdict(
        level=level,
        points={one: points.get(one.value, 0) for one in Seniority},
        reasons=reasons_for(rules=rules.levels, facts=facts, target=level.value),
    )


def find_contradictions(*, answers: Answers, rules: CompilerRules) -> tuple[Contradiction, ...]:
    """Return the answers that cannot both be true, by rule id."""
    found = (rule for rule in rules.contradictions if holds(condition=rule.when, facts=answers))
    return tuple(
        Contradiction(rule.id, rule.questions, rule.says, rule.facts) for rule in sorted(found, key=lambda one: one.id)
    )


def _mix(lead: Archetype, second: Standing, margin: int, points: int, rules: CompilerRules) -> Mix | None:
    """Return the shares of a hybrid when it is close and one person can honestly do both."""
    if margin > rules.close_margin or second.points <= 0 or second.archetype not in lead.mixes:
        return None
    share = round(points / (points + second.points) / _MIX_STEP) * _MIX_STEP
    return Mix(second.archetype, round(share, 2), round(1 - share, 2), rules.mix_facts)


def _title(lead: Archetype, mix: Mix | None, level: Seniority, rules: CompilerRules) -> str:
    if lead.kind is ArchetypeKind.NONE:
        return lead.title
    prefix = {Seniority.JUNIOR: "Junior ", Seniority.MID: "", Seniority.SENIOR: "Senior ", Seniority.LEAD: "Lead "}
    title = f"{prefix[level]}{lead.title}"
    if mix is not None:
        shares = f"{mix.lead_share * 100:.0f}/{mix.partner_share * 100:.0f}"
        title = f"{title} with {rules.archetypes[mix.archetype].short} ({shares})"
    return title[:_TITLE_LETTERS]


def _problem(lead: Archetype, answers: Answers) -> str:
    parts = [str(answers["decision"]).rstrip(". ") + "."] if "decision" in answers else []
    parts += [lead.problem] if lead.problem else []
    parts += [f"Success shows in this: {str(answers['measure']).rstrip('. ')}."] if "measure" in answers else []
    return shortened(text=" ".join(parts), most=_PROBLEM_LETTERS)
