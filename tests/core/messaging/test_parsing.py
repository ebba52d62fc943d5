"""Any letter is read, within bounds, and nothing in it comes through as markup, a header or an order."""

import re
from dataclasses import replace
from email.message import EmailMessage
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.messaging.incoming import AutomaticSigns, IncomingLetter, ReadingLimits, ReadingRules
from assay.core.messaging.legible import clean_html, text_of_html
from assay.core.messaging.parsing import parse
from assay.core.messaging.quoting import fold_quoted

LIMITS = ReadingLimits(
    largest_bytes=12_000_000,
    most_parts=50,
    deepest=8,
    longest_header=10_000,
    most_references=20,
    longest_text=5_000,
    longest_html=400_000,
    most_attachments=5,
    largest_attachment=1_000,
)
SIGNS = AutomaticSigns({"auto-submitted": ("auto-replied",), "precedence": ("bulk",)}, ("x-autoreply",), ("out of",))
RULES = ReadingRules(LIMITS, SIGNS, (re.compile("^On .{4,200} wrote:$"), re.compile("^-{2,}Original Message-{2,}$")))
HEAD = b"From: Ada <ada@a.example>\nTo: jobs@b.example\nMessage-ID: <1@a>\n"


def read(body: bytes, head: bytes = b"", kind: bytes = b"text/plain; charset=utf-8") -> IncomingLetter:
    return parse(source=HEAD + head + b"Content-Type: " + kind + b"\n\n" + body, rules=RULES)


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(source: bytes) -> None:
    parse(source=source, rules=RULES)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_headers_and_any_words_are_read_and_can_be_stored(head: bytes, body: bytes) -> None:
    letter = read(body, head=b"Subject: " + head + b"\n")
    for text in (letter.subject, letter.text, letter.quoted, letter.html, letter.sender, letter.sender_name):
        assert "\0" not in text
        text.encode()
    assert "\n" not in letter.subject


def test_words_are_chosen_over_html_and_html_is_harmless() -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "ada@a.example", "Hi"
    letter.set_content("the words")
    letter.add_alternative(
        '<p onclick="x()">the <b>words</b></p><script>alert(1)</script><img src="https://spy.example/x.png">'
        '<a href="javascript:alert(1)">j</a><a href="https://e.example/">e</a><style>p{}</style>',
        subtype="html",
    )
    read_back = parse(source=letter.as_bytes(), rules=RULES)
    assert read_back.text == "the words"
    for bad in ("onclick", "script", "img", "spy.example", "style"):
        assert bad not in read_back.html
    assert "<b>words</b>" in read_back.html


def test_html_alone_becomes_words() -> None:
    letter = read(b"<style>x</style><p>One<br>two</p><p>three &amp; four</p>", kind=b"text/html")
    assert letter.text == "One\ntwo\nthree & four"


@pytest.mark.parametrize("charset", [b"utf-8", b"x-unknown", b"latin-1", b"utf-7\x00", b"\xff", b"idna", b"base64"])
def test_a_wrong_charset_loses_no_letter(charset: bytes) -> None:
    letter = read("Grüße".encode("latin-1"), kind=b"text/plain; charset=" + charset)
    assert letter.text.startswith("Gr")


def test_what_is_repeated_is_folded() -> None:
    letter = read(b"Yes.\n\nOn Tue, 1 Dec 2026, Rita\nwrote:\n> Does Tuesday suit you?\n")
    assert (letter.text, letter.quoted[:11]) == ("Yes.", "On Tue, 1 D")


def test_answers_between_the_lines_are_left_in_their_order() -> None:
    text = "On Tue, Rita Alvarez wrote:\n> Tuesday?\nYes.\n> Ten?\nNo, eleven."
    assert fold_quoted(text=text, openers=RULES.quote_lines) == (text, "")


def test_references_come_nearest_first_and_bounded() -> None:
    many = " ".join(f"<{number}@x>" for number in range(100)).encode()
    letter = read(b"x", head=b"References: " + many + b"\nIn-Reply-To: <5@x>\n")
    assert letter.references[:3] == ("<5@x>", "<99@x>", "<98@x>")
    assert len(letter.references) == 20


