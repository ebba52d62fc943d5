"""Plots: inside their frame whatever the numbers, said in words, told apart without colour."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.app.ui.plots import (
    Axis,
    Ground,
    Line,
    Part,
    Range,
    Stack,
    Swing,
    axis_for,
    legend_of,
    line_plot,
    range_plot,
    stack_plot,
    swing_plot,
)

AMOUNT = st.floats(-1e9, 1e9)
AXIS = Axis(0, 100, ((0, "0"), (50, "50"), (100, "100")))


def _shares(drawn: str) -> list[float]:
    return [float(found) for found in re.findall(r'(?:x|x1|x2|width)="(-?[\d.]+)%"', drawn)]


@given(st.lists(AMOUNT, min_size=1, max_size=8), st.booleans(), st.integers(1, 8))
def test_an_axis_holds_every_value_and_its_ticks_are_evenly_apart(values: list[float], zero: bool, ticks: int) -> None:
    axis = axis_for(values, write=str, ticks=ticks, from_zero=zero)
    slack = 1e-6 * max(1.0, *map(abs, values))
    assert axis.low - slack <= min(values)
    assert max(values) <= axis.high + slack
    assert axis.low < axis.high
    steps = [after[0] - before[0] for before, after in zip(axis.ticks, axis.ticks[1:], strict=False)]
    assert max(steps) - min(steps) <= slack
    assert len(axis.ticks) <= 2 * ticks + 3


@given(st.tuples(AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT).map(sorted), st.tuples(AMOUNT, AMOUNT).map(sorted))
def test_a_range_is_drawn_inside_its_frame(values: list[float], ours: list[float]) -> None:
    low, first, mid, third, high = values
    row = Range("Base pay", low, high, "so much", mid, (first, third))
    drawn = range_plot(row, axis=AXIS, span=(ours[0], ours[1]))
    assert all(0 <= share <= 100 for share in _shares(drawn))


@given(st.lists(AMOUNT, max_size=6))
def test_a_stack_is_drawn_inside_its_frame(values: list[float]) -> None:
    parts = tuple(Part(str(series), value, series) for series, value in enumerate(values))
    drawn = stack_plot(Stack("A year", parts, "so much"), axis=axis_for([0, *values], write=str))
    assert all(0 <= share <= 100 for share in _shares(drawn))


@given(AMOUNT, AMOUNT, AMOUNT)
def test_a_swing_is_drawn_inside_its_frame(low: float, high: float, centre: float) -> None:
    drawn = swing_plot(Swing("Base pay", low, high, "so much"), axis=AXIS, centre=centre)
    assert all(0 <= share <= 100 for share in _shares(drawn))


def test_pieces_of_a_stack_lie_end_to_end() -> None:
    drawn = stack_plot(Stack("A year", (Part("Base", 40, 0), Part("Tax", 20, 1), Part("Grant", -10, 2)), ""), axis=AXIS)
    boxes = re.findall(r'is-series-\d" x="([\d.]+)%" width="([\d.]+)%"', drawn)
    assert boxes == [("0.00", "40.00"), ("40.00", "20.00")]


def test_lines_rise_towards_the_top_and_carry_their_names() -> None:
    lines = (Line("In-house", ((0, 0), (100, 100)), 1, ((0, 0, 10), (100, 90, 100))), Line("Freelance", ((0, 50),), 7))
    drawn = line_plot("Cost over time", lines, across=AXIS, up=AXIS, marks=(50,))
    assert 'points="0.00,100.00 100.00,0.00"' in drawn
    assert drawn.count("<polygon") == 1
    assert legend_of(lines) == ((1, "In-house"), (1, "Freelance"))


@pytest.mark.parametrize("ground", Ground)
def test_what_a_range_stands_on_can_be_seen(ground: Ground) -> None:
    assert f"plot-range is-{ground}" in range_plot(Range("Pay", 1, 2, "", ground=ground), axis=AXIS)


def test_words_from_outside_cannot_leave_a_plot() -> None:
    hostile = "</title><script>"
    drawn = stack_plot(Stack(hostile, (Part(hostile, 10, 0, hostile),), hostile), axis=AXIS)
    assert "<script>" not in drawn + line_plot(hostile, (), across=AXIS, up=AXIS)


def test_an_axis_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        axis_for([], write=str)
