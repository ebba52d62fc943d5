"""Any advert, pasted: nothing of it is lost, and what is quoted stands where it is marked."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assay.app.postings.checking import check_pasted, numbered
from assay.core.postings.advert import plain
from assay.core.postings.circumstances import UNKNOWN
from assay.core.postings.passages import masked

TODAY = date(2026, 11, 21)
PIECES = [
    "We want a rockstar. ",
    "He codes.\n",
    "\n- 10 years of LLM experience\n",
    "<b>x</b> ",
    "[? why]",
    "ü\0 ",
    "é",
]


def check(text: str):
    return check_pasted(text, circumstances=UNKNOWN, as_of=TODAY)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_stretches_are_the_text_and_every_quote_is_marked_where_it_stands(text):
    checked = check(text)
    shown = "".join(stretch.text for stretch in checked.stretches)
    assert checked.was_markup or shown == plain(text).strip()
    marked = {ident for stretch in checked.stretches for ident in stretch.ids}
    assert marked == {one.id for one in checked.findings if any(each.quote for each in one.all)}
    for one in checked.findings:
        for each in one.all:
            assert each.quote in (shown[each.start : each.end], masked(shown)[each.start : each.end])


def test_the_source_of_a_web_page_is_read_as_its_reader_sees_it():
    source = "<html><script>steal()</script><h1>Engineer</h1><p>We want a <b>rockstar</b>.</p><ul><li>Python</li></ul>"
    checked = check(source)
    assert checked.was_markup
    shown = "".join(stretch.text for stretch in checked.stretches)
    assert shown.split("\n") == ["Engineer", "", "We want a rockstar.", "", "- Python"]


def test_what_says_the_same_of_several_words_is_said_once_with_an_id_that_stays():
    checked = check("[? one question] and [? another one]")
    asked = [one for one in checked.findings if one.finding.rule_id == "blank"]
    assert [len(one.all) for one in asked] == [2]
    assert numbered(checked.result.findings) == checked.findings


def test_five_words_and_nothing_at_all_are_answered():
    assert check("Engineer wanted, call us now.").findings
    assert check("   \n ").stretches == ()


def test_a_text_without_an_advert_is_said_to_be_none_and_passes_no_rule():
    for text in ("   \n ", "... 12 ...", "\ufffd\ufffd\ufffdx" * 40):
        checked = check(text)
        assert checked.nothing.startswith("There is no advert to check")
        assert (checked.findings, checked.result.passed) == ((), ())
    assert check("Engineer wanted.").nothing == ""
