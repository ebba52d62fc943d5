"""Text made to be slow is read in time, and text without sense gives a result without sense, not an error."""

import time
from collections.abc import Callable

import pytest

from assay.core.screening.result import ScreeningResult

HEAD = "Jo\nEXPERIENCE\nEngineer, Acme 2019 - 2020\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "a." * 50_000,
        "x" * 50_000 + "@",
        "linkedin.com/" * 5_000,
        f"{HEAD}- {'abc, ' * 20_000}",
        f"{HEAD}- from 1 to 2 {'1,' * 20_000}",
        f"{HEAD}{'2019 - 2020 ' * 5_000}",
        f"{HEAD}- {'Deployed model ' * 10_000}",
        f"{HEAD}{' ' * 100_000}x",
    ],
    ids=["empty", "blank", "dots", "address", "links", "commas", "numbers", "dates", "long statement", "spaces"],
)
def test_hostile_text_costs_little(screened: Callable[..., ScreeningResult], text: str) -> None:
    started = time.process_time()
    screened(text)
    assert time.process_time() - started < 2
