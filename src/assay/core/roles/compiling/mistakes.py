"""Hiring mistakes that an intake shows once the role is made, each with its fix."""

from collections.abc import Mapping

from assay.core.roles.compiling.conditions import Facts, Value, holds
from assay.core.roles.compiling.intake import Answers, answer_text, number_text
from assay.core.roles.compiling.rulebook import ArchetypeKind, CompilerRules, MistakeRule
from assay.core.roles.compiling.verdict import Change, LevelVerdict, Mistake, Mix
from assay.core.roles.compiling.wording import fill
from assay.core.roles.role import Seniority

_RANKS = {level.value: rank for rank, level in enumerate(Seniority, 1)}


def derived_facts(
    *, rules: CompilerRules, answers: Answers, archetype: str, mix: Mix | None, level: Seniority
) -> dict[str, Value]:
    """Return the answers with what is worked out from them and from the result."""
    skills = wished_skill_ids(rules=rules, answers=answers)
    facts: dict[str, Value] = {
        **answers,
        "archetype": archetype,
        "partner": mix.archetype if mix else "",
        "level": level.value,
        "level_rank": _RANKS[level.value],
        "skills_wished": len(skills),
        "families_wished": len(_families(rules, skills)),
        "too_young": len(younger_skills(rules=rules, answers=answers)),
    }
    for fact, question in (("wished_rank", "wished_seniority"), ("budget_rank", "budget")):
        if question in answers:
            facts[fact] = _RANKS[str(answers[question])]
    return facts


def wished_skill_ids(*, rules: CompilerRules, answers: Answers) -> tuple[str, ...]:
    """Return the wished skills by id where screening knows them, else as written, each once."""
    wished = answers.get("wished_skills", ())
    names = wished if isinstance(wished, tuple) else ()
    return tuple(dict.fromkeys(rules.skill_ids.get(name.casefold(), name.casefold()) for name in names))


def younger_skills(*, rules: CompilerRules, answers: Answers) -> tuple[str, ...]:
    """Return the wished skills that nobody can have used for as many years as are asked for."""
    years = answers.get("years")
    if not isinstance(years, int | float):
        return ()
    skills = wished_skill_ids(rules=rules, answers=answers)
    return tuple(skill for skill in skills if skill in rules.since and years > rules.year - rules.since[skill])


def find_mistakes(*, rules: CompilerRules, facts: Facts, answers: Answers, level: LevelVerdict) -> tuple[Mistake, ...]:
    """Return the mistakes that show, serious ones first; one that another says better is left out."""
    found = [rule for rule in rules.mistakes if holds(condition=rule.when, facts=facts)]
    replaced = frozenset().union(*(rule.replaces for rule in found)) if found else frozenset()
    kept = sorted((rule for rule in found if rule.id not in replaced), key=lambda rule: (not rule.is_serious, rule.id))
    places = _places(rules, facts, answers, level)
    return tuple(
        Mistake(
            rule=rule.id,
            is_serious=rule.is_serious,
            title=fill(text=rule.title, places=places),
            why=fill(text=rule.why, places=places),
            fix=fill(text=rule.fix, places=places),
            facts=rule.facts,
            change=_change(rule, rules, facts),
        )
        for rule in kept
    )


def _families(rules: CompilerRules, skills: tuple[str, ...]) -> list[str]:
    return [family for family, members in rules.families.items() if not members.isdisjoint(skills)]


def _change(rule: MistakeRule, rules: CompilerRules, facts: Facts) -> Change | None:
    if rule.apply is None:
        return None
    match rule.apply.take:
        case "":
            return Change(rule.apply.question, rule.apply.value)
        case "archetype" if rules.archetypes[str(facts["archetype"])].kind is ArchetypeKind.NONE:
            return None
        case taken:
            return Change(rule.apply.question, facts[taken])


def _places(rules: CompilerRules, facts: Facts, answers: Answers, level: LevelVerdict) -> Mapping[str, str]:
    spoken = {
        question.id: answer_text(question=question, answer=answers.get(question.id)) for question in rules.questions
    }
    lowered = {name: spoken[name].lower() for name in ("wished_seniority", "budget")}
    named = younger_skills(rules=rules, answers=answers)
    return {
        **spoken,
        **lowered,
        "archetype": rules.archetypes[str(facts["archetype"])].title,
        "level": level.level.value,
        "level_reason": next((reason.says for reason in level.reasons if reason.points > 0), "The work asks for more"),
        "skills_wished": number_text(number=_count(facts, "skills_wished")),
        "families_wished": number_text(number=_count(facts, "families_wished")),
        "too_young_names": ", ".join(rules.skill_labels.get(one, one) for one in named[:3]),
        "years": number_text(number=_count(facts, "years")),
    }


def _count(facts: Facts, name: str) -> float:
    value = facts.get(name, 0)
    return value if isinstance(value, int | float) else 0
