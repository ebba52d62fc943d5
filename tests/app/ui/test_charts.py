"""Charts: inside their frame whatever the numbers, and said in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.app.ui.charts import Bin, histogram_chart, level_chart, score_mark

LEVEL = st.floats(0, 4)
SCORE = st.floats(0, 100)


def _shares(drawn: str) -> list[float]:
    return [float(found) for found in re.findall(r'(?:x|x1|x2|cx|width)="(-?[\d.]+)%"', drawn)]


@given(st.tuples(LEVEL, LEVEL, LEVEL).map(sorted), LEVEL)
def test_a_level_is_drawn_inside_its_frame(levels: list[float], bar: float) -> None:
    low, level, high = levels
    drawn = level_chart("Serving", level=level, low=low, high=high, bar=bar)
    assert all(0 <= share <= 100 for share in _shares(drawn))


@given(st.tuples(SCORE, SCORE, SCORE).map(sorted))
def test_a_score_is_drawn_inside_its_frame(scores: list[float]) -> None:
    low, score, high = scores
    assert all(0 <= share <= 100 for share in _shares(score_mark(score, low, high)))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=40))
def test_bars_of_a_histogram_stay_under_its_top(counts: list[int]) -> None:
    drawn = histogram_chart("Scores", [Bin(str(n), count) for n, count in enumerate(counts)], height=100)
    heights = [float(found) for found in re.findall(r'<rect class="chart-column" [^>]*height="([\d.]+)"', drawn)]
    assert len(heights) == len(counts)
    assert all(0 <= height <= 100 for height in heights)


def test_a_level_is_said_with_its_range_and_the_bar() -> None:
    drawn = level_chart("Serving", level=2.4, low=1.7, high=3.1, bar=3.0)
    assert "<title>Serving: level 2.4 of 4, likely between 1.7 and 3.1; the role asks for 3.0</title>" in drawn


def test_a_level_without_a_bar_draws_no_tick() -> None:
    assert "chart-bar" not in level_chart("Serving", level=2.4, low=1.7, high=3.1)


def test_a_histogram_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one bin"):
        histogram_chart("Scores", [])


def test_a_label_from_outside_cannot_leave_the_chart() -> None:
    assert "<script>" not in score_mark(1, 0, 2, label="</title><script>")


def test_a_score_stands_in_figures_beside_its_drawing_and_is_said_once() -> None:
    drawn = score_mark(84.4, 76.6, 90, label="Ada, score")
    assert "<title>Ada, score: 84 of 100, likely between 77 and 90</title>" in drawn
    assert '<span class="score-value">84</span>' in drawn
    assert '<span class="score-range" aria-hidden="true">77–90</span>' in drawn
