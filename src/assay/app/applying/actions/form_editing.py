"""The only writer of a job's application form."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from assay.app.applying.models import ApplicationForm
from assay.app.applying.question_codec import encode_questions
from assay.app.pipeline.funnel import find_job, job_resource
from assay.core.applying.questions import Question, check_questions
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


class StaleFormError(Exception):
    """Raised when somebody else changed the form after the writer looked at it."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this form since you opened it. What you typed is below; compare it.")


@transaction.atomic
def save_form(
    *, actor: User, job_id: int, questions: Sequence[Question], asks_demographics: bool, expected_revision: int
) -> int:
    """Store a job's questions in this order and return the new revision. Answers already given keep their words.

    Raises ``Http404``, ``Forbidden``, ``QuestionError`` for a question that cannot be asked, and ``StaleFormError``.
    """
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.EDIT_JOB, resource=job_resource(job=job, user=actor))
    check_questions(questions=questions)
    keyed = _keyed(questions)
    ApplicationForm.objects.get_or_create(job_id=job_id, defaults={"revision": 0})
    row = ApplicationForm.objects.select_for_update().get(job_id=job_id)
    if row.revision != expected_revision:
        raise StaleFormError
    row.questions = encode_questions(questions=keyed)
    row.asks_demographics = asks_demographics
    row.revision += 1
    row.save(update_fields=["questions", "asks_demographics", "revision", "updated_at"])
    data = {"questions": len(keyed), "demographics": asks_demographics, "revision": row.revision}
    record(actor=actor, verb="application_form.changed", object_type="job", object_id=job_id, data=data)
    return row.revision


def _keyed(questions: Sequence[Question]) -> list[Question]:
    """Give every question a key of its own; one that was asked before keeps its key."""
    seen: set[str] = set()
    keyed = []
    for one in questions:
        key = one.key if one.key and one.key.isalnum() and one.key not in seen else secrets.token_hex(4)
        seen.add(key)
        keyed.append(replace(one, key=key))
    return keyed
