"""Which encoding the bytes of a text file are in, decided from the bytes alone."""

import codecs
from typing import BinaryIO

_BLOCK = 256 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def sniff_encoding(*, file: BinaryIO) -> str:
    """Return ``utf-8-sig``, ``utf-16``, ``utf-16-le``, ``utf-16-be``, ``utf-32``, ``utf-8`` or ``cp1252``.

    Reads the file from its start in blocks and leaves it at its start. Whatever is neither marked nor valid
    UTF-8 is taken for Windows-1252, which Excel writes in western Europe and which can read any byte.
    """
    file.seek(0)
    start = file.read(_BLOCK)
    try:
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        return _unmarked_utf_16(start) or ("utf-8" if _is_utf_8(start, file) else "cp1252")
    finally:
        file.seek(0)


def _unmarked_utf_16(start: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in Latin text every second byte is zero."""
    sample = start[:4096]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _is_utf_8(start: bytes, file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    block = start
    try:
        while block:
            decoder.decode(block)
            block = file.read(_BLOCK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
