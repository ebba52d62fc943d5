"""How a change to an assessment is refused in words."""


class ReadinessError(ValueError):
    """Raised when a change cannot be made; ``field`` says which input to change, the message says how."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def clean_line(text: str, *, longest: int) -> str:
    """Return one line of text without control characters, cut to ``longest``."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:longest]


def clean_text(text: str, *, longest: int) -> str:
    """Return text that can be kept, with its line breaks, cut to ``longest``."""
    kept = "".join(one for one in text.replace("\r\n", "\n") if one.isprintable() or one in "\n\t")
    return kept.strip()[:longest]
