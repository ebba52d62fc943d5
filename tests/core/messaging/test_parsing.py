"""Any letter is read, within bounds, and nothing in it comes through as markup, a header or an order."""

import re
from dataclasses import replace
from email.message import EmailMessage
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.messaging.incoming import AutomaticSigns, DeliveryReport, IncomingLetter, ReadingLimits, ReadingRules
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
SIGNS = AutomaticSigns(
    {
        "auto-submitted": ("auto-replied", "auto-generated"),
        "precedence": ("bulk",),
        "x-auto-response-suppress": ("oof", "autoreply"),
    },
    ("x-autoreply",),
    ("out of",),
    ("mailer-daemon", "postmaster"),
)
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
    ("head", "is_automatic"),
    [
        (b"Auto-Submitted: auto-replied", True),
        (b"Auto-Submitted: auto-replied (vacation)", True),
        (b"Auto-Submitted: auto-generated; owner-email=a", True),
        (b"Auto-Submitted: no (auto-replied to before)", False),
        (b"Precedence: Bulk", True),
        (b"Precedence: first-class", False),
        (b"X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply", True),
        (b"X-Auto-Response-Suppress: DR", False),
        (b"X-Autoreply: yes", True),
        (b"Return-Path: <>", True),
        (b"Return-Path: <ann@example.org>", False),
        (b"From: MAILER-DAEMON@mx.example.org (Mail System)", True),
        (b'From: "Postmaster Pat" <pat@example.org>', False),
        (b"Content-Type: multipart/report; report-type=disposition-notification", True),
        (b"Subject: Out of office", True),
        (b"Subject: Re: Auto-Submitted: auto-replied, out of ideas", False),
    ],
)
def test_what_no_person_wrote_is_told_from_what_one_did(head: bytes, is_automatic: bool) -> None:
    assert parse(source=head + b"\n\nAuto-Submitted: auto-replied\n", rules=RULES).is_automatic is is_automatic


REPORT = b"""From: MAILER-DAEMON@mx.example.org
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="=_b"

--=_b

I'm sorry to say...
--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ann@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
 No such person

--=_b
Content-Type: text/rfc822-headers

Message-ID: <1@ours>
--=_b--
"""


@pytest.mark.parametrize("kind", [b"text/rfc822-headers", b"message/rfc822", b"message/global-headers"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_report_says_which_letter_failed_and_why(kind: bytes, end: bytes) -> None:
    source = REPORT.replace(b"text/rfc822-headers", kind).replace(b"\n", end)
    assert parse(source=source, rules=RULES).report == DeliveryReport(("<1@ours>",), "550 5.1.1 No such person")


def test_a_report_of_a_delay_and_one_that_names_no_letter_are_no_failures() -> None:
    for source in (REPORT.replace(b"failed", b"delayed"), REPORT.replace(b"<1@ours>", b"")):
        assert parse(source=source, rules=RULES).report is None


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
        "many recipients of a report": REPORT.replace(b"Action: failed", b"Action: failed\n\n" * 100_000),
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
