"""The chain without a database: what a check finds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.platform.audit.chain import GENESIS, Anchor, ChainRow, check_chain, row_hash

NOON = datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)


def chain(length: int, *, why: str = "") -> list[ChainRow]:
    rows: list[ChainRow] = []
    for number in range(1, length + 1):
        row = ChainRow(
            sequence=number,
            recorded_at=NOON + timedelta(seconds=number),
            actor_id=number % 3 or None,
            verb="application.rejected",
            object_type="application",
            object_id=number * 7,
            why=why,
            data=f'{{"n": {number}}}',
            previous_hash=rows[-1].hash if rows else GENESIS,
            hash="",
        )
        rows.append(replace(row, hash=row_hash(row)))
    return rows


def rebuilt(rows: list[ChainRow]) -> list[ChainRow]:
    made: list[ChainRow] = []
    for number, row in enumerate(rows, start=1):
        fresh = replace(row, sequence=number, previous_hash=made[-1].hash if made else GENESIS)
        made.append(replace(fresh, hash=row_hash(fresh)))
    return made


def anchor_of(row: ChainRow) -> Anchor:
    return Anchor(row.sequence, row.hash, NOON)


def test_a_chain_nobody_touched_is_whole() -> None:
    rows = chain(20)
    report = check_chain(rows=rows, anchors=[anchor_of(rows[9]), anchor_of(rows[19])])
    assert report.is_whole
    assert (report.rows, report.head, report.anchors) == (20, rows[-1].hash, 2)


def test_an_empty_log_is_whole_unless_an_anchor_says_there_was_something() -> None:
    assert check_chain(rows=[]).is_whole
    assert not check_chain(rows=[], anchors=[anchor_of(chain(1)[0])]).is_whole


ALTERATIONS: list[tuple[str, Callable[[ChainRow], ChainRow]]] = [
    ("time", lambda row: replace(row, recorded_at=row.recorded_at + timedelta(microseconds=1))),
    ("actor", lambda row: replace(row, actor_id=99)),
    ("verb", lambda row: replace(row, verb="application.hired")),
    ("object type", lambda row: replace(row, object_type="job")),
    ("object", lambda row: replace(row, object_id=1)),
    ("reason", lambda row: replace(row, why="other")),
    ("data", lambda row: replace(row, data="{}")),
]


@pytest.mark.parametrize(("what", "alter"), ALTERATIONS, ids=[name for name, _ in ALTERATIONS])
def test_an_altered_row_is_named(what: str, alter: Callable[[ChainRow], ChainRow]) -> None:
    rows = chain(10)
    rows[4] = alter(rows[4])
    report = check_chain(rows=rows)
    assert [fault.sequence for fault in report.faults] == [5]
    assert "altered" in report.faults[0].what


def test_an_altered_row_with_a_fresh_hash_breaks_the_link_after_it() -> None:
    rows = chain(10)
    forged = replace(rows[4], why="other")
    rows[4] = replace(forged, hash=row_hash(forged))
    assert [fault.sequence for fault in check_chain(rows=rows).faults] == [6]


def test_a_removed_row_is_named() -> None:
    rows = chain(10)
    del rows[3:5]
    (fault,) = check_chain(rows=rows).faults
    assert (fault.sequence, fault.what) == (4, "rows 4 to 5 are missing")


def test_rows_that_changed_places_are_found() -> None:
    rows = chain(10)
    rows[3], rows[4] = replace(rows[4], sequence=4), replace(rows[3], sequence=5)
    assert {fault.sequence for fault in check_chain(rows=rows).faults} >= {4, 5}


def test_a_cut_off_end_shows_only_against_an_anchor() -> None:
    rows = chain(10)
    assert check_chain(rows=rows[:7]).is_whole
    (fault,) = check_chain(rows=rows[:7], anchors=[anchor_of(rows[9])]).faults
    assert fault.sequence == 10


def test_a_chain_built_anew_shows_only_against_an_anchor() -> None:
    rows = chain(10)
    forged = rebuilt([*rows[:4], *rows[5:]])
    assert check_chain(rows=forged).is_whole
    faults = check_chain(rows=forged, anchors=[anchor_of(rows[8])]).faults
    assert [fault.sequence for fault in faults] == [9]


def test_every_anchor_counts_even_two_for_the_same_row() -> None:
    rows = chain(3)
    lie = Anchor(3, "f" * 64, NOON + timedelta(days=1))
    assert not check_chain(rows=rows, anchors=[lie, anchor_of(rows[2])]).is_whole
    assert not check_chain(rows=rows, anchors=[anchor_of(rows[2]), lie]).is_whole


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_no_two_rows_hash_the_same_text(verb: str, kind: str, other_verb: str, other_kind: str) -> None:
    row = replace(chain(1)[0], verb=verb, object_type=kind)
    other = replace(row, verb=other_verb, object_type=other_kind)
    try:
        assert (row_hash(row) == row_hash(other)) == (row == other)
    except UnicodeEncodeError:
        return
