"""An assessment and a comparison as text for a terminal."""

import textwrap
from collections.abc import Iterable, Iterator

from assay.core.readiness.answers import Combined
from assay.core.readiness.assessment import Assessment, ToFindOut
from assay.core.readiness.comparison import Change, Comparison
from assay.core.readiness.lifting import Action
from assay.core.readiness.questionnaire import HIGHEST_LEVEL, Questionnaire
from assay.core.readiness.verdict import DimensionResult, Reason, ReasonKind

_WIDTH = 100
_CELLS = 24
_MOST_OPEN = 8


def to_questions(questionnaire: Questionnaire) -> str:
    """Return every question with its levels, example and why it is asked."""
    lines: list[str] = []
    for dimension in questionnaire.dimensions:
        lines += [dimension.label.upper(), *_wrapped(dimension.about), ""]
        for question in questionnaire.within(dimension.id):
            lines += [f"{question.ask}  [{question.id}]"]
            lines += _wrapped(question.why, "  ")
            for level, text in enumerate(question.levels):
                lines += _wrapped(text, "      ", f"  {level}   ")
            best = ", ".join(person.label.lower() for person in question.knows_best)
            facts = ", ".join(source.reference for source in question.sources)
            lines += _wrapped(f"Example: {question.example}", "  ")
            lines += [f"  Best known by: {best}. Rests on {facts} ({question.standing}).", ""]
    return "\n".join(lines).rstrip() + "\n"


def to_text(assessment: Assessment) -> str:
    """Return the assessment to be read."""
    lines = [assessment.verdict.label.upper(), *_wrapped(assessment.summary), ""]
    lines += [
        f"By {len(assessment.respondents)}: {', '.join(assessment.respondents)}" if assessment.respondents else ""
    ]
    if assessment.worst is not assessment.best:
        low, high = assessment.worst.label.lower(), assessment.best.label.lower()
        lines += [f"Depending on what is unknown, the verdict could be anything from “{low}” to “{high}”."]
    lines += ["", *_bars(assessment.standing.dimensions)]
    lines += _section("Hard stops", (_reason(one) for one in assessment.standing.stops))
    lines += _section("Why", map(_reason, _reasons(assessment)))
    lines += _section("What to do, in this order", map(_action, assessment.plan.actions))
    lines += _section("What would change the verdict", (_way(way.text, way.questions) for way in assessment.plan.ways))
    lines += _section("Find out", _open(assessment.to_find_out))
    lines += _section("Talk about this", map(_dispute, assessment.disputes))
    lines += _section("Notes", [*assessment.notes, f"Questions and rules: {assessment.version}."])
    return "\n".join(lines).rstrip() + "\n"


def to_comparison(comparison: Comparison) -> str:
    """Return what moved since the earlier assessment, to be read."""
    lines = ["SINCE THE EARLIER ASSESSMENT", *_wrapped(comparison.summary), ""]
    for one in comparison.dimensions:
        before, after = (_number(value) for value in (one.before, one.after))
        lines.append(f"  {one.dimension.label:<24} {before:>4} -> {after:>4}  {one.change.label}")
    moved = [change for change in Change if any(one.change is change for one in comparison.questions)]
    for change in moved:
        items = (
            f"{one.question.ask} ({_level(one.before)} -> {_level(one.after)})"
            for one in comparison.questions
            if one.change is change
        )
        lines += _section(change.label.capitalize(), items)
    return "\n".join(lines).rstrip() + "\n"


def _bars(results: tuple[DimensionResult, ...]) -> Iterator[str]:
    """Draw known points as ``#`` on the range the unknown leaves open."""
    for one in results:
        cells = ["·"] * (_CELLS + 1)
        for at in range(round(one.low / HIGHEST_LEVEL * _CELLS), round(one.high / HIGHEST_LEVEL * _CELLS) + 1):
            cells[at] = "-"
        if one.point is not None:
            cells[round(one.point / HIGHEST_LEVEL * _CELLS)] = "#"
        spread = "" if one.answered > 1 - 1e-9 else f"  ({one.low:.1f} to {one.high:.1f}, {one.answered:.0%} known)"
        yield f"  {one.dimension.label:<24} 0 {''.join(cells)} 4  {_number(one.point):>4}  {one.state}{spread}"


def _reasons(assessment: Assessment) -> Iterator[Reason]:
    """The reasons that no other section tells: hard stops have theirs, and what is open stands under "Find out"."""
    told = {ReasonKind.HARD_STOP, ReasonKind.OPEN_HARD_STOP}
    return (one for one in assessment.standing.reasons if one.kind not in told)


def _reason(reason: Reason) -> str:
    facts = ", ".join(source.reference for source in reason.sources)
    return reason.text + (f" [{facts}]" if facts else "")


def _action(action: Action) -> str:
    lift = action.question.lift
    weeks = f"{lift.weeks_low:g} to {lift.weeks_high:g} weeks (assumed)"
    return f"{lift.action} {lift.owner.label}, {weeks}. {action.effect}"


def _way(text: str, questions: tuple[object, ...]) -> str:
    ids = ", ".join(getattr(question, "id", "") for question in questions)
    return f"{text} ({ids})"


def _open(items: tuple[ToFindOut, ...]) -> Iterator[str]:
    for one in items[:_MOST_OPEN]:
        ask = ", ".join(person.label.lower() for person in one.ask)
        yield f"{one.question.ask} Ask: {ask}. {one.why}"
    if len(items) > _MOST_OPEN:
        yield f"... and {len(items) - _MOST_OPEN} more."


def _dispute(answer: Combined) -> str:
    said = ", ".join(f"{voice.respondent} {_level(voice.level)}" for voice in answer.voices)
    return f"{answer.question.ask} {said}. For now, {answer.combining.label}: {_level(answer.level)}."


def _section(title: str, items: Iterable[str]) -> list[str]:
    lines = [line for item in items for line in _wrapped(item, "    ", "  - ")]
    return ["", title, *lines] if lines else []


def _wrapped(text: str, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent)


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.1f}"


def _level(value: int | None) -> str:
    return "unknown" if value is None else str(value)
