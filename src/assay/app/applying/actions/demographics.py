"""What people chose to say about themselves, written so that it cannot be joined to anybody.

No name, no application, no day: the job and the month alone. A table also remembers the order and the transaction in
which rows were written, so each new answer rewrites all of its month in a random order with fresh random ids.
"""

import random
from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction

from assay.app.applying.models import DemographicAnswers
from assay.app.applying.rules import demographics

_LOCK = 7_202


@transaction.atomic
def keep_demographics(*, job_id: int, month: date, answers: Mapping[str, str]) -> None:
    """Keep answers to known questions, shuffled among those of the same job and month."""
    sheet = demographics()
    known = {note.key: note.choices for note in sheet.questions}
    kept = {key: value for key, value in answers.items() if value in known.get(key, ())}
    if not kept:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, job_id % 2**31])
    rows = DemographicAnswers.objects.filter(job_id=job_id, month=month)
    every = [(dict(row.answers), row.sheet_version) for row in rows] + [(kept, sheet.version)]
    rows.delete()
    random.SystemRandom().shuffle(every)
    DemographicAnswers.objects.bulk_create(
        DemographicAnswers(job_id=job_id, month=month, answers=said, sheet_version=version) for said, version in every
    )
