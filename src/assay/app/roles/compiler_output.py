"""A compiled role as JSON and as a role file."""

import json
import re
import unicodedata
from typing import Any

import msgspec
import yaml

from assay.core.roles.compiling.conditions import Value
from assay.core.roles.compiling.intake import Answers
from assay.core.roles.compiling.making import NoRoleNeeded, draft_role
from assay.core.roles.compiling.rulebook import CompilerRules
from assay.core.roles.compiling.scoring import Reason
from assay.core.roles.compiling.tipping import Tip
from assay.core.roles.compiling.verdict import Verdict


def to_json(*, verdict: Verdict, answers: Answers, rules: CompilerRules) -> str:
    """Return the verdict as JSON with sorted keys; the keys are listed in docs/roles.md."""
    return json.dumps(
        as_mapping(verdict=verdict, answers=answers, rules=rules), ensure_ascii=False, indent=2, sort_keys=True
    )


def as_mapping(*, verdict: Verdict, answers: Answers, rules: CompilerRules) -> dict[str, Any]:
    """Return the verdict as plain values: every reason with its rule and facts, and what those facts say."""
    content: dict[str, Any] = {
        "answers": {question.id: _plain(answers.get(question.id)) for question in rules.questions},
        "archetype": verdict.archetype,
        "archetypes": [_standing(verdict, number, rules) for number in range(len(verdict.standings))],
        "competencies": msgspec.to_builtins(verdict.competencies),
        "contradictions": msgspec.to_builtins(verdict.contradictions),
        "instead": verdict.instead,
        "is_close": verdict.is_close,
        "kind": verdict.kind.value,
        "level": {
            "level": verdict.level.level.value,
            "points": {level.value: points for level, points in verdict.level.points.items()},
            "reasons": _reasons(verdict.level.reasons),
        },
        "margin": verdict.margin,
        "mistakes": msgspec.to_builtins(verdict.mistakes),
        "mix": msgspec.to_builtins(verdict.mix),
        "must_haves": msgspec.to_builtins(verdict.must_haves),
        "open_questions": list(verdict.open_questions),
        "outcomes": msgspec.to_builtins(verdict.outcomes),
        "possible": list(verdict.possible),
        "problem": verdict.problem,
        "role": role_mapping(verdict=verdict),
        "rules_version": verdict.rules_version,
        "runner_up": verdict.runner_up,
        "stack": msgspec.to_builtins(verdict.stack),
        "tips": [_tip(tip) for tip in verdict.tips],
        "title": verdict.title,
        "unknown_skills": list(verdict.unknown_skills),
    }
    named = sorted(set(re.findall(r'"(F\d{3})"', json.dumps(content))))
    return content | {"facts": {fact: rules.facts[fact].says for fact in named}}


def role_mapping(*, verdict: Verdict) -> dict[str, Any] | None:
    """Return the role as a role file holds it; ``None`` when nobody is to be hired."""
    try:
        draft = draft_role(verdict=verdict)
    except NoRoleNeeded:
        return None
    return {
        "id": _slug(draft.title),
        "version": "1",
        "sources": [{"title": "Compiled from an intake", "reference": f"compiler rules {verdict.rules_version}"}],
        "title": draft.title,
        "problem": draft.problem,
        "seniority": draft.seniority.value,
        "competencies": [
            {"id": bar.competency, "level": bar.level, "weight": bar.weight} for bar in draft.competencies
        ],
        "must_haves": [
            {
                "id": f"must-{number}",
                "label": must.label,
                "claim_kinds": list(must.claim_kinds),
                "skills": list(must.skills),
            }
            for number, must in enumerate(draft.must_haves, 1)
        ],
        "skills": list(draft.skills),
        "outcomes": list(draft.outcomes),
    }


def to_role_file(*, verdict: Verdict) -> str:
    """Return the role as a YAML file that ``assay screen --role`` takes; raises ``NoRoleNeeded``."""
    mapping = role_mapping(verdict=verdict)
    if mapping is None:
        raise NoRoleNeeded(verdict.instead)
    return yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True, width=110)


def _standing(verdict: Verdict, number: int, rules: CompilerRules) -> dict[str, Any]:
    one = verdict.standings[number]
    return {
        "id": one.archetype,
        "title": rules.archetypes[one.archetype].title,
        "points": one.points,
        "low": one.low,
        "high": one.high,
        "reasons": _reasons(one.reasons),
    }


def _reasons(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [{"rule": one.rule, "says": one.says, "points": one.points, "facts": list(one.facts)} for one in reasons]


def _tip(tip: Tip) -> dict[str, Any]:
    return {
        "question": tip.question,
        "was": _plain(tip.was),
        "answer": _plain(tip.answer),
        "archetype": tip.archetype,
        "margin": tip.margin,
    }


def _plain(value: Value | None) -> object:
    return list(value) if isinstance(value, tuple) else value


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:72] or "role"
