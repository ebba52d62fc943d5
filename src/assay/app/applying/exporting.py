"""Everything that is a candidate's own, in one file to take along: JSON, their documents, and what is held back."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime

from assay.app.applying.queries.sent import find_form, list_own_documents
from assay.app.applying.queries.status import StatusView, get_status
from assay.app.applying.queries.submissions import get_submission
from assay.app.messaging.queries.candidates import list_letters_of
from assay.app.pipeline.funnel import find_application
from assay.app.screening.queries import get_current_screening
from assay.app.screening.stored_result import encode_result
from assay.platform.files.reading import DamagedFile, read_stored

HELD_BACK = (
    "Notes and scorecards of interviewers, and who decided: they hold what other people wrote for each other. "
    "Ask for them by answering any of our letters; a person decides what can be given.",
    "What you may have said about yourself under “About you”: it is kept without a link to you, so nobody can find it.",
    "The audit log: it holds numbers, no names.",
)
UNPROVEN = (
    "Letters and what was corrected since: this copy was taken from a private address that stood on a page. Open your "
    "private page from one of our letters to take these along too."
)


def archive_of(*, application_id: int, is_mailed: bool, now: datetime) -> bytes:
    """Return a ZIP with ``application.json``, the documents as they were sent, and a page that explains both.

    Where the private address did not come by letter (``is_mailed``), it holds what came with the form and no letters.
    """
    view = get_status(application_id=application_id, is_mailed=is_mailed, now=now)
    form = find_form(application_id=application_id, pursuit=view.pursuit)
    documents = list_own_documents(application_id=application_id, form=form, is_mailed=is_mailed)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        body = json.dumps(_everything(view, now), ensure_ascii=False, indent=2, default=str)
        archive.writestr("application.json", body)
        archive.writestr("README.txt", _readme(view, now))
        for number, document in enumerate(documents, start=1):
            try:
                archive.writestr(f"documents/{number}-{_file_name(document.name)}", read_stored(sha256=document.sha256))
            except DamagedFile as damaged:
                archive.writestr(f"documents/{number}-not-readable.txt", str(damaged))
    return made.getvalue()


def _everything(view: StatusView, now: datetime) -> Mapping[str, object]:
    application = find_application(application_id=view.application_id)
    screening = get_current_screening(application_id=view.application_id)
    form = find_form(application_id=view.application_id, pursuit=view.pursuit)
    return {
        "taken_at": now.isoformat(),
        "job": view.title,
        "applied_at": view.applied_at.isoformat(),
        "recorded_at": application.recorded_at.isoformat(),
        "status": view.status.value,
        "where_it_stands": view.now_words,
        "contact": dict(view.contact),
        "submitted": application.submitted,
        "form": get_submission(application_id=form.application_id or 0) if form else None,
        "source": application.source,
        "interviews": [
            {"starts_at": one.starts_at.isoformat(), "ends_at": one.ends_at.isoformat(), "state": one.state}
            for one in view.meetings
        ],
        "requests": [
            {
                "kind": one.kind.value,
                "text": one.text,
                "asked_at": one.asked_at,
                "state": one.state.value,
                "answer": one.answer,
            }
            for one in view.requests
        ],
        "letters": _letters(view),
        "what_the_program_read": None if screening is None else encode_result(result=screening.result),
        "held_back": _held_back(view),
    }


def _letters(view: StatusView) -> list[dict[str, str]]:
    if not view.is_mailed:
        return []
    found = [letter for one in view.pursuit for letter in list_letters_of(application_id=one)]
    return sorted(found, key=lambda letter: letter["at"])


def _held_back(view: StatusView) -> tuple[str, ...]:
    return HELD_BACK if view.is_mailed else (*HELD_BACK, UNPROVEN)


def _readme(view: StatusView, now: datetime) -> str:
    lines = (
        f"Your application: {view.title}",
        f"Taken on {now:%Y-%m-%d} at {now:%H:%M} UTC.",
        "",
        "application.json   what is stored about you and this application",
        "documents/         the files that you sent, unchanged",
        "",
        "Not in here:",
        *(f"- {line}" for line in _held_back(view)),
        "",
    )
    return "\n".join(lines)


def _file_name(name: str) -> str:
    safe = "".join(mark if mark.isalnum() or mark in " ._-" else "_" for mark in name).strip(". ")
    return safe[:120] or "document"
