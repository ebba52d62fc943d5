"""The hiring brief as one page of paper. What does not fit is cut at a word and says where the rest stands.

The same brief, reader and date give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from assay.app.pipeline.pdf_style import BODY, FAINT, HEADING, INK, RULE, SMALL, TITLE, VERDICT, text
from assay.app.requisitions.brief import Brief, PayPicture, Section
from assay.app.requisitions.brief_chart import PayRow

MARGIN = 16 * mm
GUTTER = 8 * mm
WIDTH = A4[0] - 2 * MARGIN
COLUMN = (WIDTH - GUTTER) / 2
TOP, FOOT = A4[1] - 14 * mm, 17 * mm
ROOM = TOP - FOOT
AIR = 3 * mm
MORE = "… more in Assay"

_NAME = ParagraphStyle("brief-title", parent=TITLE, fontSize=19, leading=22, spaceAfter=2)
_HEAD = ParagraphStyle("brief-head", parent=HEADING, fontSize=11, leading=13, spaceBefore=7, spaceAfter=2)
_TEXT = ParagraphStyle("brief-text", parent=BODY, fontSize=8.5, leading=11.5, spaceAfter=1.5)
_POINT = ParagraphStyle("brief-point", parent=_TEXT, leftIndent=10, bulletIndent=0, bulletFontSize=8.5)
_STRONG = ParagraphStyle("brief-strong", parent=VERDICT, fontSize=9.5, leading=12.5, spaceAfter=1.5)
_LABEL = ParagraphStyle("brief-label", parent=SMALL, fontSize=7.5, leading=10, spaceBefore=2)
_NOTE = ParagraphStyle("brief-note", parent=SMALL, fontSize=7, leading=9)


@dataclass(frozen=True, slots=True)
class _Cut:
    """How much is left of each text: letters of the problem, of a line, of a note, and how many lines and points."""

    problem: int
    line: int
    note: int
    lines: int
    points: int


_CUTS = (
    _Cut(1200, 400, 400, 6, 8),
    _Cut(800, 260, 300, 5, 6),
    _Cut(600, 180, 220, 4, 5),
    _Cut(420, 130, 150, 3, 4),
    _Cut(280, 90, 100, 2, 3),
    _Cut(160, 60, 70, 1, 2),
)


def write_brief(*, brief: Brief, made_by: str, made_on: date) -> bytes:
    """Return the brief as a PDF of exactly one page A4; ``made_by`` and ``made_on`` stand at its foot."""
    canvas = Canvas("", pagesize=A4, invariant=1)
    canvas.setTitle(f"Hiring brief: {shorten(brief.title, 200)}")
    canvas.setAuthor(made_by)
    _lay(canvas, brief)
    _draw_foot(canvas, f"{brief.code} · made by {shorten(made_by, 60)} on {made_on.day} {made_on:%B %Y} · confidential")
    canvas.showPage()
    return bytes(canvas.getpdfdata())


def shorten(words: str, most: int) -> str:
    """Return at most about ``most`` letters, cut at a word, with a note where the rest stands."""
    plain = " ".join(words.split())
    if len(plain) <= most:
        return plain
    kept = plain[:most].rsplit(" ", 1)[0] if " " in plain[:most] else plain[:most]
    return f"{kept.rstrip(' ,;:.')} {MORE}"


@dataclass(frozen=True, slots=True)
class _Layout:
    """The parts of the page as they will be drawn, and how tall they are together."""

    head: list[Flowable]
    left: list[Flowable]
    right: list[Flowable]
    foot: list[Flowable]
    height: float


def choose_layout(*, brief: Brief) -> _Layout:
    """Return the least cut version that fits the page; the last one always does, whatever the texts."""
    for cut in _CUTS:
        head, left, right, foot = _head(brief, cut), _left(brief, cut), _right(brief, cut), _foot(brief, cut)
        middle = max(_height(left, COLUMN), _height(right, COLUMN))
        found = _Layout(head, left, right, foot, _height(head, WIDTH) + middle + _height(foot, WIDTH) + AIR)
        if found.height <= ROOM:
            break
    return found


def _lay(canvas: Canvas, brief: Brief) -> None:
    page = choose_layout(brief=brief)
    y = _draw(canvas, page.head, MARGIN, TOP, WIDTH)
    _draw(canvas, page.left, MARGIN, y, COLUMN)
    _draw(canvas, page.right, MARGIN + COLUMN + GUTTER, y, COLUMN)
    _draw(canvas, page.foot, MARGIN, FOOT + _height(page.foot, WIDTH), WIDTH)


def _head(brief: Brief, cut: _Cut) -> list[Flowable]:
    state = f"{brief.state}. {brief.state_line}" if brief.state_line else f"{brief.state}."
    return [
        _paragraph(f"Hiring brief · {brief.code}", SMALL),
        _paragraph(shorten(brief.title, 110), _NAME),
        _paragraph(shorten(" · ".join(brief.about), 200), SMALL),
        Spacer(1, 2 * mm),
        _paragraph(shorten(state, max(cut.line, 120)), _STRONG),
        _paragraph("The problem", _HEAD),
        _paragraph(shorten(brief.problem or "Not said yet.", cut.problem), _TEXT),
        Spacer(1, 2.5 * mm),
    ]


def _left(brief: Brief, cut: _Cut) -> list[Flowable]:
    return [part for section in brief.left for part in _section(section, cut)]


def _right(brief: Brief, cut: _Cut) -> list[Flowable]:
    parts: list[Flowable] = []
    for section in brief.right:
        picture = _picture(brief.pay) if section.key == "market" else []
        parts += _section(section, cut, after_headline=picture)
    return parts


def _foot(brief: Brief, cut: _Cut) -> list[Flowable]:
    approvals = brief.approvals[: cut.points]
    rest = [f"and {len(brief.approvals) - len(approvals)} more steps"] if len(brief.approvals) > len(approvals) else []
    said = " · ".join([*(shorten(line, cut.line) for line in approvals), *rest])
    notes = [_paragraph(shorten(note, cut.note), _NOTE) for note in brief.notes]
    sources = [_paragraph("What this rests on", _HEAD), *notes] if notes else []
    return [_paragraph("Approval", _HEAD), _paragraph(said, _TEXT), *sources]


def _section(section: Section, cut: _Cut, after_headline: Sequence[Flowable] = ()) -> list[Flowable]:
    parts = [
        _paragraph(section.title, _HEAD),
        _paragraph(shorten(section.headline, max(cut.line, 70)), _STRONG),
        *after_headline,
    ]
    parts += [_paragraph(shorten(line, cut.line), _TEXT) for line in section.lines[: cut.lines]]
    for name, points in section.lists:
        parts.append(_paragraph(name, _LABEL))
        parts += [_point(shorten(point, cut.line)) for point in points[: cut.points]]
        if len(points) > cut.points:
            parts.append(_point(f"{len(points) - cut.points} more in Assay"))
    return parts


def _picture(pay: PayPicture | None) -> list[Flowable]:
    return [PayRow(pay), Spacer(1, 1 * mm)] if pay else []


def _paragraph(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(text(words, style), style)


def _point(words: str) -> Paragraph:
    return Paragraph(text(words, _POINT), _POINT, bulletText="•")


def _height(parts: Sequence[Flowable], width: float) -> float:
    """Return how tall flowables stand below each other, with the space between them."""
    heights = sum(part.wrap(width, A4[1])[1] for part in parts)
    gaps = sum(max(above.getSpaceAfter(), below.getSpaceBefore()) for above, below in pairwise(parts))
    return float(heights + gaps)


def _draw(canvas: Canvas, parts: Sequence[Flowable], x: float, y: float, width: float) -> float:
    """Draw flowables below each other from ``y`` down and return where they end."""
    for number, part in enumerate(parts):
        if number:
            y -= max(parts[number - 1].getSpaceAfter(), part.getSpaceBefore())
        y -= part.wrap(width, A4[1])[1]
        part.drawOn(canvas, x, y)
    return y


def _draw_foot(canvas: Canvas, foot: str) -> None:
    canvas.setStrokeColor(RULE)
    canvas.line(MARGIN, 13 * mm, A4[0] - MARGIN, 13 * mm)
    line = Paragraph(text(foot, _NOTE), _NOTE)
    line.wrap(WIDTH, 10 * mm)
    canvas.setFillColor(FAINT)
    line.drawOn(canvas, MARGIN, 8.5 * mm)
    canvas.setFillColor(INK)
