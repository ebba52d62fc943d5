"""Check an advert, built here or pasted from anywhere: every finding says where, why, what to do and what says so."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from assay.core.postings.advert import Advert, SectionKey
from assay.core.postings.circumstances import UNKNOWN, Circumstances
from assay.core.postings.demands import check_demands
from assay.core.postings.finding import CheckResult, Finding, Measure, PassedRule, Severity
from assay.core.postings.gender_balance import check_balance
from assay.core.postings.legible import why_no_advert
from assay.core.postings.passages import Passage, find_markup, has_script, masked, passages_of, split_text
from assay.core.postings.pay_check import check_pay
from assay.core.postings.place_law import check_laws
from assay.core.postings.presence import check_presence
from assay.core.postings.reading import Reading, found_at, missing
from assay.core.postings.rules import PostingRules
from assay.core.postings.shape import check_shape, looks_english
from assay.core.postings.wording import check_wording
from assay.core.roles.role import Role

NOT_ENGLISH = (
    "This does not read as English. Only the pay, the law of the place and blanks were checked; "
    "Assay knows the wording of English adverts alone."
)
# What a law asks for is not also said as advice.
_SAID_BY_LAW = {"pay-range": "law-pay-range", "apply-by": "law-deadline", "how-to-apply": "law-how-to-apply"}
_ORDER = {severity: number for number, severity in enumerate(Severity)}
_SECTIONS = {section: number for number, section in enumerate(SectionKey)}


def check_advert(
    *,
    advert: Advert,
    rules: PostingRules,
    role: Role | None,
    as_of: date,
    circumstances: Circumstances = UNKNOWN,
) -> CheckResult:
    """Return what is wrong with a built advert on a day; with a role, must-haves are held against the role's own.

    What job search engines ask for is checked by ``job_posting.check_job_posting``, when it is to be published.
    """
    passages = passages_of(advert)
    notes = []
    shortened = []
    left = rules.shape.most_characters
    for passage in passages:
        shortened.append(Passage(passage.section, passage.topic, passage.text[: max(0, left)]))
        left -= len(passage.text)
    if left < 0:
        notes.append(_cut(rules))
    reading = Reading(passages=_masked(shortened), rules=rules, as_of=as_of, advert=advert)
    return _check(reading, role, circumstances, _markup(shortened, rules), notes)


def check_text(
    *, text: str, rules: PostingRules, as_of: date, role: Role | None = None, circumstances: Circumstances = UNKNOWN
) -> CheckResult:
    """Return what is wrong with any advert given as text. Markup is text; findings' offsets count in ``text``.

    At most ``rules.shape.most_characters`` are checked, and a note says so where there are more. Where there is no
    advert in it, a note says why, and no rule counts as passed.
    """
    nothing = why_no_advert(text=text)
    if nothing:
        return CheckResult(findings=(), measures=(), passed=(), notes=(nothing,))
    notes = [_cut(rules)] if len(text) > rules.shape.most_characters else []
    whole = text[: rules.shape.most_characters]
    passages = split_text(text=masked(whole), headings=rules.headings)
    reading = Reading(passages=passages, rules=rules, as_of=as_of)
    marked = _markup([Passage(SectionKey.TEXT, SectionKey.TEXT, whole)], rules)
    return _check(reading, role, circumstances, marked, notes)


def _check(
    reading: Reading, role: Role | None, circumstances: Circumstances, marked: list[Finding], notes: list[str]
) -> CheckResult:
    findings = list(marked)
    is_english = looks_english(reading)
    pay, widths = check_pay(reading)
    laws, law_notes = check_laws(reading=reading, circumstances=circumstances)
    findings += [*pay, *laws]
    measures: list[Measure] = list(widths)
    if is_english:
        shape, sizes = check_shape(reading)
        balance, counts = check_balance(reading)
        demands, demanded = check_demands(reading=reading, role=role)
        findings += [*shape, *balance, *demands, *check_presence(reading), *check_wording(reading)]
        measures = [*sizes, *demanded, *counts, *measures]
    else:
        findings += [finding for finding in check_presence(reading) if finding.rule_id == reading.rules.blank_rule.id]
        notes = [NOT_ENGLISH, *notes]
    kept, more = _bounded(_once(findings), reading.rules.shape.most_findings_each)
    return CheckResult(
        findings=kept,
        measures=tuple(measures),
        passed=_passed(reading.rules, kept, role) if is_english else (),
        notes=(*notes, *more, *law_notes),
    )


def _masked(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(Passage(part.section, part.topic, masked(part.text), part.start) for part in passages if part.text)


def _markup(passages: Iterable[Passage], rules: PostingRules) -> list[Finding]:
    """Say once that there is markup, and that there is a script, where there is."""
    passages = tuple(passages)
    findings = []
    for passage in passages:
        found = find_markup(passage.text)
        if found is not None:
            findings.append(found_at(rule=rules.shape.rules["markup"], passage=passage, start=found[0], end=found[1]))
            break
    scripted = [passage for passage in passages if has_script(passage.text)]
    if scripted:
        findings.append(missing(rule=rules.shape.rules["script"], section=scripted[0].section))
    return findings


def _once(findings: list[Finding]) -> list[Finding]:
    made = {finding.rule_id for finding in findings}
    return [finding for finding in findings if _SAID_BY_LAW.get(finding.rule_id) not in made]


def _bounded(findings: list[Finding], most: int) -> tuple[tuple[Finding, ...], list[str]]:
    """Put the worst first, then reading order; of each rule keep so many and say how many more there are."""
    ordered = sorted(
        findings,
        key=lambda finding: (_ORDER[finding.severity], _SECTIONS[finding.section], finding.start, finding.rule_id),
    )
    seen: Counter[str] = Counter()
    kept = []
    for finding in ordered:
        seen[finding.rule_id] += 1
        if seen[finding.rule_id] <= most:
            kept.append(finding)
    left = {name: count - most for name, count in seen.items() if count > most}
    return tuple(kept), [f"{name}: {count:,} or more like these are not listed." for name, count in left.items()]


def _place(finding: Finding) -> tuple[int, int, int, str]:
    return _ORDER[finding.severity], _SECTIONS[finding.section], finding.start, finding.rule_id


def _passed(rules: PostingRules, findings: tuple[Finding, ...], role: Role | None) -> tuple[PassedRule, ...]:
    failed = {finding.rule_id for finding in findings}
    every = [wording.rule for wording in rules.wordings] + [presence.rule for presence in rules.presences]
    every += [rules.problem_first, rules.blank_rule, rules.gendered.rule]
    every += [*rules.demands.rules.values(), *rules.shape.rules.values()]
    every += [rule for name, rule in rules.pay_law.rules.items() if not name.startswith("law-")]
    if role is None:
        every = [rule for rule in every if rule.id != "beyond-role"]
    return tuple(PassedRule(rule.id, rule.label) for rule in every if rule.id not in failed)


def _cut(rules: PostingRules) -> str:
    return f"Only the first {rules.shape.most_characters:,} characters were checked; no advert is that long."


__all__ = ["NOT_ENGLISH", "UNKNOWN", "Circumstances", "check_advert", "check_text"]
