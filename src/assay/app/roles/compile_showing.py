"""A verdict as its page shows it: bars, tips and facts in words, with the places of everything to press."""

from collections.abc import Iterator
from dataclasses import dataclass

from assay.app.roles.vocabulary import load_vocabulary
from assay.core.roles.compiling.intake import Answers, Question, answer_text
from assay.core.roles.compiling.rulebook import ArchetypeKind, CompilerRules, FieldFact
from assay.core.roles.compiling.scoring import Reason, Standing
from assay.core.roles.compiling.tipping import Tip
from assay.core.roles.compiling.verdict import Verdict
from assay.core.roles.role import Seniority

_LEAST_SHOWN = 3
_MOST_SHOWN = 6
_MOST_TIPS = 6
_FAR_BEHIND = 3


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """One archetype: its points with reasons, and its bar in percent of the drawing (start, width, whisker)."""

    title: str
    points: int
    low: int
    high: int
    is_lead: bool
    reasons: tuple[Reason, ...]
    start: float
    width: float
    whisker_start: float
    whisker_end: float


@dataclass(frozen=True, slots=True)
class ShownTip:
    """One other answer that changes who leads; ``value`` is what the button sends."""

    label: str
    now: str
    other: str
    title: str
    margin: int
    value: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A question and what a fix makes of its answer."""

    label: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownContradiction:
    """Answers that cannot both be true, with the questions to look at as (id, label)."""

    says: str
    facts: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownBar:
    """One competency with its label, level (0-4), share (0-1) and what the answers added."""

    label: str
    level: float
    weight: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """A verdict in words. ``zero`` is where 0 points lie in the drawing, in percent."""

    verdict: Verdict
    is_hire: bool
    is_ml: bool
    about: str
    headline: str
    mix: str
    standings: tuple[ShownStanding, ...]
    others: tuple[ShownStanding, ...]
    zero: float
    table: tuple[tuple[str, str, str, str], ...]
    contradictions: tuple[ShownContradiction, ...]
    serious: int
    tips: tuple[ShownTip, ...]
    open_questions: tuple[str, ...]
    possible: tuple[str, ...]
    level_points: tuple[tuple[Seniority, int], ...]
    level_note: str
    competencies: tuple[ShownBar, ...]
    skills: tuple[tuple[str, str], ...]
    changes: dict[str, ShownChange]
    musts: dict[str, str]
    facts: tuple[FieldFact, ...]


def show_verdict(*, verdict: Verdict, rules: CompilerRules) -> ShownVerdict:
    """Return what the page shows of a verdict; names that these rules no longer know are shown as they are."""
    lead = rules.archetypes.get(verdict.archetype)
    words = load_vocabulary()
    standings, zero = _standings(verdict, rules)
    count = _shown_count(verdict)
    return ShownVerdict(
        verdict=verdict,
        is_hire=verdict.kind is not ArchetypeKind.NONE,
        is_ml=verdict.kind is ArchetypeKind.ML,
        about=lead.about if lead else "",
        headline=_headline(verdict, rules),
        mix=_mix(verdict, rules),
        standings=standings[:count],
        others=tuple(one for one in standings[count:] if one.reasons),
        zero=zero,
        table=tuple((one.title, str(one.points), str(one.low), str(one.high)) for one in standings),
        contradictions=_contradictions(verdict, rules),
        serious=sum(mistake.is_serious for mistake in verdict.mistakes),
        tips=tuple(_tips(verdict, rules)),
        open_questions=_open(verdict, rules),
        possible=tuple(_title(rules, one) for one in verdict.possible),
        level_points=tuple((level, verdict.level.points.get(level, 0)) for level in Seniority),
        level_note=_level_note(verdict),
        competencies=tuple(
            ShownBar(words.competencies.get(bar.competency, bar.competency), bar.level, bar.weight, bar.reasons)
            for bar in verdict.competencies
        ),
        skills=tuple((words.skills.get(item.skill, item.skill), item.says) for item in verdict.stack),
        changes=_changes(verdict, rules),
        musts={must.rule: _shown_by(must.claim_kinds, must.skills) for must in verdict.must_haves},
        facts=_facts(verdict, rules),
    )


def intake_lines(*, answers: Answers, rules: CompilerRules) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the answers by section: (section, ((question, answer), ...)); what is open is left out."""
    lines = []
    for section in rules.sections:
        given = tuple(
            (question.label, answer_text(question=question, answer=answers[question.id]))
            for question in rules.questions
            if question.section == section.id and question.id in answers
        )
        lines.append((section.label, given))
    return tuple((label, given) for label, given in lines if given)


def _title(rules: CompilerRules, archetype: str) -> str:
    known = rules.archetypes.get(archetype)
    return known.title if known else archetype


def _headline(verdict: Verdict, rules: CompilerRules) -> str:
    second = verdict.standings[1]
    name = _title(rules, second.archetype)
    points = "1 point" if verdict.margin == 1 else f"{verdict.margin} points"
    if verdict.margin == 0:
        return f"A tie with {name}, settled by the order of the list."
    if verdict.is_close:
        return f"A close call: {points} before {name}."
    if second.points * _FAR_BEHIND <= verdict.standings[0].points:
        return f"Clear: {points}, and nothing else comes near."
    return f"{points} before {name}."


