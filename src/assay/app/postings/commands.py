"""``assay lint-post``: find what is wrong with a job advert, with no server and no database."""

import bisect
import json
import re
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import click

from assay.app.documents.reader import ContainedReader
from assay.app.postings.rules import load_rules
from assay.app.roles.catalogue import get_role, role_from_file
from assay.core.documents.document import Unreadable
from assay.core.postings.check import Circumstances, check_text
from assay.core.postings.finding import CheckResult, Finding, Severity
from assay.core.postings.legible import why_no_advert
from assay.core.postings.rules import PostingRules
from assay.core.roles.role import Role
from assay.knowledge.loading import KnowledgeError

_EXIT_FOUND = 1
_MOST_BYTES = 20_000_000
_READ_AS_DOCUMENTS = frozenset({".html", ".htm", ".docx", ".pdf"})
_PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_SIGNS = {Severity.MUST: "MUST", Severity.SHOULD: "should", Severity.CONSIDER: "consider"}
_WIDTH = 96


@click.command("lint-post")
@click.argument("path", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "wants_json", is_flag=True, help="Write JSON (keys: docs/postings.md).")
@click.option("--role", "role_name", metavar="ID|FILE", help="Hold must-haves against this role.")
@click.option("--place", "places", multiple=True, metavar="CODE",
              help="Where people may work: US-CA, US, DE, EU, CA-ON; may be given several times.")  # fmt: skip
@click.option("--employees", type=click.IntRange(min=0), help="How many employees you have; some laws ask.")
@click.option("--software/--no-software", "software", default=None, help="Whether software ranks applicants.")
@click.option("--fail-on", type=click.Choice(["must", "should", "consider", "never"]), default="must",
              show_default=True, help="Exit with 1 from this weight on.")  # fmt: skip
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day whose laws count (default: today).")
@click.option("--rules", "rules_folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder whose files are used instead of the shipped rules of the same name.")  # fmt: skip
def lint_post(
    path: Path,
    wants_json: bool,
    role_name: str | None,
    places: tuple[str, ...],
    employees: int | None,
    software: bool | None,
    fail_on: str,
    as_of: datetime | None,
    rules_folder: Path | None,
) -> None:
    """Find what is wrong with a job advert: text, Markdown, HTML, DOCX or PDF, or - for what is piped in.

    Exit status: 0 nothing that weighs so much, 1 something does, 2 wrong usage or no advert that can be read.
    """
    try:
        rules = load_rules(rules_folder)
        role = _role(role_name)
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error
    circumstances = Circumstances(
        employees=employees, places=tuple(_place(place, rules) for place in places), screens_with_software=software
    )
    text = _text(path)
    nothing = why_no_advert(text=text)
    if nothing:
        raise click.UsageError(f"{path}: {nothing}")
    day = (as_of or datetime.now(UTC)).date()
    result = check_text(text=text, rules=rules, as_of=day, role=role, circumstances=circumstances)
    _write(_as_json(path, text, result, rules, day.isoformat()) if wants_json else _as_text(path, text, result))
    if fail_on != "never" and any(_weighs(finding, fail_on) for finding in result.findings):
        raise SystemExit(_EXIT_FOUND)


def _weighs(finding: Finding, fail_on: str) -> bool:
    order = list(Severity)
    return order.index(finding.severity) <= order.index(Severity(fail_on))


def _role(name: str | None) -> Role | None:
    if name is None:
        return None
    path = Path(name)
    if path.suffix.lower() in (".yaml", ".yml") or path.is_file():
        return role_from_file(path)
    return get_role(name)


def _place(text: str, rules: PostingRules) -> str:
    """Return the code of a place that was given as code or name."""
    names = {law.name.casefold(): law.place for law in rules.pay_law.places}
    names |= {name.casefold(): place for place, name in rules.pay_law.names.items()}
    code = names.get(text.strip().casefold(), text.strip().upper())
    if _PLACE.fullmatch(code) is None:
        raise click.UsageError(f"There is no place {text!r}. Use a code such as US-CA, US, DE, EU or CA-ON.")
    return code


def _text(path: Path) -> str:
    """Return the advert's text; a file that cannot be read ends with 2 and says what to do."""
    if str(path) == "-":
        return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read: {error.strerror}. Give the path of an advert.") from error
    if path.suffix.lower() in _READ_AS_DOCUMENTS or content[:4] in (b"%PDF", b"PK\x03\x04"):
        with ContainedReader() as reader:
            read = reader.read(content=content, name=path.name)
        if isinstance(read, Unreadable):
            raise click.UsageError(f"{path}: {read.advice}")
        return read.text
    if len(content) > _MOST_BYTES:
        raise click.UsageError(f"{path} is larger than {_MOST_BYTES // 1_000_000} MB; that is no advert.")
    return content.decode("utf-8", "replace")


def _as_text(path: Path, text: str, result: CheckResult) -> str:
    starts = _line_starts(text)
    lines: list[str] = []
    for finding in result.findings:
        place = f"line {_line(starts, finding.start)}: " if finding.quote else ""
        lines.append(f"{_SIGNS[finding.severity]:<9}{finding.rule_id}")
        if finding.quote:
            lines += _wrapped(f"{place}“{_short(finding.quote)}”")
        lines += _wrapped(finding.why)
        fix = finding.fix_label
        if finding.replacement is not None:
            fix = f"{fix} For example: “{_short(finding.replacement)}”" if finding.replacement else f"{fix} Remove it."
        lines += _wrapped(f"Fix: {fix}")
        lines += _wrapped(f"Source: {finding.source.title}")
        lines.append("")
    lines += [f"Note: {note}" for note in result.notes]
    lines += [""] if result.notes else []
    for measure in result.measures:
        detail = ", ".join(f"{name} {count}" if count > 1 else name for name, count in list(measure.detail.items())[:8])
        lines.append(f"{measure.label:<38}{measure.value:>7g} {measure.unit}{f' ({detail})' if detail else ''}")
    counts = ", ".join(f"{result.count(severity)} {severity.value}" for severity in Severity)
    passed = f"; {len(result.passed)} rules passed" if result.passed else ""
    return "\n".join([*lines, "", f"{path}: {counts}{passed}.", ""])


def _as_json(path: Path, text: str, result: CheckResult, rules: PostingRules, day: str) -> str:
    starts = _line_starts(text)
    content = {
        "file": str(path),
        "rules_version": rules.version,
        "as_of": day,
        "counts": {severity.value: result.count(severity) for severity in Severity},
        "findings": [
            {
                "rule": finding.rule_id,
                "severity": finding.severity.value,
                "line": _line(starts, finding.start) if finding.quote else None,
                "start": finding.start,
                "end": finding.end,
                "quote": finding.quote,
                "why": finding.why,
                "fix": finding.fix_label,
                "replacement": finding.replacement,
                "source": finding.source.title,
                "reference": finding.source.reference,
            }
            for finding in result.findings
        ],
        "measures": [
            {"id": each.id, "label": each.label, "value": each.value, "unit": each.unit, "detail": dict(each.detail)}
            for each in result.measures
        ],
        "passed": [rule.rule_id for rule in result.passed],
        "notes": list(result.notes),
    }
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _line(starts: list[int], at: int) -> int:
    """Return the number of the line, from 1, that holds a character."""
    return bisect.bisect_right(starts, at)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else f"{flat[:87]}..."


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9, break_long_words=False)


def _write(text: str) -> None:
    """Write to stdout as UTF-8 whatever the locale says; signs that would steer a terminal are left out."""
    safe = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text)
    sys.stdout.flush()
    sys.stdout.buffer.write(safe.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
