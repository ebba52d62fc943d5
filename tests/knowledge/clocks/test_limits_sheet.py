"""The shipped limits name every clock there is, with its source."""

from pathlib import Path

import pytest

from assay.core.clocks.kinds import ClockKind, Counting
from assay.core.clocks.ladder import Audience
from assay.core.clocks.limits import Limit
from assay.knowledge.clocks.sheets import load_clocks
from assay.knowledge.loading import KnowledgeError

SHIPPED = Path(__file__).parents[3] / "src/assay/knowledge/clocks/limits.yaml"


def test_every_kind_of_clock_has_a_limit_that_warns_first() -> None:
    limits = {
        ClockKind(note.kind): Limit(note.hours, Counting(note.counting), note.yellow_share)
        for note in load_clocks().limits
    }
    assert set(limits) == set(ClockKind)
    assert all(limit.warned_after < limit.amount for limit in limits.values())


def test_the_limits_of_the_field_are_as_the_facts_say() -> None:
    hours = {note.kind: note.hours for note in load_clocks().limits}
    assert (hours["review"], hours["decision"], hours["offer"]) == (72, 48, 48)
    assert hours["first_interview"] == 5 * 24
    references = {note.kind: note.source.reference for note in load_clocks().limits}
    assert "F242" in references["review"] and "F243" in references["first_interview"]
    assert "F244" in references["decision"] and "F244" in references["offer"]


def test_the_ladder_climbs_and_tells_people_there_are() -> None:
    steps = load_clocks().ladder
    assert steps[0].after_hours is None
    hours = [step.after_hours for step in steps[1:]]
    assert hours == sorted(hours, key=lambda hour: hour or 0) and None not in hours
    assert all(Audience(name) for step in steps for name in step.audience)


@pytest.mark.parametrize(
    ("old", "new"),
    [("hours: 72", "hours: 0"), ("yellow_share: 0.67", "yellow_share: 1"), ("kind: offer", "kind: decision")],
)
def test_a_sheet_that_makes_no_sense_is_refused_with_what_to_correct(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "limits.yaml").write_text(SHIPPED.read_text().replace(old, new, 1))
    with pytest.raises(KnowledgeError, match=r"limits\.yaml"):
        load_clocks(tmp_path)
