"""Cells for a spreadsheet that never become formulas."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(*, value: object) -> str:
    """Return a value as text for CSV: numbers as they are, text that could run behind a quote mark."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    text = "".join(character if character.isprintable() or character == "\n" else " " for character in str(value))
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) or str(value).startswith(_STARTS) else text
