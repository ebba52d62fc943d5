"""Which moves of a plan ask for an approved band."""

import pytest

from assay.core.pipeline.stage import StageGroup, asks_for_band

APPLICATION, INTERVIEW, OFFER = StageGroup.APPLICATION, StageGroup.INTERVIEW, StageGroup.OFFER


@pytest.mark.parametrize(
    ("here", "there", "is_asked"),
    [
        ((APPLICATION, 1), (APPLICATION, 2), False),
        ((APPLICATION, 1), (INTERVIEW, 2), True),
        ((APPLICATION, 3), (INTERVIEW, 2), True),
        ((INTERVIEW, 2), (INTERVIEW, 3), True),
        ((INTERVIEW, 3), (INTERVIEW, 2), False),
        ((OFFER, 4), (INTERVIEW, 2), False),
        ((INTERVIEW, 2), (APPLICATION, 1), False),
    ],
)
def test_whoever_enters_or_goes_on_among_interviews_is_asked_and_a_step_back_is_not(
    here: tuple[StageGroup, int], there: tuple[StageGroup, int], is_asked: bool
) -> None:
    (from_group, from_position), (group, position) = here, there
    asked = asks_for_band(group=group, position=position, from_group=from_group, from_position=from_position)
    assert asked is is_asked
