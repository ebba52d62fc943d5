import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from assay.core.documents.clean import clean, clean_with_sources, has_zero_width

awkward = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "a b\r\n\t\x00\x0b\u00a0\u00ad\u200b\u202e\ufeff\ufb01\ufffe\uf0b7\ue000e\u0301\u0327\u1100\u1161\u11a8"
        ),
        st.characters(),
    )
)


@given(awkward)
@example("e\u0301\u0323x\r\n\ufb01ne")
@example("\u1100\u1161\u11a8")
def test_the_quick_and_the_exact_way_give_the_same_text(raw: str) -> None:
    text, sources = clean_with_sources(raw=raw)

    assert text == clean(raw=raw)
    assert len(sources) == len(text)


@given(awkward)
def test_clean_text_is_composed_and_holds_nothing_invisible(raw: str) -> None:
    text = clean(raw=raw)

    assert unicodedata.is_normalized("NFC", text)
    assert not has_zero_width(text=text)
    assert "\r" not in text
    assert "\x00" not in text


@given(awkward)
def test_sources_never_go_back_and_stay_inside_the_raw_text(raw: str) -> None:
    _, sources = clean_with_sources(raw=raw)

    assert sources == sorted(sources)
    assert all(0 <= source < len(raw) for source in sources)


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_text_is_left_alone(raw: str) -> None:
    assert clean_with_sources(raw=raw) == (raw, list(range(len(raw))))


def test_ligatures_bullets_and_odd_spaces_become_plain() -> None:
    assert clean(raw="\uf0b7\u00a0\ufb01ne\u2009tuning\u2028end") == "• fine tuning\nend"
