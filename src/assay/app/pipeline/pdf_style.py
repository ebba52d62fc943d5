"""How exported documents look: the faces and colours of the product on paper, and the bar that draws a level."""

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable

FONTS = Path(__file__).parent / "fonts"
FACES = ("Inter-Regular", "Inter-SemiBold", "Newsreader-Regular", "Newsreader-SemiBold")
FALLBACK = "Inter-Regular"
NO_GLYPH = "\u25a1"

INK = HexColor("#1d1a14")
FAINT = HexColor("#665f52")
RULE = HexColor("#ddd6c6")
RED = HexColor("#a3221b")
GOLD = HexColor("#a87a09")
GOLD_WASH = HexColor("#fbe7ab")

for _face in FACES:
    pdfmetrics.registerFont(TTFont(_face, str(FONTS / f"{_face}.ttf")))


def _style(name: str, face: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=face, fontSize=size, leading=leading, textColor=INK, **more)


TITLE = _style("title", "Newsreader-SemiBold", 22, 26, spaceAfter=3)
HEADING = _style("heading", "Newsreader-SemiBold", 13, 16, spaceBefore=14, spaceAfter=5, keepWithNext=1)
NAME = _style("name", "Newsreader-SemiBold", 14, 18, spaceBefore=4)
BODY = _style("body", "Inter-Regular", 9, 13)
VERDICT = _style("verdict", "Inter-SemiBold", 9, 13)
MISSING = ParagraphStyle("missing", parent=VERDICT, textColor=RED)
QUOTE = _style("quote", "Newsreader-Regular", 9.5, 13)
SMALL = ParagraphStyle("small", fontName="Inter-Regular", fontSize=8, leading=11, textColor=FAINT)


def text(words: str, style: ParagraphStyle, *, is_faint: bool = False) -> str:
    """Return words as paragraph markup in a face that has every letter of them.

    A letter in no face of ours is printed as an empty box rather than left out.
    """
    face = style.fontName if _has_all(style.fontName, words) else FALLBACK
    shown = "".join(c if c.isspace() or ord(c) in _letters(face) else NO_GLYPH for c in words)
    colour = f' color="{FAINT.hexval().replace("0x", "#")}" size="8"' if is_faint else ""
    return f'<font face="{face}"{colour}>{escape(shown)}</font>'


class IntervalBar(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A level (0-4) as a point on its likely range, with the role's bar as an upright mark."""

    def __init__(self, *, level: float, low: float, high: float, bar: float) -> None:
        super().__init__()
        self.marks = (low / 4, high / 4, level / 4, bar / 4)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Take the width there is, and the height of a line."""
        self.width, self.height = available_width - 6, 9.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw the scale, the range, the bar and the level, in this order."""
        low, high, level, bar = (share * self.width for share in self.marks)
        self.canv.setStrokeColor(RULE)
        self.canv.line(0, 4.5, self.width, 4.5)
        self.canv.setFillColor(GOLD_WASH)
        self.canv.setStrokeColor(GOLD)
        self.canv.setLineWidth(0.5)
        self.canv.rect(low, 2, max(high - low, 0.5), 5, stroke=1, fill=1)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(1.2)
        self.canv.line(bar, 0, bar, 9)
        self.canv.setFillColor(INK)
        self.canv.circle(level, 4.5, 2, stroke=0, fill=1)


def _has_all(face: str, words: str) -> bool:
    letters = _letters(face)
    return all(c.isspace() or ord(c) in letters for c in words)


@cache
def _letters(face: str) -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(face).face.charToGlyph)
