import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.sourcing.forecast import Candidate, Standing, foresee
from assay.core.sourcing.import_state import ItemState
from assay.core.sourcing.progress import measure_progress

NOTHING = Standing(by_file={}, by_email={}, known_emails=frozenset())


def states(*candidates: Candidate, standing: Standing = NOTHING) -> list[ItemState]:
    return [forecast.state for forecast in foresee(candidates=candidates, standing=standing)]


def test_of_two_files_alike_the_first_comes_in() -> None:
    first, second = Candidate(key=1, name="a.pdf", file_id=7), Candidate(key=2, name="b.pdf", file_id=7)
    forecasts = foresee(candidates=[first, second], standing=NOTHING)
    assert [forecast.state for forecast in forecasts] == [ItemState.IMPORTED, ItemState.DUPLICATE]
    assert "a.pdf" in forecasts[1].message


def test_of_two_people_with_one_address_the_first_comes_in() -> None:
    assert states(Candidate(key=1, name="a", email="a@x.de"), Candidate(key=2, name="b", email="a@x.de")) == [
        ItemState.IMPORTED,
        ItemState.DUPLICATE,
    ]


def test_people_without_an_address_are_never_taken_for_one_another() -> None:
    assert states(Candidate(key=1, name="Ada"), Candidate(key=2, name="Ada")) == [ItemState.IMPORTED] * 2


def test_a_file_or_an_address_that_the_job_has_is_a_duplicate_that_names_the_application() -> None:
    standing = Standing(by_file={7: 70}, by_email={"a@x.de": 71}, known_emails=frozenset({"a@x.de"}))
    candidates = [Candidate(key=1, name="a", file_id=7), Candidate(key=2, name="b", email="a@x.de")]
    assert [forecast.application_id for forecast in foresee(candidates=candidates, standing=standing)] == [70, 71]


def test_someone_known_from_another_job_comes_in_and_the_message_says_so() -> None:
    standing = Standing(by_file={}, by_email={}, known_emails=frozenset({"a@x.de"}))
    (forecast,) = foresee(candidates=[Candidate(key=1, name="a", email="a@x.de")], standing=standing)
    assert forecast.state is ItemState.IMPORTED
    assert "already known" in forecast.message


def test_what_cannot_be_read_still_comes_in_for_a_person() -> None:
    assert states(Candidate(key=1, name="a", file_id=1, unreadable="Protected.")) == [ItemState.NEEDS_PERSON]


def test_a_refused_item_does_not_make_a_later_one_a_duplicate() -> None:
    assert states(
        Candidate(key=1, name="a", email="a@x.de", refusal="Bad date."), Candidate(key=2, name="b", email="a@x.de")
    ) == [ItemState.REFUSED, ItemState.IMPORTED]


@given(st.lists(st.tuples(st.integers(1, 4) | st.none(), st.sampled_from(["", "a@x.de", "b@x.de"]))))
def test_no_file_and_no_address_ever_comes_in_twice(items: list[tuple[int | None, str]]) -> None:
    candidates = [
        Candidate(key=key, name=str(key), file_id=file, email=email) for key, (file, email) in enumerate(items)
    ]
    forecasts = foresee(candidates=candidates, standing=NOTHING)
    assert [forecast.key for forecast in forecasts] == [candidate.key for candidate in candidates]
    came_in = [candidates[forecast.key] for forecast in forecasts if forecast.state is ItemState.IMPORTED]
    files = [candidate.file_id for candidate in came_in if candidate.file_id is not None]
    emails = [candidate.email for candidate in came_in if candidate.email]
    assert len(files) == len(set(files))
    assert len(emails) == len(set(emails))


def test_the_time_left_follows_the_pace_of_late() -> None:
    assert measure_progress(done=50, total=100, recent=10, recent_seconds=5).seconds_left == pytest.approx(25)


def test_no_time_is_promised_before_there_is_a_pace() -> None:
    assert measure_progress(done=1, total=100, recent=1, recent_seconds=1).seconds_left is None


def test_an_import_with_nothing_left_is_done() -> None:
    progress = measure_progress(done=0, total=0, recent=0, recent_seconds=0)
    assert (progress.share, progress.seconds_left) == (1.0, 0.0)
