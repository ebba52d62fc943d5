"""Screening results as JSON, CSV and plain text: stable shapes for programs, aligned columns for people."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from assay.app.screening.folder import Screened
from assay.app.screening.rules import claim_labels
from assay.core.screening.result import (
    Claim,
    CompetencyResult,
    Contact,
    Employment,
    Flag,
    MustHaveResult,
    ScreeningResult,
    ScreeningStatus,
    Span,
    Verdict,
)
from assay.platform.importing.csv_writing import safe_cell

_MARKS = {Verdict.MET: "+", Verdict.UNCLEAR: "?", Verdict.MISSING: "-"}
_NAME_WIDTH = 44


def to_rows(screened: Sequence[Screened]) -> list[dict[str, Any]]:
    """Return one mapping for each file in rank order, in the shape of the published schema."""
    return [_row(item) for item in screened]


def to_json(screened: Sequence[Screened]) -> str:
    """Return the rows as JSON text: sorted keys, fixed decimals, one line end. The same in gives the same bytes."""
    return json.dumps(to_rows(screened), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def to_csv(screened: Sequence[Screened]) -> str:
    """Return one line for each file. Cells that a spreadsheet would run as a formula are made harmless."""
    musts = [must.label for must in _first_screened(screened).must_haves] if screened else []
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    header = ["rank", "score", "low", "high", "file", "name", "email", "status", "status_detail", "flags", "best_quote"]
    writer.writerow([safe_cell(text) for text in (*header, *musts)])
    for item in screened:
        writer.writerow([safe_cell(text) for text in _csv_line(item, len(musts))])
    return table.getvalue()


def to_table(screened: Sequence[Screened]) -> str:
    """Return a ranked table for a terminal."""
    names = _shown_names([item.name for item in screened])
    lines = [f"{'rank':>4}  {'score':>5}  {'likely':>7}  {'file':<{_NAME_WIDTH}}  must-haves  flags"]
    for item, name in zip(screened, names, strict=True):
        result = item.result
        if result.status is not ScreeningStatus.SCREENED:
            lines.append(f"{'-':>4}  {'-':>5}  {'':>7}  {name:<{_NAME_WIDTH}}  needs a person: {result.status_detail}")
            continue
        likely = f"{result.interval.low:.0f}-{result.interval.high:.0f}"
        musts = "".join(_MARKS[must.verdict] for must in result.must_haves)
        flags = ", ".join(flag.kind.value.replace("_", " ") for flag in result.flags)
        numbers = f"{item.rank:>4}  {result.score:5.1f}  {likely:>7}"
        lines.append(f"{numbers}  {name:<{_NAME_WIDTH}}  {musts:<10}  {flags}".rstrip())
    musts_asked = _first_screened(screened).must_haves
    if musts_asked:
        lines += ["", "must-haves, in order (+ a quote shows it, ? mentioned without weight, - not found: ask)"]
        lines += [f"  {at}. {must.label}" for at, must in enumerate(musts_asked, start=1)]
    return "\n".join(lines) + "\n"


def to_explanation(item: Screened) -> str:
    """Return in words how one file came by its score: each competency, each claim, each flag."""
    result = item.result
    if result.status is not ScreeningStatus.SCREENED:
        return f"{item.name}\n  needs a person: {result.status_detail}\n"
    likely = f"{result.interval.low:.0f}-{result.interval.high:.0f}"
    lines = [
        item.name,
        f"  score {result.score:.2f} of 100, likely {likely}",
        f"  role {result.role_id} version {result.role_version}, rules {result.rules_version}",
    ]
    lines += [f"  must-have {must.verdict.value:<8} {must.label}. {must.why}" for must in result.must_haves]
    lines += [_explained_part(part) for part in result.competencies]
    labels = claim_labels()
    for claim in result.claims:
        quote = " ".join(claim.span.quote.split())
        lines.append(
            f'  {claim.points:+6.2f}  {labels.get(claim.kind, claim.kind)} (page {claim.span.page}): "{quote}"'
        )
        lines.append(f"          {claim.why}")
    lines += [f"  flag: {flag.message}" for flag in result.flags]
    return "\n".join(lines) + "\n"


def _explained_part(part: CompetencyResult) -> str:
    likely = f"{part.interval.low:.1f}-{part.interval.high:.1f}"
    points = f"{part.points:6.2f} of {part.weight * 100:5.1f}"
    return f"  {points}  {part.label}: level {part.level:.1f} ({likely}), bar {part.bar:g}"


def _shown_names(names: Sequence[str]) -> list[str]:
    """Return the names without the folders that all of them share, cut from the left when too long."""
    folders = [name.split("/")[:-1] for name in names]
    shared = 0
    while folders and all(len(parts) > shared and parts[shared] == folders[0][shared] for parts in folders):
        shared += 1
    return [_short("/".join(name.split("/")[shared:])) for name in names]


def _first_screened(screened: Sequence[Screened]) -> ScreeningResult:
    found = [item.result for item in screened if item.result.status is ScreeningStatus.SCREENED]
    return found[0] if found else screened[0].result


def _row(item: Screened) -> dict[str, Any]:
    result = item.result
    is_screened = result.status is ScreeningStatus.SCREENED
    interval = {"low": result.interval.low, "high": result.interval.high, "coverage": result.interval.coverage}
    row: dict[str, Any] = {
        "file": item.name,
        "content_sha256": item.content_sha256,
        "rank": item.rank if is_screened else None,
        "score": result.score if is_screened else None,
        "interval": interval if is_screened else None,
        "status": result.status.value,
        "status_detail": result.status_detail,
        "role": result.role_id,
        "role_version": result.role_version,
        "rules_version": result.rules_version,
        "must_haves": [_must_have(must) for must in result.must_haves],
        "competencies": [_competency(result, at) for at in range(len(result.competencies))],
        "claims": [_claim(claim) for claim in result.claims],
        "flags": [_flag(flag) for flag in result.flags],
        "contact": _contact(result.contact),
        "employment": [_position(position) for position in result.employment],
        "skills": [{"id": skill.id, "label": skill.label, "supported": skill.supported} for skill in result.skills],
    }
    return {**row, "text": item.text} if item.text else row


def _must_have(must: MustHaveResult) -> dict[str, Any]:
    quotes = [_quote(span) for span in must.spans]
    return {"id": must.id, "label": must.label, "verdict": must.verdict.value, "why": must.why, "quotes": quotes}


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "location": contact.location,
        "links": list(contact.links),
    }


def _position(position: Employment) -> dict[str, Any]:
    return {
        "title": position.title,
        "employer": position.employer,
        "started": position.started,
        "ended": position.ended,
        "is_current": position.is_current,
    }


def _competency(result: ScreeningResult, at: int) -> dict[str, Any]:
    part = result.competencies[at]
    return {
        "id": part.competency,
        "label": part.label,
        "level": part.level,
        "interval": {"low": part.interval.low, "high": part.interval.high, "coverage": part.interval.coverage},
        "reliability": part.reliability,
        "bar": part.bar,
        "weight": part.weight,
        "points": part.points,
        "claims": list(part.claim_ids),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "kind": claim.kind,
        **_quote(claim.span),
        "counted": claim.counted,
        "why": claim.why,
        "strength": claim.strength,
        "points": claim.points,
        "employer": claim.employer,
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {"kind": flag.kind.value, "message": flag.message, "quotes": [_quote(span) for span in flag.spans]}


def _quote(span: Span) -> dict[str, Any]:
    return {"quote": span.quote, "page": span.page, "start": span.start, "end": span.end}


def _csv_line(item: Screened, musts: int) -> list[str]:
    result = item.result
    verdicts = [must.verdict.value for must in result.must_haves] or [""] * musts
    start = [item.name, result.contact.name, result.contact.email, result.status.value, result.status_detail]
    flags = "; ".join(flag.kind.value for flag in result.flags)
    if result.status is not ScreeningStatus.SCREENED:
        return ["", "", "", "", *start, flags, "", *verdicts]
    best = max((claim for claim in result.claims if claim.counted), key=lambda claim: claim.points, default=None)
    numbers = [str(item.rank), f"{result.score:.2f}", f"{result.interval.low:.1f}", f"{result.interval.high:.1f}"]
    return [*numbers, *start, flags, " ".join(best.span.quote.split()) if best else "", *verdicts]


def _short(name: str) -> str:
    return name if len(name) <= _NAME_WIDTH else f"…{name[-_NAME_WIDTH + 1 :]}"
