"""What a person should look at: hidden or prompt-like text, stuffing, vague or repeated statements, thin text."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.documents.document import Document
from assay.core.screening.claims import FoundClaim, Reading
from assay.core.screening.overlaps import overlapping_positions
from assay.core.screening.result import Claim, Employment, Flag, FlagKind, SkillMention, Span
from assay.core.screening.rules import Rules
from assay.core.screening.title_inflation import find_title_inflation

_MOST_SPANS = 5


@dataclass(frozen=True, slots=True)
class Findings:
    """What screening has found so far about one document."""

    document: Document
    readings: Sequence[Reading]
    found: Sequence[FoundClaim]
    claims: Sequence[Claim]
    skills: Sequence[SkillMention]
    employment: Sequence[Employment]


def find_flags(*, findings: Findings, rules: Rules) -> tuple[Flag, ...]:
    """Return every flag in a fixed order. None of them moves the score."""
    makers = (_hidden, _prompt_like, _stuffed, _titles, _unsupported, _vague, _overlapping, _thin, _repeated)
    return tuple(flag for maker in makers if (flag := maker(findings, rules)) is not None)


def _hidden(findings: Findings, rules: Rules) -> Flag | None:
    spans = [span for span in findings.document.hidden if findings.document.text[span.start : span.end].strip()]
    if not spans:
        return None
    kinds = ", ".join(sorted({span.reason.value.replace("_", " ") for span in spans}))
    message = f"Text that a reader would not see ({kinds}) was left out of the score. Look at it here."
    return _flag(findings, FlagKind.HIDDEN_TEXT, message, [(span.start, span.end) for span in spans])


def _prompt_like(findings: Findings, rules: Rules) -> Flag | None:
    found = [match.span() for match in rules.flags.prompt_like.finditer(findings.document.text)]
    message = "Wording meant for a program that reads résumés. It changes nothing here."
    return _flag(findings, FlagKind.PROMPT_LIKE_TEXT, message, found) if found else None


def _stuffed(findings: Findings, rules: Rules) -> Flag | None:
    count = len(findings.skills)
    loose = sum(not skill.supported for skill in findings.skills)
    if count < rules.flags.stuffed_skills or loose / count < rules.flags.stuffed_share:
        return None
    message = f"{count} skills are named and {loose} of them appear in no work or project. Lists carry no weight."
    return Flag(kind=FlagKind.KEYWORD_STUFFING, message=message)


def _titles(findings: Findings, rules: Rules) -> Flag | None:
    return find_title_inflation(employment=findings.employment, claims=findings.claims, rules=rules.flags)


def _unsupported(findings: Findings, rules: Rules) -> Flag | None:
    loose = [skill.label for skill in findings.skills if not skill.supported]
    count = len(findings.skills)
    if count < rules.flags.unsupported_least or len(loose) / count < rules.flags.unsupported_share:
        return None
    named = ", ".join(loose[:8])
    message = f"{len(loose)} of {count} skills named appear in no work or project, among them {named}."
    return Flag(kind=FlagKind.UNSUPPORTED_SKILLS, message=message)


def _vague(findings: Findings, rules: Rules) -> Flag | None:
    vague = [
        reading.statement
        for reading in findings.readings
        if reading.is_about_models and not reading.specificity.is_anchored and not reading.discounts
    ]
    if len(vague) < rules.flags.vague_least:
        return None
    message = "Several statements name the work but no system, figure or event. They carry no weight; ask for one case."
    return _flag(findings, FlagKind.VAGUE_CLAIMS, message, [(item.start, item.end) for item in vague])


def _overlapping(findings: Findings, rules: Rules) -> Flag | None:
    pairs = overlapping_positions(employment=findings.employment)
    if not pairs:
        return None
    spans = tuple(dict.fromkeys(position.span for pair in pairs for position in pair))
    message = "Positions overlap by more than three months. That can be right; ask how the time was shared."
    return Flag(kind=FlagKind.OVERLAPPING_DATES, message=message, spans=spans[:_MOST_SPANS])


def _thin(findings: Findings, rules: Rules) -> Flag | None:
    letters = sum(char.isalpha() for char in findings.document.text)
    if letters >= rules.flags.thin_letters:
        return None
    return Flag(kind=FlagKind.THIN_TEXT, message=f"Only {letters} letters could be read. Open the file itself.")


def _repeated(findings: Findings, rules: Rules) -> Flag | None:
    seen: set[str] = set()
    spans = []
    for reading in findings.readings:
        if reading.folded in seen and len(reading.folded.split()) >= rules.flags.repeated_least_words:
            spans.append((reading.statement.start, reading.statement.end))
        seen.add(reading.folded)
    message = "The same sentence stands here more than once. It counts once."
    return _flag(findings, FlagKind.REPEATED_TEXT, message, spans) if spans else None


def _flag(findings: Findings, kind: FlagKind, message: str, ranges: Sequence[tuple[int, int]]) -> Flag:
    document = findings.document
    spans = tuple(
        Span(quote=document.text[start:end], page=document.page_at(offset=start), start=start, end=end)
        for start, end in ranges[:_MOST_SPANS]
    )
    return Flag(kind=kind, message=message, spans=spans)
