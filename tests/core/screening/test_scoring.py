"""The arithmetic of the score."""

from hypothesis import given
from hypothesis import strategies as st

from assay.core.screening.scoring import split_whole


@given(
    st.integers(min_value=0, max_value=10_000),
    st.lists(st.floats(min_value=0.001, max_value=1), min_size=1, max_size=12),
)
def test_a_whole_is_divided_without_rest(whole: int, weights: list[float]) -> None:
    total = sum(weights)
    parts = split_whole(whole=whole, shares=[weight / total for weight in weights])
    assert sum(parts) == whole
    assert all(abs(part - whole * weight / total) <= 1 for part, weight in zip(parts, weights, strict=True))
