"""Whole numbers and ids as they come in a form or an address: text that anybody may have typed."""

LARGEST_ID = 2**63 - 1
_DIGITS_OF_AN_ID = len(str(LARGEST_ID))


def read_whole(text: str, *, most_digits: int) -> int | None:
    """Return a whole number from 0 written in plain digits; ``None`` for all else, and for more than ``most_digits``.

    No sign, blank or separator is read: who allows them takes them off first. Digits of other scripts are none here,
    because the pages write their numbers in plain ones.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most_digits else None


def read_id(text: str) -> int | None:
    """Return a row's id; ``None`` for what is no whole number or is larger than the database can hold (bigint)."""
    number = read_whole(text, most_digits=_DIGITS_OF_AN_ID)
    return number if number is not None and number <= LARGEST_ID else None
