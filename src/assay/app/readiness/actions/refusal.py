"""How a change to an assessment is refused in words."""


class ReadinessError(ValueError):
    """Raised when a change cannot be made; ``field`` says which input to change, the message says how."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def clean_line(text: str, *, field: str, longest: int) -> str:
    """Return one line of text without control characters; raises ``ReadinessError`` when it is too long."""
    return _fitting(" ".join("".join(one if one.isprintable() else " " for one in text).split()), field, longest)


def clean_text(text: str, *, field: str, longest: int) -> str:
    """Return text that can be kept, with its line breaks; raises ``ReadinessError`` when it is too long."""
    kept = "".join(one for one in text.replace("\r\n", "\n") if one.isprintable() or one in "\n\t")
    return _fitting(kept.strip(), field, longest)


def _fitting(text: str, field: str, longest: int) -> str:
    if len(text) > longest:
        raise ReadinessError(field=field, message=f"That is {len(text):,} characters long; at most {longest:,} fit.")
    return text
