from hypothesis import given
from hypothesis import strategies as st

from assay.core.deciding.markup import BlockKind, Mark, MarkKind, cut, lay_out, marks_of, merge
from assay.core.documents.document import Document, DocumentKind, HiddenReason, HiddenSpan, Page

from .results import TEXT, make_result

texts = st.text(alphabet="ab •#\nÄ", max_size=60)


@st.composite
def marked_texts(draw):
    text = draw(texts)
    edges = st.integers(min_value=0, max_value=len(text))
    spans = draw(st.lists(st.tuples(edges, edges), max_size=6))
    marks = [
        Mark((f"c{n}",), draw(st.sampled_from(MarkKind)), min(a, b), max(a, b), "why") for n, (a, b) in enumerate(spans)
    ]
    return text, marks


@given(marked_texts())
def test_cutting_loses_and_adds_no_character(case):
    text, marks = case
    assert "".join(piece.text for piece in cut(text=text, marks=marks)) == text


@given(marked_texts())
def test_every_character_carries_exactly_the_marks_that_cover_it(case):
    text, marks = case
    at = 0
    for piece in cut(text=text, marks=marks):
        for offset in range(at, at + len(piece.text)):
            expected = {mark.ids[0] for mark in marks if mark.start <= offset < mark.end}
            assert set(piece.ids) == expected
        at += len(piece.text)


@given(marked_texts())
def test_laying_out_keeps_every_line_that_holds_anything(case):
    text, marks = case
    lines = ["".join(piece.text for piece in block.pieces) for block in lay_out(text=text, marks=marks)]
    assert lines == [line for line in text.split("\n") if line.strip()]


def read(*, hidden=()):
    return Document(DocumentKind.TEXT, TEXT, (Page(1, 0, 0, 0, len(TEXT)),), hidden)


def test_a_quote_answers_to_its_claim_its_must_have_and_its_competency():
    blocks = lay_out(text=TEXT, marks=marks_of(result=make_result(), document=read()))
    assert blocks[1].pieces[0].ids == ("c1", "k-serving", "m-deployed")
    assert blocks[1].pieces[0].kind is MarkKind.CLAIM


@given(marked_texts())
def test_merged_marks_cover_each_stretch_once_and_lose_no_id(case):
    _, marks = case
    merged = merge(marks=marks)
    assert len({(mark.start, mark.end) for mark in merged}) == len(merged)
    assert {name for mark in merged for name in mark.ids} == {mark.ids[0] for mark in marks}


def test_a_counted_claim_keeps_its_gold_where_something_is_flagged_too():
    same = [Mark(("f0",), MarkKind.FLAG, 0, 4, "flag"), Mark(("c1",), MarkKind.CLAIM, 0, 4, "claim")]
    assert merge(marks=same) == (Mark(("f0", "c1"), MarkKind.CLAIM, 0, 4, "flag; claim"),)


def test_headings_and_list_items_are_told_from_plain_lines():
    kinds = [block.kind for block in lay_out(text=TEXT, marks=())]
    assert kinds == [BlockKind.HEADING, BlockKind.LINE, BlockKind.BULLET, BlockKind.LINE]


def test_hidden_text_outranks_every_other_look_and_says_how_it_was_hidden():
    hidden = (HiddenSpan(0, 4, HiddenReason.TINY),)
    marks = marks_of(result=make_result(), document=read(hidden=hidden))
    first = cut(text=TEXT, marks=marks)[0]
    assert (first.kind, first.title) == (MarkKind.HIDDEN, "Hidden text, too small to read")


def test_a_mark_that_points_outside_the_text_is_left_out():
    short = Document(DocumentKind.TEXT, "WORK", (Page(1, 0, 0, 0, 4),))
    assert marks_of(result=make_result(), document=short) == ()
