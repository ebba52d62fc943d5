"""What a check says, laid out for a page: findings beside the section they concern, and the words they quote."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html.parser import HTMLParser

from assay.app.postings.rules import load_rules
from assay.app.postings.writing import Draft
from assay.core.postings.advert import SectionKey, plain
from assay.core.postings.check import check_advert, check_text
from assay.core.postings.circumstances import Circumstances
from assay.core.postings.finding import CheckResult, Finding, Severity
from assay.core.postings.job_posting import check_job_posting
from assay.core.postings.legible import why_no_advert
from assay.core.postings.rules import PostingRules
from assay.core.roles.role import Role

LONGEST_TEXT = 1_000_000
_MOST_BESIDE = 100
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "tr", "table", "section", "article", "header", "footer", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "blockquote", "pre", "hr", "dt", "dd", "main", "title"}
)
_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object"})
_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|html|body|span|section|strong|table)\b[^<>]{0,500}>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with an id that stays the same while what it is about does.

    ``also`` holds further findings that say the same of other words of the section, so that it is said once.
    """

    id: str
    finding: Finding
    also: tuple[Finding, ...] = ()

    @property
    def all(self) -> tuple[Finding, ...]:
        """The finding and those that say the same."""
        return (self.finding, *self.also)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a checked text: plain, or quoted by the findings whose ids it carries."""

    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextCheck:
    """A pasted advert after its check: the text as it was checked, cut where findings begin and end.

    ``nothing`` says why there is no advert in it, if there is none.
    """

    result: CheckResult
    findings: tuple[NumberedFinding, ...]
    stretches: tuple[Stretch, ...]
    was_markup: bool
    nothing: str = ""


def check_draft(draft: Draft, *, role: Role | None, as_of: date) -> CheckResult:
    """Check an advert that is being written here, by the rules of a day and by what job search engines ask for."""
    result = check_advert(
        advert=draft.advert, rules=_desk_rules(), role=role, as_of=as_of, circumstances=draft.circumstances
    )
    dated = replace(draft.advert, terms=replace(draft.advert.terms, posted_on=as_of))
    known = {finding.rule_id for finding in result.findings}
    asked = (finding for finding in check_job_posting(advert=dated) if finding.rule_id not in known)
    findings = (*result.findings, *asked)
    order = {severity: number for number, severity in enumerate(Severity)}
    return replace(result, findings=tuple(sorted(findings, key=lambda finding: order[finding.severity])))


@cache
def _desk_rules() -> PostingRules:
    """Return the rules with every finding listed: each stands beside its own section, so that many are not too many."""
    rules = load_rules()
    return replace(rules, shape=replace(rules.shape, most_findings_each=_MOST_BESIDE))


def check_pasted(text: str, *, circumstances: Circumstances, as_of: date) -> TextCheck:
    """Check any advert; of web source the words that a reader sees are taken."""
    was_markup = len(_LOOKS_LIKE_HTML.findall(text[:20_000])) >= 2
    read = plain(_visible_words(text) if was_markup else text)[:LONGEST_TEXT].strip()
    result = check_text(text=read, rules=load_rules(), as_of=as_of, circumstances=circumstances)
    findings = numbered(result.findings)
    return TextCheck(
        result=result,
        findings=findings,
        stretches=_cut(read, findings),
        was_markup=was_markup,
        nothing=why_no_advert(text=read),
    )


def numbered(findings: Sequence[Finding]) -> tuple[NumberedFinding, ...]:
    """Join findings that say the same of different words, and give each an id of its section, rule and number."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        same = (finding.section, finding.rule_id, finding.why, finding.fix_label)
        is_joined = bool(finding.quote) and finding.replacement is None
        groups.setdefault(same if is_joined else (number,), []).append(finding)
    seen: dict[str, int] = {}
    made = []
    for first, *also in groups.values():
        stem = f"{first.section.value}-{re.sub(r'[^a-z0-9]+', '-', first.rule_id.lower()).strip('-')}"
        seen[stem] = seen.get(stem, 0) + 1
        made.append(NumberedFinding(id=f"f-{stem}-{seen[stem]}", finding=first, also=tuple(also)))
    return tuple(made)


def by_section(findings: Iterable[NumberedFinding]) -> Mapping[SectionKey, tuple[NumberedFinding, ...]]:
    """Return findings under the part they stand beside; what concerns the whole advert stands under ``text``."""
    grouped: dict[SectionKey, list[NumberedFinding]] = {key: [] for key in SectionKey}
    for one in findings:
        grouped[one.finding.section].append(one)
    return {key: tuple(found) for key, found in grouped.items()}


def count_of(result: CheckResult) -> Mapping[str, int]:
    """Return how many findings of each severity there are, the heaviest first."""
    return {severity.value: result.count(severity) for severity in Severity}


def _cut(text: str, findings: Sequence[NumberedFinding]) -> tuple[Stretch, ...]:
    spans = [(each.start, each.end, one.id) for one in findings for each in one.all if each.end > each.start]
    opens: dict[int, list[str]] = {}
    closes: dict[int, set[str]] = {}
    for start, end, ident in spans:
        opens.setdefault(start, []).append(ident)
        closes.setdefault(min(end, len(text)), set()).add(ident)
    stretches: list[Stretch] = []
    active: dict[str, None] = {}
    at = 0
    for edge in sorted({*opens, *closes, len(text)}):
        if edge > at:
            stretches.append(Stretch(text[at:edge], tuple(active)))
            at = edge
        for ident in closes.get(edge, ()):
            active.pop(ident, None)
        active.update(dict.fromkeys(opens.get(edge, ())))
    return tuple(stretches)


def _visible_words(source: str) -> str:
    reader = _Visible()
    reader.feed(source)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.said).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Visible(HTMLParser):
    """Takes the words out of web source: blocks become lines, list items get a dash, scripts are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins."""
        del attrs
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.said.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line where a block ends."""
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words that are shown; line ends inside them are only spaces."""
        if not self._silent:
            self.said.append(data.replace("\n", " ").replace("\r", " "))
