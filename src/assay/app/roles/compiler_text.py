"""A compiled role as text to read at a shell, and the intake as a file to fill in."""

import textwrap
from collections.abc import Iterator

from assay.app.roles.vocabulary import load_vocabulary
from assay.core.roles.compiling.intake import Question, QuestionKind, answer_text
from assay.core.roles.compiling.making import outcome_line
from assay.core.roles.compiling.rulebook import ArchetypeKind, CompilerRules
from assay.core.roles.compiling.scoring import Reason
from assay.core.roles.compiling.verdict import Verdict

_WIDTH = 100
_SHOWN_STANDINGS = 5
_SHOWN_TIPS = 5


def to_text(*, verdict: Verdict, rules: CompilerRules) -> str:
    """Return the verdict in the order in which somebody decides by it."""
    parts = [_head(verdict, rules), _standings(verdict, rules), _tips(verdict, rules)]
    if verdict.kind is not ArchetypeKind.NONE:
        parts += [_level(verdict), _bar(verdict), _musts(verdict), _stack(verdict), _outcomes(verdict)]
    parts += [_mistakes(verdict), _contradictions(verdict, rules), _open(verdict, rules)]
    return "\n\n".join(part for part in parts if part) + f"\n\nrules {verdict.rules_version}"


def to_template(*, rules: CompilerRules) -> str:
    """Return the intake as a YAML file: every question as a comment, every answer still open."""
    lines = ["# Fill in what you know; leave the rest empty. Then: assay role compile THIS-FILE"]
    for section in rules.sections:
        lines += ["", f"# == {section.label} ==", *_comment(section.about)]
        for question in rules.questions:
            if question.section == section.id:
                lines += ["", *_asked(question), f"{question.id}:"]
    return "\n".join(lines) + "\n"


def _head(verdict: Verdict, rules: CompilerRules) -> str:
    lead = rules.archetypes[verdict.archetype]
    lines = [verdict.title, "=" * len(verdict.title), *_wrapped(verdict.instead or lead.about)]
    if verdict.mix is not None:
        partner = rules.archetypes[verdict.mix.archetype]
        shares = f"{verdict.mix.lead_share:.0%} {lead.short}, {verdict.mix.partner_share:.0%} {partner.short}"
        lines += _wrapped(f"A mix: {shares}. Say so in the advert ({', '.join(verdict.mix.facts)}).")
    return "\n".join(lines)


def _standings(verdict: Verdict, rules: CompilerRules) -> str:
    second = rules.archetypes[verdict.runner_up].title
    how = "a close call" if verdict.is_close else "clear"
    points = "1 point" if verdict.margin == 1 else f"{verdict.margin} points"
    lines = [f"Why ({how}: {points} before {second})"]
    lines += _reasons(verdict.standings[0].reasons)
    lines += ["", "  points  could be   role"]
    for one in verdict.standings[:_SHOWN_STANDINGS]:
        lines.append(f"  {one.points:6d}  {one.low:4d}..{one.high:<4d}  {rules.archetypes[one.archetype].title}")
    return "\n".join(lines)


def _tips(verdict: Verdict, rules: CompilerRules) -> str:
    if not verdict.tips:
        return "No single other answer changes this."
    lines = ["What would tip it (one answer alone)"]
    for tip in verdict.tips[:_SHOWN_TIPS]:
        question = rules.question(tip.question)
        title = rules.archetypes[tip.archetype].title
        now = answer_text(question=question, answer=tip.was)
        other = answer_text(question=question, answer=tip.answer)
        lines += _wrapped(f"{question.label} {other} (now: {now}): {title}", indent="  - ")
    return "\n".join(lines)


def _level(verdict: Verdict) -> str:
    return "\n".join([f"Level: {verdict.level.level.value}", *_reasons(verdict.level.reasons)])


def _bar(verdict: Verdict) -> str:
    labels = load_vocabulary().competencies
    lines = ["Competencies", "  weight  level"]
    lines += [f"  {bar.weight:6.0%}  {bar.level:5.1f}  {labels[bar.competency]}" for bar in verdict.competencies]
    return "\n".join(lines)


def _musts(verdict: Verdict) -> str:
    lines = [f"Must-haves ({len(verdict.must_haves)})"]
    for must in verdict.must_haves:
        lines += _wrapped(f"{must.label} ({must.says}; {', '.join(must.facts)})", indent="  - ")
    return "\n".join(lines)


def _stack(verdict: Verdict) -> str:
    labels = load_vocabulary().skills
    lines = ["Stack", *_wrapped(", ".join(labels[item.skill] for item in verdict.stack), indent="  ")]
    if verdict.unknown_skills:
        lines += _wrapped(f"Not found in documents by screening: {', '.join(verdict.unknown_skills)}", indent="  ")
    return "\n".join(lines)


def _outcomes(verdict: Verdict) -> str:
    lines = ["The first 90 days"]
    for outcome in verdict.outcomes:
        lines += _wrapped(outcome_line(outcome=outcome), indent="  - ")
    return "\n".join(lines)


def _mistakes(verdict: Verdict) -> str:
    if not verdict.mistakes:
        return ""
    lines = ["Mistakes seen"]
    for one in verdict.mistakes:
        mark = "!! " if one.is_serious else "!  "
        lines += _wrapped(f"{mark}{one.title}. {one.why} ({', '.join(one.facts)})", indent="  ")
        lines += _wrapped(f"Fix: {one.fix}", indent="     ")
    return "\n".join(lines)


def _contradictions(verdict: Verdict, rules: CompilerRules) -> str:
    if not verdict.contradictions:
        return ""
    lines = ["Answers that cannot both be true"]
    for one in verdict.contradictions:
        lines += _wrapped(f"{one.says} ({', '.join(one.questions)})", indent="  - ")
    return "\n".join(lines)


def _open(verdict: Verdict, rules: CompilerRules) -> str:
    asked = [one for one in verdict.open_questions if rules.question(one).section != "wishes"]
    if not asked:
        return ""
    lines = _wrapped(f"Left open: {', '.join(asked)}.")
    if verdict.possible:
        names = ", ".join(rules.archetypes[one].title for one in verdict.possible)
        lines += _wrapped(f"Their answers could still make it: {names}.")
    else:
        lines += ["None of them alone would change who leads."]
    return "\n".join(lines)


def _reasons(reasons: tuple[Reason, ...]) -> list[str]:
    return [
        line
        for one in reasons
        for line in _wrapped(f"{one.points:+d}  {one.says} ({one.rule}; {', '.join(one.facts)})", indent="  ")
    ]


def _wrapped(text: str, *, indent: str = "") -> list[str]:
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return textwrap.wrap(plain, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent)) or [indent]


def _asked(question: Question) -> Iterator[str]:
    yield from _comment(question.label)
    if question.help:
        yield from _comment(question.help)
    for option in question.options:
        about = f": {option.about}" if option.about else ""
        yield from _comment(f"  {option.id} = {option.label}{about}")
    if question.kind is QuestionKind.MANY:
        yield "# Several are possible: [one, two]"
    if question.example:
        yield from _comment(f"Example: {question.example}")


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="#   ")
