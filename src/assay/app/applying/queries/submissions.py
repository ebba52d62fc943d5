"""What somebody sent through the form, for themselves and for whoever answers them."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.applying.models import Submission


@dataclass(frozen=True, slots=True)
class SentView:
    """A form as it was sent; ``fields`` and ``answers`` word for word."""

    id: str
    received_at: datetime
    fields: dict[str, object]
    answers: tuple[dict[str, object], ...]
    consent: dict[str, object]
    resume_name: str


def get_submission(*, application_id: int) -> dict[str, object] | None:
    """Return the form behind an application as plain values; ``None`` for one that did not come through a form."""
    row = Submission.objects.filter(application_id=application_id).first()
    return None if row is None else _values(row)


def get_second_form(*, submission_id: str) -> SentView | None:
    """Return a form that was sent beside an application that was there already."""
    row = Submission.objects.filter(pk=submission_id, application=None).first()
    if row is None:
        return None
    return SentView(
        id=str(row.pk),
        received_at=row.received_at,
        fields=dict(row.fields),
        answers=tuple(row.answers),
        consent=dict(row.consent),
        resume_name=row.resume_name,
    )


def _values(row: Submission) -> dict[str, object]:
    return {
        "received_at": row.received_at.isoformat(),
        "fields": row.fields,
        "answers": [{"question": one["question"], "answer": one["answer"]} for one in row.answers],
        "agreed_to": row.consent,
        "resume": row.resume_name,
    }
