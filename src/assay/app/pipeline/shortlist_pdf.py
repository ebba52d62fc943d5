"""A shortlist as a document to read and pass on: the bar, then each person with levels, must-haves and quotes.

The same shortlist, reader and date give the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from assay.app.pipeline.pdf_style import (
    BODY,
    FAINT,
    GOLD,
    HEADING,
    INK,
    MISSING,
    NAME,
    QUOTE,
    RULE,
    SMALL,
    TITLE,
    VERDICT,
    IntervalBar,
    text,
)
from assay.app.pipeline.queries.jobs import JobView
from assay.app.pipeline.queries.shortlist import Shortlist, ShortlistedApplicant
from assay.app.pipeline.wording import FLAG_LABELS, STATUS_LABELS
from assay.core.screening.result import CompetencyResult, MustHaveResult, Verdict

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
ROOM_FOR_A_PERSON = 110 * mm
VERDICT_WORDS = {Verdict.MET: "Met", Verdict.UNCLEAR: "Unclear", Verdict.MISSING: "Not found in the documents"}
_PLAIN_TABLE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
]


def write_pdf(*, job: JobView, shortlist: Shortlist, exported_by: str, exported_on: date) -> bytes:
    """Return the document. ``exported_by`` and ``exported_on`` stand at the foot of every page."""
    body = io.BytesIO()
    document = BaseDocTemplate(
        body,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=22 * mm,
        title=f"Shortlist: {job.title}",
        author=exported_by,
        invariant=1,
    )
    frame = Frame(MARGIN, 22 * mm, WIDTH, A4[1] - MARGIN - 22 * mm, leftPadding=0, rightPadding=0, topPadding=0)
    foot = f"{job.title} · exported by {exported_by} on {_day(exported_on)} · confidential"
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, page: _draw_foot(canvas, page, foot)))
    document.build([*_head(job, shortlist), *_bar(shortlist), *_people(shortlist), *_reading_notes(shortlist)])
    return body.getvalue()


def _head(job: JobView, shortlist: Shortlist) -> list[Flowable]:
    facts = [
        job.location,
        f"{job.openings} opening{'s' if job.openings != 1 else ''}",
        f"{job.role_title}, version {job.role_version}",
    ]
    shown = len(shortlist.applicants)
    if shortlist.is_reviewed:
        about = f"{shown} of {shortlist.total} applicants whom a person advanced, furthest stage first."
    else:
        about = f"The {shown} best ranked by screening. Not yet reviewed: no person has advanced anyone."
    return [
        Paragraph(text("Shortlist", SMALL), SMALL),
        Paragraph(text(job.title, TITLE), TITLE),
        Paragraph(text(" · ".join(fact for fact in facts if fact), SMALL), SMALL),
        Spacer(1, 3 * mm),
        Paragraph(text(job.problem, BODY), BODY),
        Spacer(1, 2 * mm),
        Paragraph(text(about, BODY), BODY),
    ]


def _bar(shortlist: Shortlist) -> list[Flowable]:
    role = shortlist.role
    rows = [
        [Paragraph(text(bar.label, BODY), BODY), _right(f"level {bar.level:g}"), _right(f"{bar.weight * 100:.0f} %")]
        for bar in role.competencies
    ]
    musts = [[Paragraph(text(f"{n}. {note.label}", BODY), BODY)] for n, note in enumerate(role.must_haves, 1)]
    parts: list[Flowable] = [Paragraph("The bar", HEADING), _ruled(rows, [WIDTH - 50 * mm, 25 * mm, 25 * mm])]
    if musts:
        parts += [Paragraph("Must-haves", HEADING), _ruled(musts, [WIDTH])]
    return parts


def _people(shortlist: Shortlist) -> list[Flowable]:
    parts: list[Flowable] = [Paragraph("The applicants", HEADING)]
    if not shortlist.applicants:
        parts.append(Paragraph("Nobody is on this list yet.", BODY))
    for one in shortlist.applicants:
        parts += [CondPageBreak(ROOM_FOR_A_PERSON), *_person(one)]
    return parts


def _person(one: ShortlistedApplicant) -> list[Flowable]:
    place = " · ".join(part for part in (one.latest_work, one.location, one.email) if part)
    standing = f"{one.stage}, {STATUS_LABELS[one.status].lower()}"
    score = (
        "not screened" if one.score is None else f"{one.score:.0f} (likely {one.score_low:.0f} to {one.score_high:.0f})"
    )
    head = [
        Paragraph(text(f"{one.number}. {one.name}", NAME), NAME),
        Paragraph(text(place, SMALL), SMALL),
        Paragraph(text(f"Score {score} · {standing}", SMALL), SMALL),
        Spacer(1, 2 * mm),
    ]
    parts: list[Flowable] = [KeepTogether([*head, *_must_haves(one.must_haves)])]
    if one.competencies:
        parts.append(KeepTogether([Spacer(1, 1.5 * mm), _levels(one.competencies)]))
    for quotation in one.quotes:
        parts.append(
            KeepTogether([Spacer(1, 1.5 * mm), _quote(quotation.span.quote, f"résumé, page {quotation.span.page}")])
        )
    for flag in one.flags:
        words = f"Flag: {FLAG_LABELS.get(flag.kind, flag.kind.value)}. {flag.message}"
        parts.append(Paragraph(text(words, SMALL), SMALL))
    if one.rules_version:
        parts.append(Paragraph(text(f"Screened under rules {one.rules_version}", SMALL), SMALL))
    return [*parts, Spacer(1, 6 * mm)]


def _must_haves(items: Sequence[MustHaveResult]) -> list[Flowable]:
    rows = []
    for item in items:
        shown: list[Flowable] = [Paragraph(text(item.label, BODY), BODY)]
        if item.spans:
            span = item.spans[0]
            shown.append(_quote(span.quote, f"résumé, page {span.page}"))
        style = MISSING if item.verdict is Verdict.MISSING else VERDICT
        rows.append([shown, Paragraph(text(VERDICT_WORDS[item.verdict], style), style)])
    return [_ruled(rows, [WIDTH - 42 * mm, 42 * mm], align="TOP")] if rows else []


def _levels(items: Sequence[CompetencyResult]) -> Table:
    rows = [
        [
            Paragraph(text(item.label, BODY), BODY),
            IntervalBar(level=item.level, low=item.interval.low, high=item.interval.high, bar=item.bar),
            _right(f"{item.level:.1f} of {item.bar:g}"),
        ]
        for item in items
    ]
    return _ruled(rows, [70 * mm, WIDTH - 95 * mm, 25 * mm])


def _quote(words: str, source: str) -> Table:
    inside = Paragraph(f"{text('“' + words + '”', QUOTE)} {text('— ' + source, SMALL, is_faint=True)}", QUOTE)
    quote = Table([[inside]], colWidths=[WIDTH - 46 * mm], hAlign="LEFT")
    quote.setStyle(
        [("LINEBEFORE", (0, 0), (0, -1), 1.6, GOLD), ("LEFTPADDING", (0, 0), (-1, -1), 6), *_PLAIN_TABLE[1:]]
    )
    return quote


def _ruled(rows: Sequence[Sequence[Any]], widths: Sequence[float], *, align: str = "MIDDLE") -> Table:
    table = Table([list(row) for row in rows], colWidths=list(widths), hAlign="LEFT")
    table.setStyle([*_PLAIN_TABLE, ("VALIGN", (0, 0), (-1, -1), align), ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE)])
    return table


def _right(words: str) -> Paragraph:
    return Paragraph(f'<para align="right">{text(words, BODY)}</para>', BODY)


def _reading_notes(shortlist: Shortlist) -> list[Flowable]:
    versions = sorted({one.rules_version for one in shortlist.applicants if one.rules_version})
    notes = (
        "Levels run from 0 (none shown) to 4 (expert). The band holds the true level four times in five; the upright"
        " mark is what the role asks. “Not found” means not found in the documents, never that somebody lacks it."
        " A score decides nothing: people do, and their reasons are kept."
    )
    rules = f" Rules: {', '.join(versions)}." if versions else ""
    return [Paragraph("How to read this", HEADING), Paragraph(text(notes + rules, SMALL), SMALL)]


def _draw_foot(canvas: Canvas, page: Any, foot: str) -> None:
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.line(MARGIN, 15 * mm, A4[0] - MARGIN, 15 * mm)
    canvas.setFillColor(FAINT)
    canvas.setFont(SMALL.fontName, 7.5)
    canvas.drawString(MARGIN, 11 * mm, foot[:120])
    canvas.drawRightString(A4[0] - MARGIN, 11 * mm, str(page.page))
    canvas.setFillColor(INK)
    canvas.restoreState()


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
