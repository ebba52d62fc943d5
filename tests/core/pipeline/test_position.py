from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.position import Position, read_position, write_position

moments = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2200, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
names = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
ids = st.integers(min_value=1, max_value=2**50)


@given(names, moments, st.decimals(0, 100, places=3).map(float), ids, ids, st.booleans())
def test_a_position_read_back_is_the_position_written(name, moment, score, row_id, count, backward):
    position = Position(key=(name, moment, score, row_id), count=count, is_backward=backward)
    text = write_position(position=position)
    assert text.isascii() and "=" not in text
    assert read_position(text=text, kinds=(str, datetime, float, int)) == position


@given(st.text(max_size=80))
def test_any_text_at_all_is_read_or_refused_without_failing(text):
    read_position(text=text, kinds=(float, int))


@given(st.tuples(names, ids))
def test_a_position_of_another_order_is_refused(key):
    assert read_position(text=write_position(position=Position(key=key)), kinds=(float, int)) is None
    assert read_position(text=write_position(position=Position(key=key)), kinds=(str, int, int)) is None


def test_numbers_that_no_database_could_compare_are_refused():
    for body in ("NaN", "Infinity", "1e400", "true", "null", "[1]", '"1"', "9" * 30):
        import base64

        text = base64.urlsafe_b64encode(f"[[{body}, 1], 0, 0]".encode()).decode()
        assert read_position(text=text, kinds=(float, int)) is None


def test_half_a_surrogate_pair_is_refused():
    import base64

    text = base64.urlsafe_b64encode(b'[["\\ud800", 1], 0, 0]').decode()
    assert read_position(text=text, kinds=(str, int)) is None
