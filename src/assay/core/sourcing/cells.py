"""The text of a cell: as a person meant it, and as it came but fit to be kept."""

import unicodedata

_KEPT_CONTROLS = frozenset("\t\n")


def clean_cell(*, text: str) -> str:
    """Return what a person meant: composed letters, single spaces, nothing invisible."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = "".join(character if _is_visible(character) else " " for character in _without_format(text))
    return unicodedata.normalize("NFC", " ".join(plain.split()))


def keep_cell(*, text: str) -> str:
    """Return the cell as it came, less the characters that PostgreSQL cannot hold."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (
        character
        for character in text
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return "".join(kept).strip()


def _without_format(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
