"""From an archetype and a level to competencies, must-haves, stack and outcomes."""

from collections.abc import Mapping

from assay.core.roles.compiling.conditions import Facts, holds
from assay.core.roles.compiling.intake import Answers, number_text
from assay.core.roles.compiling.rulebook import Archetype, ArchetypeKind, CompilerRules, MustRule, ShapeRule
from assay.core.roles.compiling.scoring import Reason
from assay.core.roles.compiling.verdict import CompiledBar, CompiledMust, CompiledOutcome, Mix, StackItem
from assay.core.roles.compiling.wording import fill, quoted
from assay.core.roles.role import Seniority

_LETTERS = {"decision": 64, "measure": 90}
_FIELD_ORDER = 10


def shape_competencies(
    *, rules: CompilerRules, facts: Facts, lead: Archetype, mix: Mix | None, level: Seniority
) -> tuple[CompiledBar, ...]:
    """Return the competencies with levels and shares that sum to 1, the heaviest first.

    A mix weighs both archetypes by their shares and takes the higher level. Rules add weight; a role that is not one of
    machine learning gains no competency it did not have. What ends below the least share is left out.
    """
    if not lead.competencies:
        return ()
    weights, levels = _blended(rules, lead, mix)
    reasons: dict[str, list[Reason]] = {}
    for rule in _holding(rules.shaping, facts):
        for competency, weight in sorted(rule.competencies.items()):
            if competency not in weights and lead.kind is not ArchetypeKind.ML:
                continue
            weights[competency] = weights.get(competency, 0) + weight
            levels[competency] = max(levels.get(competency, 0), rule.level)
            reasons.setdefault(competency, []).append(Reason(rule.id, rule.says, int(weight), rule.facts))
    shift = rules.level_shift[level]
    return tuple(
        CompiledBar(
            competency=one,
            level=min(4.0, max(1.0, levels[one] + shift)),
            weight=share / 100,
            reasons=tuple(reasons.get(one, ())),
        )
        for one, share in _hundredths(_kept(weights, rules))
    )


def choose_must_haves(*, rules: CompilerRules, facts: Facts, lead: str, mix: Mix | None) -> tuple[CompiledMust, ...]:
    """Return at most the allowed number of must-haves; a mix adds the partner's field to those of the lead."""
    partner = mix.archetype if mix else ""
    taken = [
        rule
        for rule in rules.musts
        if (lead in rule.archetypes or (partner in rule.archetypes and rule.order == _FIELD_ORDER))
        and (rule.when is None or holds(condition=rule.when, facts=facts))
    ]
    taken.sort(key=lambda rule: (rule.order, lead not in rule.archetypes, rule.id))
    return tuple(_must(rule) for rule in taken[: rules.most_musts])


def choose_stack(
    *, rules: CompilerRules, facts: Facts, answers: Answers
) -> tuple[tuple[StackItem, ...], tuple[str, ...]]:
    """Return the skills of the work, then those that were wished and can be found; and the wished that cannot.

    Wished skills that span too many trades would blur the role and stay out of it.
    """
    items: dict[str, StackItem] = {}
    for rule in sorted(rules.stack, key=lambda one: (one.order, one.id)):
        if holds(condition=rule.when, facts=facts):
            for skill in rule.skills:
                items.setdefault(skill, StackItem(skill, rule.says, rule.id, rule.facts))
    wished = answers.get("wished_skills", ())
    spanned = facts.get("families_wished", 0)
    is_blurred = isinstance(spanned, int | float) and spanned > rules.most_families
    unknown: list[str] = []
    for name in wished if isinstance(wished, tuple) else ():
        known = rules.skill_ids.get(name.casefold())
        if known is None:
            unknown.append(name)
        elif not is_blurred:
            items.setdefault(known, StackItem(known, "you asked for it", "wished", ()))
    return tuple(items.values()), tuple(unknown)


def choose_outcomes(*, rules: CompilerRules, facts: Facts, answers: Answers, who: str) -> tuple[CompiledOutcome, ...]:
    """Return one outcome a day of the plan, filled from the answers; nothing that is open is invented."""
    places = _places(rules.outcome_defaults, answers)
    chosen = []
    for day in sorted({rule.day for rule in rules.outcomes}):
        fitting = [rule for rule in rules.outcomes if rule.day == day and holds(condition=rule.when, facts=facts)]
        for rule in sorted(fitting, key=lambda one: (one.order, one.id))[:1]:
            used = {place for place in places if f"{{{place}}}" in rule.text + rule.check}
            chosen.append(
                CompiledOutcome(
                    rule=rule.id,
                    day=day,
                    who=who,
                    what=fill(text=rule.text, places=places),
                    check=fill(text=rule.check, places=places),
                    is_open=any(places[place] == rules.outcome_defaults[place] for place in used),
                    facts=rule.facts,
                )
            )
    return tuple(chosen)


def _places(defaults: Mapping[str, str], answers: Answers) -> dict[str, str]:
    places = dict(defaults)
    for place, question in (("work", "decision"), ("measure", "measure")):
        if question in answers:
            places[place] = quoted(text=str(answers[question]), most=_LETTERS[question])
    units = (("latency", "latency_ms", " ms"), ("load", "predictions_per_day", " a day"), ("launch", "launch_days", ""))
    for place, question, unit in units:
        number = answers.get(question)
        if isinstance(number, int | float):
            places[place] = f"{number_text(number=number)}{unit}"
    return places


def _blended(rules: CompilerRules, lead: Archetype, mix: Mix | None) -> tuple[dict[str, float], dict[str, float]]:
    parts = [(lead, mix.lead_share if mix else 1.0)]
    if mix is not None:
        parts.append((rules.archetypes[mix.archetype], mix.partner_share))
    weights: dict[str, float] = {}
    levels: dict[str, float] = {}
    for archetype, share in parts:
        for bar in archetype.competencies:
            weights[bar.competency] = weights.get(bar.competency, 0) + bar.weight * share
            levels[bar.competency] = max(levels.get(bar.competency, 0), bar.level)
    return weights, levels


def _holding(shaping: tuple[ShapeRule, ...], facts: Facts) -> list[ShapeRule]:
    return sorted((rule for rule in shaping if holds(condition=rule.when, facts=facts)), key=lambda rule: rule.id)


def _kept(weights: Mapping[str, float], rules: CompilerRules) -> dict[str, float]:
    total = sum(weights.values())
    heavy = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[: rules.most_competencies]
    return {one: weight for one, weight in heavy if weight / total * 100 >= rules.least_share}


def _hundredths(weights: Mapping[str, float]) -> list[tuple[str, int]]:
    """Return whole hundredths that sum to 100: rounded down, and what is left goes to the largest remainders."""
    total = sum(weights.values())
    exact = {one: weight / total * 100 for one, weight in weights.items()}
    whole = {one: int(share) for one, share in exact.items()}
    by_rest = sorted(exact, key=lambda one: (whole[one] - exact[one], one))
    for one in by_rest[: 100 - sum(whole.values())]:
        whole[one] += 1
    return sorted(whole.items(), key=lambda pair: (-pair[1], pair[0]))


def _must(rule: MustRule) -> CompiledMust:
    return CompiledMust(rule.id, rule.label, rule.claim_kinds, rule.skills, rule.says, rule.facts)
