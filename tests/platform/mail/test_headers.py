"""Heads of letters are read whatever is in them, in time that grows with their size and no faster."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.platform.mail.test_arrivals import REPORT

from assay.platform.mail.headers import head_of, read_fields, read_way
from assay.platform.mail.identity import identity_of
from assay.platform.mail.reports import read_report

_SECONDS = 3.0
MEGABYTE = 1_000_000


def nested(depth: int) -> bytes:
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(depth)
    )
    return opened + b"\r\nhello\r\n"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "10 MB of HTML": lambda: b"Content-Type: text/html\r\n\r\n" + b"<div>" * (2 * MEGABYTE),
    "10,000 parts": lambda: (
        b"Content-Type: multipart/report; boundary=x\r\n\r\n"
        + b"--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n" * 10_000
    ),
    "50,000 levels": lambda: nested(50_000),
    "a header of 10 MB": lambda: b"Subject: " + b"x" * (10 * MEGABYTE) + b"\r\n\r\n",
    "a folded header of 10 MB": lambda: b"Subject: x" + b"\r\n y" * (2 * MEGABYTE) + b"\r\n\r\n",
    "a million headers": lambda: b"X: y\r\n" * MEGABYTE + b"\r\n",
    "no line break": lambda: b"\x00" * (10 * MEGABYTE),
    "only colons": lambda: b":" * (10 * MEGABYTE),
    "only blanks": lambda: b" " * (10 * MEGABYTE),
    "only line breaks": lambda: b"\r\n" * (5 * MEGABYTE),
    "ids without an end": lambda: b"Message-ID: " + b"<a" * (2 * MEGABYTE) + b"\r\n\r\n",
    "open brackets in folds": lambda: b"References: " + b"<\r\n\t" * MEGABYTE,
    "a boundary without end": lambda: b'Content-Type: multipart/report; boundary="' + b"x " * MEGABYTE,
    "many recipients of a report": lambda: REPORT.replace(b"Action: failed", b"Action: failed\r\n\r\n" * MEGABYTE),
    "broken encodings": lambda: b"Subject: =?utf-8?b?" + b"\xff\xfe=" * MEGABYTE + b"?=\r\nFrom: \xff@\xff\r\n\r\n\xff",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_letter_takes_long_to_look_at(name: str) -> None:
    source = HOSTILE[name]()
    began = time.process_time()
    read_way(source)
    read_report(source)
    identity_of(source)
    assert time.process_time() - began < _SECONDS


@settings(deadline=None)
@given(st.binary(max_size=5000))
def test_any_bytes_can_be_looked_at(source: bytes) -> None:
    way = read_way(source)
    assert way.received >= 0
    assert read_report(source) is None or way.is_report
    assert len(identity_of(source)) == 64


_LINE = st.sampled_from(
    [
        b"Received: by a",
        b"received:by b",
        b"Auto-Submitted: auto-replied",
        b"Precedence: bulk",
        b"Message-ID: <1@x>",
        b"Content-Type: multipart/report; boundary=x",
        b" folded",
        b"\tfolded",
        b"no colon",
        b"Content-Type: message/delivery-status",
        b"--x",
        b"--x--",
        b"",
        b"Action: failed",
        b"Final-Recipient: rfc822; a@b",
        b": empty name",
        b"\xff: \xfe",
    ]
)


@settings(deadline=None)
@given(st.lists(_LINE, max_size=40), st.sampled_from([b"\r\n", b"\n"]))
def test_lines_in_any_order_can_be_looked_at(lines: list[bytes], end: bytes) -> None:
    source = end.join(lines)
    way, report = read_way(source), read_report(source)
    assert way.received <= len(lines)
    assert report is None or (report.message_id == "<1@x>" and report.has_failed)


@pytest.mark.parametrize(
    ("line", "is_automatic"),
    [
        ("Auto-Submitted: auto-replied", True),
        ("Auto-Submitted: auto-generated; owner-email=a", True),
        ("Auto-Submitted: no", False),
        ("Precedence: Bulk", True),
        ("Precedence: first-class", False),
        ("X-Autoreply: yes", True),
        ("Return-Path: <>", True),
        ("Return-Path: <ann@example.org>", False),
        ("From: MAILER-DAEMON@mx.example.org (Mail System)", True),
        ('From: "Postmaster Pat" <pat@example.org>', False),
        ("Content-Type: multipart/report; report-type=disposition-notification", True),
        ("Subject: Re: Auto-Submitted: auto-replied", False),
    ],
)
def test_what_no_person_wrote_is_told_from_what_one_did(line: str, is_automatic: bool) -> None:
    assert read_way(f"{line}\r\n\r\nAuto-Submitted: auto-replied\r\n".encode()).is_automatic is is_automatic


def test_a_list_a_loop_mark_and_the_stops_of_the_way_are_seen() -> None:
    way = read_way(b"X-Loop: jobs@example.org\r\nList-Id: <ml>\r\n" + b"Received: by a;\r\n today\r\n" * 3 + b"\r\n")
    assert (way.loop_marks, way.is_from_list, way.received) == (("jobs@example.org",), True, 3)


def test_a_folded_field_is_one_and_a_line_that_is_none_is_left_out() -> None:
    fields = read_fields(head_of(b"Subject: one\r\n\ttwo\r\nnonsense\r\nSUBJECT: three\r\n\r\nSubject: four"))
    assert fields == {"subject": ("one two", "three")}


def test_a_report_says_which_letter_failed_and_why() -> None:
    report = read_report(REPORT % b"<1@ours>")
    assert report is not None
    assert (report.message_id, report.recipient, report.status) == ("<1@ours>", "ann@example.org", "5.1.1")
    assert (report.has_failed, report.words) == (True, "550 5.1.1 No such person")


def test_a_report_of_a_delay_is_no_failure_and_one_that_names_no_letter_is_none() -> None:
    delayed = read_report((REPORT % b"<1@ours>").replace(b"failed", b"delayed"))
    assert delayed is not None
    assert not delayed.has_failed
    assert read_report(REPORT % b"") is None
