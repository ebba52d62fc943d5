"""Screening from end to end: a document and a role in, an explained result out. The same in gives the same out."""

from collections.abc import Mapping, Sequence

from assay.core.base.interval import Interval
from assay.core.documents.document import Document, Unreadable
from assay.core.evidence.measurement import Evidence, Measurement, Observer
from assay.core.roles.role import Role
from assay.core.screening.claims import FoundClaim, Reading, find_claims, read_statement
from assay.core.screening.contact import read_contact
from assay.core.screening.employment import read_employment
from assay.core.screening.flags import Findings, find_flags
from assay.core.screening.levels import shown_levels
from assay.core.screening.lines import visible_lines
from assay.core.screening.must_haves import judge_must_haves
from assay.core.screening.result import (
    Claim,
    Employment,
    ScreeningResult,
    ScreeningStatus,
    SkillMention,
    Span,
)
from assay.core.screening.rules import Rules, SectionKind
from assay.core.screening.scoring import score_levels
from assay.core.screening.sections import split_sections
from assay.core.screening.skills import SkillHit
from assay.core.screening.statements import Entry, Statement, read_statements

_MOST_SKILL_SPANS = 3


def screen(*, document: Document, role: Role, rules: Rules) -> ScreeningResult:
    """Screen one document against one role.

    Only statements under work and projects move the score; names, schools, titles, dates of study, skills lists
    and hidden text do not. Every claim quotes ``document.text[start:end]``.
    """
    lines = visible_lines(document=document)
    sections = split_sections(lines=lines, layout=rules.layout)
    entries, statements = read_statements(sections=sections, layout=rules.layout, text=document.text)
    hits = [hit for hit in rules.skills.find(document.text) if not _is_hidden(document, hit)]
    readings = [
        read_statement(statement=statement, text=document.text, skills=_within(hits, statement), rules=rules)
        for statement in statements
    ]
    found = find_claims(readings=readings, rules=rules)
    scored = score_levels(levels=shown_levels(claims=found, rules=rules), role=role, rules=rules)
    employment = read_employment(entries=entries, document=document, layout=rules.layout)
    claims = _claims(found, scored.points, document, _employers(entries, employment))
    skills = _mentions(hits, readings, document)
    findings = Findings(
        document=document, readings=readings, found=found, claims=claims, skills=skills, employment=employment
    )
    return ScreeningResult(
        status=ScreeningStatus.SCREENED,
        status_detail="",
        rules_version=rules.version,
        role_id=role.id,
        role_version=role.version,
        score=scored.score,
        interval=scored.interval,
        must_haves=judge_must_haves(role=role, claims=claims, skills=skills, competencies=scored.competencies),
        competencies=scored.competencies,
        claims=claims,
        flags=find_flags(findings=findings, rules=rules),
        contact=read_contact(lines=lines, sections=sections, layout=rules.layout),
        employment=employment,
        skills=skills,
    )


def unscreened(*, unreadable: Unreadable, role: Role, rules: Rules) -> ScreeningResult:
    """Return the result for a file that gave no text: a person must look, and no score is meant."""
    return ScreeningResult(
        status=ScreeningStatus.NEEDS_PERSON,
        status_detail=unreadable.advice,
        rules_version=rules.version,
        role_id=role.id,
        role_version=role.version,
        score=0.0,
        interval=Interval(low=0.0, high=100.0, coverage=rules.coverage),
    )


def measurements(*, result: ScreeningResult) -> tuple[Measurement, ...]:
    """Return what a result measured: one measurement for each competency that some claim shows."""
    by_id = {claim.id: claim for claim in result.claims}
    measured = []
    for competency in result.competencies:
        if competency.level <= 0.0:
            continue
        spans = dict.fromkeys(by_id[number].span for number in competency.claim_ids)
        measured.append(
            Measurement(
                competency=competency.competency,
                level=competency.level,
                reliability=competency.reliability,
                observer=Observer.RESUME_SCREEN,
                evidence=tuple(
                    Evidence(quote=span.quote, page=span.page, start=span.start, end=span.end) for span in spans
                ),
                rules_version=result.rules_version,
            )
        )
    return tuple(measured)


def _is_hidden(document: Document, hit: SkillHit) -> bool:
    return any(span.start < hit.end and hit.start < span.end for span in document.hidden)


def _within(hits: Sequence[SkillHit], statement: Statement) -> list[SkillHit]:
    return [hit for hit in hits if statement.start <= hit.start and hit.end <= statement.end]


def _employers(entries: Sequence[Entry], employment: Sequence[Employment]) -> dict[int, str]:
    places = {position.span.start: position.employer for position in employment}
    return {index: places.get(entry.lines[0].start, "") for index, entry in enumerate(entries) if entry.lines}


def _claims(
    found: Sequence[FoundClaim], points: Mapping[int, float], document: Document, employers: Mapping[int, str]
) -> tuple[Claim, ...]:
    claims = []
    for index, claim in enumerate(found):
        earned = points.get(index)
        is_wanted = claim.weight <= 0.0 or earned is not None
        claims.append(
            Claim(
                id=index,
                kind=claim.kind,
                span=_span(document, claim.statement.start, claim.statement.end),
                counted=earned is not None,
                why=claim.why if is_wanted else "Not counted: this role does not ask for it.",
                strength=round(claim.strength, 2),
                points=earned or 0.0,
                employer=employers.get(claim.statement.entry, ""),
            )
        )
    return tuple(claims)


def _mentions(hits: Sequence[SkillHit], readings: Sequence[Reading], document: Document) -> tuple[SkillMention, ...]:
    """Return the skills by id; one is supported when a statement that is not discounted uses it."""
    used = [
        reading.statement
        for reading in readings
        if not reading.discounts and reading.statement.section in (SectionKind.WORK, SectionKind.PROJECTS)
    ]
    by_skill: dict[str, list[SkillHit]] = {}
    for hit in hits:
        by_skill.setdefault(hit.skill.id, []).append(hit)
    mentions = []
    for name, found in sorted(by_skill.items()):
        supported = [hit for hit in found if any(item.start <= hit.start < item.end for item in used)]
        shown = (supported or found)[:_MOST_SKILL_SPANS]
        mentions.append(
            SkillMention(
                id=name,
                label=found[0].skill.label,
                supported=bool(supported),
                spans=tuple(_span(document, hit.start, hit.end) for hit in shown),
            )
        )
    return tuple(mentions)


def _span(document: Document, start: int, end: int) -> Span:
    return Span(quote=document.text[start:end], page=document.page_at(offset=start), start=start, end=end)
