from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.app.documents.limits import document_limits
from assay.core.documents.columns import Box, join_pieces, mixed_columns
from assay.core.documents.document import Document

Read = Callable[..., Document]
Load = Callable[[str], bytes]
PAGE: Box = (0.0, 0.0, 595.0, 842.0)
coordinates = st.floats(min_value=-50, max_value=900, width=32)
boxes = st.lists(st.tuples(coordinates, coordinates, coordinates, coordinates), max_size=60)


def line(x: float, y: float, width: float) -> Box:
    return (x, y, x + width, y + 8)


def rows(count: int, *, left: float, right: float, ragged: bool = False) -> list[Box]:
    """A line on the left and one on the right, row after row; ``ragged`` ends the right ones at the margin."""
    found = []
    for index in range(count):
        y = 780.0 - 14 * index
        width = 60.0 + 7 * (index % 9)
        found += [line(40, y, left), line(555 - width if ragged else 320, y, width if ragged else right)]
    return found


@given(boxes)
def test_reordering_keeps_every_box_exactly_once(found: list[Box]) -> None:
    thresholds = document_limits().columns
    pieces = mixed_columns(boxes=found, page=PAGE, thresholds=thresholds)
    joined = join_pieces(boxes=found, thresholds=thresholds)

    if pieces is not None:
        members = sorted(member for piece in pieces for member in piece.members)
        assert members == sorted(member for piece in joined for member in piece.members)


def test_lines_written_across_two_columns_are_read_column_by_column() -> None:
    pieces = mixed_columns(boxes=rows(20, left=200, right=220), page=PAGE, thresholds=document_limits().columns)

    assert pieces is not None
    assert [piece.members[0] for piece in pieces] == [*range(0, 40, 2), *range(1, 40, 2)]


def test_dates_at_the_right_margin_are_not_a_column() -> None:
    mixed = rows(20, left=200, right=0, ragged=True)

    assert mixed_columns(boxes=mixed, page=PAGE, thresholds=document_limits().columns) is None


def test_columns_written_one_after_the_other_are_left_alone() -> None:
    mixed = rows(20, left=200, right=220)

    assert mixed_columns(boxes=mixed[::2] + mixed[1::2], page=PAGE, thresholds=document_limits().columns) is None


def test_a_line_across_the_page_keeps_what_is_above_it_above() -> None:
    upper, heading = rows(12, left=200, right=220), line(40, 600, 500)
    lower = [(left, bottom - 220, right, top - 220) for left, bottom, right, top in rows(12, left=200, right=220)]
    pieces = mixed_columns(boxes=[*upper, heading, *lower], page=PAGE, thresholds=document_limits().columns)

    assert pieces is not None
    order = [piece.members[0] for piece in pieces]
    assert order == [*range(0, 24, 2), *range(1, 24, 2), 24, *range(25, 49, 2), *range(26, 49, 2)]


@pytest.mark.parametrize("name", ["interleaved_0.pdf", "same_baseline_0.pdf", "words_0.pdf"])
def test_mixed_pages_read_as_the_same_page_written_in_order(read_text: Read, load: Load, name: str) -> None:
    expected = read_text(load("cols_0.pdf"))
    document = read_text(load(name))
    wanted = [words for words in expected.text.splitlines() if words.strip()]
    found = document.text.splitlines()

    kept = sum(1 for first, second in zip(wanted, wanted[1:], strict=False) if _follow(found, first, second))
    assert kept / (len(wanted) - 1) > 0.9
    assert document.notes == ("Two mixed columns were put in order on page 1.",)
    assert expected.notes == ()


def _follow(lines: list[str], first: str, second: str) -> bool:
    return any(
        one.strip() == first.strip() and two.strip() == second.strip()
        for one, two in zip(lines, lines[1:], strict=False)
    )


def test_every_bullet_of_an_interleaved_resume_is_whole(read_text: Read, load: Load) -> None:
    text = " ".join(read_text(load("resume_interleaved.pdf")).text.split())

    bullet = "- Took defect detection cameras from prototype to a service handling 900k predictions a day; on call"
    assert f"{bullet} for it for 2 years. -" in text
    assert "SKILLS CUDA edge deployment ONNX TensorRT OpenCV Docker SQL Java Go EDUCATION" in text
