"""How a change to an assessment is refused in words."""

from collections.abc import Callable

from assay.platform import text as typed


class ReadinessError(ValueError):
    """Raised when a change cannot be made; ``field`` says which input to change, the message says how."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def clean_line(text: str, *, field: str, longest: int) -> str:
    """Return one line of text without control characters; raises ``ReadinessError`` when it is too long."""
    return _cleaned(lambda: typed.clean_line(text, longest=longest), field)


def clean_text(text: str, *, field: str, longest: int) -> str:
    """Return text that can be kept, with its line breaks; raises ``ReadinessError`` when it is too long."""
    return _cleaned(lambda: typed.clean_text(text, longest=longest), field)


def _cleaned(clean: Callable[[], str], field: str) -> str:
    try:
        return clean()
    except typed.TextTooLongError as error:
        message = f"That is {error.length:,} characters long; at most {error.longest:,} fit."
        raise ReadinessError(field=field, message=message) from error
