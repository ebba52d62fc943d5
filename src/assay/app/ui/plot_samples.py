"""Made-up plots for the style guide. No figure here means anything."""

from dataclasses import dataclass

from assay.app.ui.plots import Axis, Ground, Line, Part, Range, Stack, Swing


def _thousands(values: tuple[float, ...]) -> Axis:
    return Axis(values[0], values[-1], tuple((value, f"{value:.0f}k") for value in values))


@dataclass(frozen=True, slots=True)
class PlotSamples:
    """One of each plot."""

    axis: Axis = _thousands((50, 100, 150, 200, 250, 300))
    cost_axis: Axis = _thousands((0, 100, 200, 300, 400))
    months: Axis = Axis(0, 36, ((0, "start"), (12, "12 months"), (24, "24"), (36, "36")))
    span: tuple[float, float] = (150, 190)
    centre: float = 280
    ranges: tuple[Range, ...] = (
        Range("Posted, senior", 121, 284, "121k–284k", 203, (152, 245), Ground.MEASURED, note="1,200 postings"),
        Range("A published table", 190, 260, "190k–260k", ground=Ground.PUBLISHED, note="dated 2024"),
        Range("Our estimate", 140, 240, "140k–240k", 185, note="assumed"),
    )
    table: tuple[tuple[str, str], ...] = (
        ("Posted, senior", "121k–284k"),
        ("A published table", "190k–260k"),
        ("Our estimate", "140k–240k"),
    )
    stacks: tuple[Stack, ...] = (
        Stack("Senior", (Part("Base", 203, 1), Part("Benefits", 32, 2), Part("Tax", 19, 3)), "254k a year"),
        Stack("Junior", (Part("Base", 138, 1), Part("Benefits", 21, 2), Part("Tax", 14, 3)), "173k a year"),
    )
    legend: tuple[tuple[int, str], ...] = ((1, "Base"), (2, "Benefits"), (3, "Tax"))
    swings: tuple[Swing, ...] = (
        Swing("Base pay", 210, 370, "210k–370k"),
        Swing("Months until productive", 260, 305, "260k–305k"),
    )
    lines: tuple[Line, ...] = (
        Line("In-house", ((0, 60), (12, 170), (36, 390)), 1, ((0, 40, 80), (12, 140, 200), (36, 330, 400))),
        Line("Freelance", ((0, 0), (12, 190), (36, 400)), 4),
    )