def _level_note(verdict: Verdict) -> str:
    level, points = verdict.level.level, verdict.level.points
    even = [one.value for one in Seniority if one is not level and points.get(one, 0) == points.get(level, 0)]
    return (
        f"As many points as {' and '.join(even)}; the order of the rules settles it. Either can be right."
        if even
        else ""
    )


def _mix(verdict: Verdict, rules: CompilerRules) -> str:
    if verdict.mix is None:
        return ""
    lead, partner = rules.archetypes.get(verdict.archetype), rules.archetypes.get(verdict.mix.archetype)
    if lead is None or partner is None:
        return ""
    return (
        f"One person can honestly do both: {verdict.mix.lead_share * 100:.0f} % {lead.short}, "
        f"{verdict.mix.partner_share * 100:.0f} % {partner.short}. Say the shares in the advert."
    )


def _shown_count(verdict: Verdict) -> int:
    likely = sum(one.points > 0 or one.archetype in verdict.possible for one in verdict.standings)
    return min(max(likely, _LEAST_SHOWN), _MOST_SHOWN)


def _standings(verdict: Verdict, rules: CompilerRules) -> tuple[tuple[ShownStanding, ...], float]:
    shown = verdict.standings[: _shown_count(verdict)]
    left = min(0, *(min(one.points, one.low) for one in shown))
    right = max(1, *(max(one.points, one.high) for one in shown))

    def place(points: float) -> float:
        return min(max((points - left) / (right - left), 0.0), 1.0) * 100

    def drawn(one: Standing) -> ShownStanding:
        low, high = sorted((place(0), place(one.points)))
        return ShownStanding(
            title=_title(rules, one.archetype),
            points=one.points,
            low=one.low,
            high=one.high,
            is_lead=one.archetype == verdict.archetype,
            reasons=one.reasons,
            start=low,
            width=high - low,
            whisker_start=place(one.low),
            whisker_end=place(one.high),
        )

    return tuple(drawn(one) for one in verdict.standings), place(0)


def _tips(verdict: Verdict, rules: CompilerRules) -> Iterator[ShownTip]:
    asked = {question.id: question for question in rules.questions}
    for tip in verdict.tips[:_MOST_TIPS]:
        question = asked.get(tip.question)
        if question is not None:
            yield ShownTip(
                label=question.label,
                now=answer_text(question=question, answer=tip.was),
                other=_otherwise(question, tip),
                title=_title(rules, tip.archetype),
                margin=tip.margin,
                value=f"{tip.question}:{tip.archetype}",
            )


def _otherwise(question: Question, tip: Tip) -> str:
    """Return the other answer; for a list, what is added or taken away."""
    if not (isinstance(tip.was, tuple) and isinstance(tip.answer, tuple)):
        return answer_text(question=question, answer=tip.answer)
    added = tuple(one for one in tip.answer if one not in tip.was)
    gone = tuple(one for one in tip.was if one not in tip.answer)
    if added and gone:
        return f"only: {answer_text(question=question, answer=tip.answer)}"
    changed = answer_text(question=question, answer=added or gone)
    return f"also: {changed}" if added else f"without: {changed}"


def _open(verdict: Verdict, rules: CompilerRules) -> tuple[str, ...]:
    asked = {question.id: question for question in rules.questions}
    found = (asked[one] for one in verdict.open_questions if one in asked)
    return tuple(question.label for question in found if question.section != "wishes")


def _contradictions(verdict: Verdict, rules: CompilerRules) -> tuple[ShownContradiction, ...]:
    labels = {question.id: question.label for question in rules.questions}
    return tuple(
        ShownContradiction(one.says, one.facts, tuple((key, labels[key]) for key in one.questions if key in labels))
        for one in verdict.contradictions
    )


def _changes(verdict: Verdict, rules: CompilerRules) -> dict[str, ShownChange]:
    """Return what each mechanical fix changes, by the mistake's rule."""
    asked = {question.id: question for question in rules.questions}
    return {
        mistake.rule: ShownChange(
            asked[mistake.change.question].label,
            answer_text(question=asked[mistake.change.question], answer=mistake.change.answer),
        )
        for mistake in verdict.mistakes
        if mistake.change is not None and mistake.change.question in asked
    }


def _shown_by(claim_kinds: tuple[str, ...], skills: tuple[str, ...]) -> str:
    words = load_vocabulary()
    kinds = ", ".join(words.claim_kinds.get(kind, kind).lower() for kind in claim_kinds)
    named = ", ".join(words.skills.get(skill, skill) for skill in skills)
    return " or work with ".join(part for part in (kinds, named) if part)


def _facts(verdict: Verdict, rules: CompilerRules) -> tuple[FieldFact, ...]:
    """Return what the field says wherever the page names a fact, by its id."""
    named = {fact for one in _sourced(verdict) for fact in one}
    return tuple(rules.facts[fact] for fact in sorted(named) if fact in rules.facts)


def _sourced(verdict: Verdict) -> Iterator[tuple[str, ...]]:
    for standing in verdict.standings:
        yield from (reason.facts for reason in standing.reasons)
    for bar in verdict.competencies:
        yield from (reason.facts for reason in bar.reasons)
    yield from (reason.facts for reason in verdict.level.reasons)
    for group in (verdict.must_haves, verdict.outcomes, verdict.mistakes, verdict.contradictions, verdict.stack):
        yield from (one.facts for one in group)
    if verdict.mix is not None:
        yield verdict.mix.facts
