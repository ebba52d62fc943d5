"""Text that people type, made fit to be kept: no control characters, no broken letters, not too long."""


class TextTooLongError(ValueError):
    """Raised for a text that does not fit; the message says how long it is (``length``) and may be (``longest``)."""

    def __init__(self, *, length: int, longest: int) -> None:
        super().__init__(f"That is {length:,} characters long; at most {longest:,} characters fit.")
        self.length, self.longest = length, longest


def clean_line(text: str, *, longest: int) -> str:
    """Return one line: each run of blanks or characters that cannot be printed (NUL too) becomes one space.

    Raises ``TextTooLongError`` when more than ``longest`` characters are left.
    """
    return _fitting(" ".join("".join(one if one.isprintable() else " " for one in text).split()), longest)


def clean_text(text: str, *, longest: int) -> str:
    """Return text with its line breaks and tabs and without any other character that cannot be printed.

    Raises ``TextTooLongError`` when more than ``longest`` characters are left.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _fitting("".join(one for one in lines if one.isprintable() or one in "\n\t").strip(), longest)


def _fitting(text: str, longest: int) -> str:
    if len(text) > longest:
        raise TextTooLongError(length=len(text), longest=longest)
    return text
