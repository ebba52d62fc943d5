"""Text and marks can be told apart in both themes: WCAG 2.2 AA, computed from the tokens."""

import re

import pytest

from .conftest import UI

TOKENS = (UI / "static" / "css" / "tokens.css").read_text()
TEXT, MARK = 4.5, 3.0
PAPERS = ("paper", "sheet", "well", "hover")
TEXT_PAIRS = [(ink, paper) for paper in PAPERS for ink in ("ink", "ink-soft", "ink-faint", "pen")] + [
    ("red", "paper"),
    ("red", "sheet"),
    ("red", "hover"),
    ("red", "red-wash"),
    ("ink", "red-wash"),
    ("on-ink", "ink"),
    ("gold-ink", "gold-pale"),
    ("gold-ink", "gold-wash"),
    ("ink", "gold-wash"),
    ("on-gold", "gold-bright"),
    ("ink", "pen-wash"),
    ("pen", "pen-wash"),
]
MARK_PAIRS = [("pen", "paper"), ("pen", "sheet"), ("rule-strong", "paper"), ("rule-strong", "sheet")] + [
    ("gold-line", paper) for paper in ("paper", "sheet", "hover")
]


def _colour(name: str, theme: int) -> tuple[float, float, float]:
    pair = re.search(rf"--{name}: light-dark\((#[0-9a-f]{{3,6}}), (#[0-9a-f]{{3,6}})\)", TOKENS)
    single = re.search(rf"--{name}: (#[0-9a-f]{{6}});", TOKENS)
    if pair:
        code = pair.group(theme + 1)
    else:
        assert single, f"--{name} is not a colour of the tokens"
        code = single.group(1)
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str, theme: int) -> float:
    """The WCAG contrast ratio of two tokens in the light (0) or dark (1) theme."""
    dark, light = sorted((_luminance(_colour(first, theme)), _luminance(_colour(second, theme))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(text: str, ground: str, theme: int) -> None:
    assert contrast(text, ground, theme) >= TEXT


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARK_PAIRS)
def test_borders_and_marks_can_be_seen(mark: str, ground: str, theme: int) -> None:
    assert contrast(mark, ground, theme) >= MARK


def test_black_on_white_is_the_highest_contrast_there_is() -> None:
    assert (_luminance((1, 1, 1)) + 0.05) / (_luminance((0, 0, 0)) + 0.05) == pytest.approx(21)
