"""The letters of the candidate's side, each asked for once however often it is asked."""

from collections.abc import Mapping, Sequence

from assay.app.applying.actions.links import issue_link
from assay.app.messaging.actions.writing import write
from assay.core.applying.states import RequestKind
from assay.core.messaging.states import MessageKind
from assay.platform.accounts.models import User

KIND_WORDS = {
    RequestKind.ACCOMMODATION: "something that makes the process work for you",
    RequestKind.CORRECTION: "a correction of what is stored",
    RequestKind.EXPORT: "a copy of your data",
    RequestKind.ERASURE: "your data to be erased",
}


def write_receipt(*, application_id: int, submission: str, promised: str, stored: Sequence[str]) -> int | None:
    """Write what was stored, by when they hear, and where their page is."""
    return write(
        actor=None,
        application_id=application_id,
        kind=MessageKind.RECEIPT,
        template="receipt",
        values={
            "promised_date": promised,
            "stored_summary": "\n".join(f"- {line}" for line in stored),
            "status_link": issue_link(application_id=application_id),
        },
        wish=f"receipt:{submission}",
    )


def write_again(*, application_id: int, submission: str, title: str) -> int | None:
    """Tell whoever owns the address that they have applied already, with a fresh private address."""
    return _answer(
        application_id=application_id,
        wish=f"again:{submission}",
        subject=f"You have already applied: {title}",
        asked="a second application for this job, sent with your address",
        answer=(
            "You applied to this job before, so there is still one application, the first; nothing of it was changed. "
            "What came now is kept beside it, and the hiring team was asked to look whether it adds something. If it "
            "was not you who sent it, tell us by answering this letter."
        ),
    )


def write_fresh_link(*, application_id: int, wish: str, title: str) -> int | None:
    """Send a fresh private address to whoever asked for it. ``title`` is that of the advert, or nothing."""
    return _answer(
        application_id=application_id,
        wish=wish,
        subject=f"Your private page: {title}" if title else "Your private page",
        asked=f"the private page of your application as {title}" if title else "the private page of your application",
        answer="The link below is new. If it was not you who asked, there is nothing to do: only you have seen it.",
    )


def _answer(*, application_id: int, wish: str, subject: str, asked: str, answer: str) -> int | None:
    """Write with the words of an answered request, whose link is kept out of what the team reads."""
    words = {"request_kind": asked, "answer": answer}
    return _write(application_id=application_id, template="request_answered", words=words, wish=wish, subject=subject)


def write_request_received(*, application_id: int, request_id: int, kind: RequestKind, answer_by: str) -> int | None:
    """Tell that a request has come in and by when it is answered."""
    words = {"request_kind": KIND_WORDS[kind], "answer_by": answer_by}
    wish = f"request-received:{request_id}"
    return _write(application_id=application_id, template="request_received", words=words, wish=wish)


def write_request_answered(
    *, actor: User, application_id: int, request_id: int, kind: RequestKind, answer: str
) -> int | None:
    """Tell what was answered."""
    words = {"request_kind": KIND_WORDS[kind], "answer": answer}
    wish = f"request-answered:{request_id}"
    return _write(application_id=application_id, template="request_answered", words=words, wish=wish, actor=actor)


def _write(
    *,
    application_id: int,
    template: str,
    words: Mapping[str, str],
    wish: str,
    subject: str = "",
    actor: User | None = None,
) -> int | None:
    """Write about something they asked for, with a fresh private address of their page."""
    return write(
        actor=actor,
        application_id=application_id,
        kind=MessageKind.REQUEST,
        template=template,
        values={**words, "status_link": issue_link(application_id=application_id)},
        wish=wish,
        subject=subject,
    )
