"""What is typed about interviews, cleaned; what does not fit is refused with its field."""

from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.platform.text import TextTooLongError, clean_line, clean_text


def line_of(*, text: str, field: str, longest: int) -> str:
    """Return one clean line. Raises ``InterviewRefused`` when it is too long."""
    try:
        return clean_line(text, longest=longest)
    except TextTooLongError as error:
        raise InterviewRefused(str(error), field=field) from error


def text_of(*, text: str, field: str, longest: int) -> str:
    """Return clean text with its lines. Raises ``InterviewRefused`` when it is too long."""
    try:
        return clean_text(text, longest=longest)
    except TextTooLongError as error:
        raise InterviewRefused(str(error), field=field) from error
