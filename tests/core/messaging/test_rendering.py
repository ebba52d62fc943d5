"""Letters are filled in exactly: every name once, nothing left open, nothing that was typed becomes markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.messaging.rendering import (
    OpenPlaceholderError,
    UnknownPlaceholderError,
    Words,
    check_finished,
    check_words,
    fill,
    first_name,
    list_placeholders,
    one_line,
    render,
    to_html,
)


def test_names_are_filled_in_with_or_without_blanks() -> None:
    words = render(words=Words("{{ a }}", "{{a}} and {{b}}"), values={"a": "1", "b": "2"})
    assert words == Words("1", "1 and 2\n")


def test_every_missing_name_is_said_once() -> None:
    with pytest.raises(OpenPlaceholderError, match=r"\{\{a\}\}, \{\{b\}\}") as refused:
        render(words=Words("{{a}}", "{{a}} {{b}} {{c}}"), values={"c": "3"})
    assert refused.value.names == ("a", "b")


@pytest.mark.parametrize("braces", ["{{unknown}}", "{{ 1 + 1 }}", "{{a.b}}", "{{__class__}}", "{{A}}", "{{}}"])
def test_words_with_anything_but_known_names_in_braces_are_refused(braces: str) -> None:
    with pytest.raises(UnknownPlaceholderError):
        check_words(words=Words("x", f"hello {braces}"), known={"a"})


def test_a_letter_with_an_open_name_is_not_finished() -> None:
    check_finished(words=Words("x", "curly {braces} are fine"))
    with pytest.raises(OpenPlaceholderError):
        check_finished(words=Words("x", "{{question}}"))


def test_names_without_a_value_stay_for_a_person() -> None:
    assert fill(words=Words("{{a}}", "{{b}}"), values={"a": "1"}) == Words("1", "{{b}}\n")


@given(st.text(), st.text())
def test_a_value_is_put_in_as_it_is_and_never_looked_at_again(value: str, other: str) -> None:
    filled = fill(words=Words("s", "{{a}}|{{b}}"), values={"a": "{{b}}" + value, "b": other})
    assert filled.body == ("{{b}}" + value + "|" + other).strip() + "\n"


@given(st.text())
def test_a_subject_is_one_line_whatever_is_put_into_it(value: str) -> None:
    subject = fill(words=Words("Hello {{a}}", ""), values={"a": value}).subject
    assert len(subject.splitlines()) == 1
    assert subject.isprintable()


@given(st.text(alphabet=st.sampled_from("<>&\"' ab/\n:htps.javscri")))
def test_nothing_typed_becomes_markup(text: str) -> None:
    html = to_html(text=text)
    bare = html
    for ours in ("<p>", "</p>", "<br>", "</a>"):
        bare = bare.replace(ours, "")
    import re

    bare = re.sub(r'<a href="https?://[^"<>]*">', "", bare)
    assert "<" not in bare
    assert ">" not in bare


def test_paragraphs_lines_and_links() -> None:
    html = to_html(text="One\ntwo\n\nSee https://example.org/a?b=1&c=2.\n")
    assert html == (
        "<p>One<br>\ntwo</p>\n"
        '<p>See <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.</p>'
    )


def test_a_script_is_no_link() -> None:
    assert "href" not in to_html(text="javascript:alert(1) data:text/html,x")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [("Ada Byron", "Ada"), ("", "there"), ("  ", "there"), ("Dr. Ada Byron", "Dr. Ada Byron"), ("Sukarno", "Sukarno")],
)
def test_how_a_letter_greets(name: str, greeting: str) -> None:
    assert first_name(name=name) == greeting


def test_placeholders_are_listed_in_order() -> None:
    assert list_placeholders(text="{{b}} {{a}} {{b}}") == ("b", "a")


def test_line_breaks_and_controls_become_blanks() -> None:
    assert one_line(text="a\r\nBcc: x\x00\u202eb") == "a Bcc: x b"
