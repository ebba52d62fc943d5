"""A shortlist as CSV: one row an applicant, a column for every must-have and competency."""

from assay.app.pipeline.queries.shortlist import Shortlist, ShortlistedApplicant
from assay.platform.importing import csv_writing

_FIRST = ("rank", "name", "email", "phone", "location", "latest work", "stage", "status", "applied on")
_SCORE = ("score", "score low", "score high")
_LAST = ("flags", "strongest quote", "page", "rules version", "reviewed by a person")


def write_csv(*, shortlist: Shortlist) -> bytes:
    """Return the file as UTF-8 with a byte order mark, so that spreadsheets read names right. No cell is a formula."""
    musts = [f"must-have: {note.label}" for note in shortlist.role.must_haves]
    levels = [f"level: {bar.label}" for bar in shortlist.role.competencies]
    headings = (*_FIRST, *_SCORE, *musts, *levels, *_LAST)
    rows = (_row(shortlist, applicant) for applicant in shortlist.applicants)
    return b"".join(csv_writing.write_csv(headings=headings, rows=rows))


def _row(shortlist: Shortlist, one: ShortlistedApplicant) -> list[csv_writing.Cell]:
    verdicts = {item.id: item.verdict.value for item in one.must_haves}
    levels = {item.competency: round(item.level, 2) for item in one.competencies}
    best = one.quotes[0].span if one.quotes else None
    scores = (one.score, one.score_low, one.score_high) if one.score is not None else (None, None, None)
    return [
        one.number,
        one.name,
        one.email,
        one.phone,
        one.location,
        one.latest_work,
        one.stage,
        one.status,
        one.applied_at.date().isoformat(),
        *(None if value is None else round(value, 1) for value in scores),
        *(verdicts.get(note.id, "") for note in shortlist.role.must_haves),
        *(levels.get(bar.competency) for bar in shortlist.role.competencies),
        "; ".join(flag.kind.value.replace("_", " ") for flag in one.flags),
        best.quote if best else "",
        best.page if best else None,
        one.rules_version,
        "yes" if shortlist.is_reviewed else "no, ranked by screening only",
    ]