@pytest.mark.parametrize(
    "head",
    [b"Auto-Submitted: auto-replied (vacation)\n", b"Precedence: bulk\n", b"X-Autoreply: yes\n", b"Return-Path: <>\n",
     b"Subject: Out of office\n"],
)  # fmt: skip
def test_letters_that_nobody_wrote_are_recognised(head: bytes) -> None:
    letter = read(b"x", head=head)
    assert letter.is_automatic or b"vacation" in head


def test_a_letter_that_somebody_wrote_is_not_automatic() -> None:
    assert not read(b"x", head=b"Auto-Submitted: no\nSubject: Re: out of ideas\n").is_automatic


def test_files_are_taken_out_with_plain_names_and_bounded() -> None:
    letter = EmailMessage()
    letter["From"] = "ada@a.example"
    letter.set_content("see")
    for number in range(9):
        letter.add_attachment(b"x" * 10, maintype="application", subtype="pdf", filename=f"../a/{number}\x1b.pdf")
    letter.add_attachment(b"y" * 5_000, maintype="application", subtype="pdf", filename="large.pdf")
    read_back = parse(source=letter.as_bytes(), rules=RULES)
    assert len(read_back.files) == 5
    assert all("/" not in file.name and file.name.isprintable() for file in read_back.files)
    assert any("more files" in note for note in read_back.notes)


def test_a_letter_inside_a_letter_is_a_file() -> None:
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("inner words")
    outer = EmailMessage()
    outer["From"] = "ada@a.example"
    outer.set_content("outer words")
    outer.add_attachment(inner)
    letter = parse(source=outer.as_bytes(), rules=RULES)
    assert letter.text == "outer words"
    assert [file.media_type for file in letter.files] == ["message/rfc822"]


def heavy() -> dict[str, bytes]:
    deep = b"".join(
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (number, number + 1) for number in range(3_000)
    )
    return {
        "ten megabytes of HTML": HEAD + b"Content-Type: text/html\n\n" + b"<p>word</p>" * 900_000,
        "nested elements": HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 80_000,
        "nested parts": HEAD + b"Content-Type: multipart/mixed; boundary=b0\n\n" + deep,
        "many parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000,
        "long headers": b"Subject: " + b"=?utf-8?q?a?= " * 300_000 + b"\nFrom: " + b"((" * 300_000 + b"\n\nx",
        "beginnings of quotes": HEAD + b"\nOn " + b"a" * 100_000 + b"\n" + b"On x\n" * 50_000,
        "open tags": HEAD + b"Content-Type: text/html\n\n" + b"<a " * 130_000,
    }


@pytest.mark.parametrize("name", sorted(heavy()))
def test_a_heavy_letter_is_read_in_a_few_seconds_of_work(name: str) -> None:
    source = heavy()[name]
    began = process_time()
    letter = parse(source=source, rules=RULES)
    assert process_time() - began < 5
    assert len(letter.text) <= LIMITS.longest_text
    assert len(letter.subject) <= 400


def test_a_letter_that_is_too_large_is_read_by_its_head_alone() -> None:
    rules = replace(RULES, limits=replace(LIMITS, largest_bytes=100))
    letter = parse(source=HEAD + b"Subject: hi\n\n" + b"x" * 500, rules=rules)
    assert (letter.subject, letter.text) == ("hi", "")
    assert "larger" in letter.notes[0]


def test_direction_marks_and_controls_are_taken_out_and_scripts_of_the_world_are_not() -> None:
    letter = read("שלום \u202egnp.exe مرحبا 👩\u200d💻\x07".encode(), head=b"Subject: =?utf-8?q?=E2=80=AEx?=\n")
    assert letter.text == "שלום gnp.exe مرحبا 👩\u200d💻"
    assert letter.subject == "x"


@given(st.text(max_size=400))
def test_no_html_survives_that_could_act(html: str) -> None:
    cleaned = clean_html(html=html)
    assert not re.search(r"<\s*(script|img|iframe|object|style|link|form|input|svg)", cleaned, re.IGNORECASE)
    assert clean_html(html=cleaned) == cleaned
    text_of_html(html=html)
