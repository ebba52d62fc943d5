"""Heads of letters are read whatever is in them, in time that grows with their size and no faster."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.platform.mail.headers import head_of, read_fields, read_way
from assay.platform.mail.identity import identity_of

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
    "broken encodings": lambda: b"Subject: =?utf-8?b?" + b"\xff\xfe=" * MEGABYTE + b"?=\r\nFrom: \xff@\xff\r\n\r\n\xff",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_letter_takes_long_to_look_at(name: str) -> None:
    source = HOSTILE[name]()
    began = time.process_time()
    read_way(source)
    identity_of(source)
    assert time.process_time() - began < _SECONDS


@settings(deadline=None)
@given(st.binary(max_size=5000))
def test_any_bytes_can_be_looked_at(source: bytes) -> None:
    assert not read_way(source).is_going_round
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
    way = read_way(end.join(lines))
    assert way.message_id in ("", "<1@x>")
    assert not way.is_going_round


def test_a_letter_with_more_stops_than_any_honest_way_has_goes_round() -> None:
    stop = b"Received: by a;\r\n today\r\n"
    assert not read_way(stop * 50 + b"\r\n").is_going_round
    assert read_way(stop * 51 + b"\r\n").is_going_round


def test_a_folded_field_is_one_and_a_line_that_is_none_is_left_out() -> None:
    fields = read_fields(head_of(b"Subject: one\r\n\ttwo\r\nnonsense\r\nSUBJECT: three\r\n\r\nSubject: four"))
    assert fields == {"subject": ("one two", "three")}
