"""The band beside posted pay, drawn for paper."""

from reportlab.platypus import Flowable

from assay.app.pipeline.pdf_style import FAINT, GOLD, GOLD_WASH, INK, RULE
from assay.app.requisitions.brief import PayPicture
from assay.app.ui.formats import number

_FACE, _SIZE = "Inter-Regular", 6.5


class PayRow(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Posted base pay (p10 to p90, the inner half darker, the middle marked) with our band as an outline around it."""

    def __init__(self, pay: PayPicture) -> None:
        super().__init__()
        self.pay = pay
        ends = (*pay.quantiles.values(), pay.low, pay.high)
        self.least, self.most = min(ends) * 0.92, max(ends) * 1.04

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Take the width there is."""
        del available_height
        self.width, self.height = available_width, 26.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw posted pay in gold, for it was measured, our band around it, and its ends in figures."""
        found, canvas = self.pay.quantiles, self.canv
        canvas.setStrokeColor(RULE)
        canvas.line(0, 16, self.width, 16)
        canvas.setFillColor(GOLD_WASH)
        canvas.setStrokeColor(GOLD)
        canvas.setLineWidth(0.5)
        canvas.rect(self._at(found[10]), 12.5, self._at(found[90]) - self._at(found[10]), 7, stroke=1, fill=1)
        canvas.setFillColor(GOLD)
        canvas.rect(self._at(found[25]), 12.5, self._at(found[75]) - self._at(found[25]), 7, stroke=0, fill=1)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.4)
        canvas.line(self._at(found[50]), 11, self._at(found[50]), 21)
        canvas.setLineWidth(0.9)
        canvas.rect(self._at(self.pay.low), 9.5, self._at(self.pay.high) - self._at(self.pay.low), 13, stroke=1, fill=0)
        self._say(self._at(found[10]), f"p10 {number(round(found[10], -3))}")
        self._say(self._at(found[50]), f"middle {number(round(found[50], -3))}")
        self._say(self._at(found[90]), f"p90 {number(round(found[90], -3))}")

    def _say(self, x: float, words: str) -> None:
        self.canv.setFillColor(FAINT)
        self.canv.setFont(_FACE, _SIZE)
        half = self.canv.stringWidth(words, _FACE, _SIZE) / 2
        self.canv.drawCentredString(min(max(x, half), self.width - half), 1.5, words)
        self.canv.setFillColor(INK)

    def _at(self, amount: float) -> float:
        return (amount - self.least) / (self.most - self.least) * self.width
