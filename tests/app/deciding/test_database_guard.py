"""What the database itself refuses, whoever writes to it and with whatever program."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from tests.app.deciding.acts import act, reject
from tests.app.pipeline.cast import screened

from assay.app.deciding.actions.deciding import undo
from assay.app.deciding.models import Decision
from assay.app.pipeline.models import Application
from assay.app.screening.models import Screening
from assay.core.deciding.decision import DecisionKind

SEEN = [{"kind": "score", "ref": "score", "says": "Score 41 of 100", "quotes": [], "relied_on": True}]
NO_TEXT = [{"kind": "unreadable", "ref": "document", "says": "Locked.", "quotes": [], "relied_on": True}]


@contextmanager
def refused(match: str) -> Iterator[None]:
    """Expect the database to refuse by the end of a transaction, deferred checks included."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        yield
        connection.check_constraints()


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert_rejection(application, by, *, reason="level_too_low", note="", evidence=SEEN, screening="own"):
    current = Screening.objects.filter(application=application, is_current=True).values_list("pk", flat=True).first()
    run(
        "INSERT INTO deciding_decision (application_id, kind, decided_by_id, decided_at, reason, note, evidence_shown,"
        " screening_id, from_stage_id, to_stage_id, status_before, needs_review_before, revision_before)"
        " VALUES (%s, 'reject', %s, now(), %s, %s, %s, %s, %s, %s, 'active', true, %s)",
        application.pk,
        by.pk,
        reason,
        note,
        json.dumps(evidence),
        current if screening == "own" else screening,
        application.stage_id,
        application.stage_id,
        application.revision,
    )


def test_nobody_is_rejected_without_a_decision(ada):
    with refused("no person decided so"):
        run("UPDATE pipeline_application SET status = 'rejected' WHERE id = %s", ada.pk)


def test_nobody_is_rejected_on_arrival(ada):
    with refused("no person decided so"):
        Application.objects.create(
            person=ada.person, job=ada.job, stage=ada.stage, applied_at=ada.applied_at, status="rejected"
        )


def test_a_decision_about_somebody_else_rejects_nobody(ada, job, recruiter):
    other = screened(job, "Grace Hopper")
    reject(recruiter, other)
    with refused("no person decided so"):
        run("UPDATE pipeline_application SET status = 'rejected' WHERE id = %s", ada.pk)


def test_advancing_somebody_is_no_ground_to_reject_them(ada, recruiter):
    act(recruiter, ada, DecisionKind.ADVANCE)
    with refused("no person decided so"):
        run("UPDATE pipeline_application SET status = 'rejected' WHERE id = %s", ada.pk)


def test_a_rejection_that_was_taken_back_rejects_nobody_again(ada, recruiter):
    undo(actor=recruiter, decision_id=reject(recruiter, ada).pk)
    with refused("no person decided so"):
        run("UPDATE pipeline_application SET status = 'rejected' WHERE id = %s", ada.pk)


def test_taking_a_rejection_back_leaves_nobody_rejected(ada, recruiter):
    decision = reject(recruiter, ada)
    with refused("no person decided so"):
        Decision.objects.create(
            application=ada,
            kind="undo",
            undoes=decision,
            decided_by=recruiter,
            from_stage_id=decision.from_stage_id,
            to_stage_id=decision.to_stage_id,
            status_before="rejected",
            revision_before=2,
        )


def test_a_person_with_a_reason_and_evidence_may_reject_in_plain_sql_too(ada, recruiter):
    insert_rejection(ada, recruiter)
    run("UPDATE pipeline_application SET status = 'rejected' WHERE id = %s", ada.pk)
    connection.check_constraints()


@pytest.mark.parametrize("reason", ["", "bad_vibes", "too_old"])
def test_a_rejection_needs_a_reason_from_the_list(ada, recruiter, reason):
    with refused("reason"):
        insert_rejection(ada, recruiter, reason=reason)


def test_another_reason_is_written_down(ada, recruiter):
    with refused("other_reason_is_written_down"):
        insert_rejection(ada, recruiter, reason="other")


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param([], id="nothing"),
        pytest.param([{**SEEN[0], "relied_on": False}], id="nothing ticked"),
        pytest.param([{**SEEN[0], "says": ""}], id="an empty sentence"),
        pytest.param([{"relied_on": True}], id="a tick alone"),
        pytest.param(["true"], id="a word"),
        pytest.param({"relied_on": True}, id="no list"),
        pytest.param("trust me", id="a string"),
    ],
)
def test_a_rejection_rests_on_evidence_that_was_shown(ada, recruiter, evidence):
    with refused("evidence"):
        insert_rejection(ada, recruiter, evidence=evidence)


def test_a_rejection_on_screened_evidence_names_the_screening(ada, recruiter):
    with refused("names the screening"):
        insert_rejection(ada, recruiter, screening=None)


def test_a_rejection_of_an_unreadable_document_needs_no_screening(ada, recruiter):
    insert_rejection(ada, recruiter, evidence=NO_TEXT, screening=None)


def test_a_screening_of_somebody_else_is_no_evidence(ada, job, recruiter):
    other = screened(job, "Grace Hopper")
    with refused("belongs to another application"):
        insert_rejection(ada, recruiter, screening=Screening.objects.get(application=other).pk)


def test_a_decision_names_a_person(ada):
    with refused("only_candidates_and_calendars_act_without_account"):
        Decision.objects.create(
            application=ada,
            kind="advance",
            from_stage_id=ada.stage_id,
            to_stage_id=ada.stage_id,
            status_before="active",
            revision_before=1,
        )


@pytest.mark.parametrize(
    "change", ["note = 'it was fine'", "reason = ''", "decided_at = now()", "evidence_shown = '[]'", "kind = 'hold'"]
)
def test_a_decision_is_never_changed(ada, recruiter, change):
    decision = reject(recruiter, ada)
    with refused("written once: update is refused"):
        run(f"UPDATE deciding_decision SET {change} WHERE id = %s", decision.pk)


def test_a_decision_is_never_deleted(ada, recruiter):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    with refused("written once: delete is refused"):
        run("DELETE FROM deciding_decision WHERE id = %s", decision.pk)
    with refused("written once: delete is refused"):
        Decision.objects.filter(pk=decision.pk).delete()


def test_an_application_that_was_decided_on_is_never_deleted(ada, recruiter):
    act(recruiter, ada, DecisionKind.ADVANCE)
    with refused("written once: delete is refused"):
        Application.objects.get(pk=ada.pk).delete()


def test_one_revision_carries_one_decision(ada, recruiter, manager):
    insert_rejection(ada, recruiter)
    with refused("one_decision_per_revision"):
        insert_rejection(ada, manager)


def test_a_decision_is_taken_back_once(ada, recruiter):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    undo(actor=recruiter, decision_id=decision.pk)
    again = Decision.objects.get(undoes=decision)
    with refused("undoes_id"):
        again.pk, again.revision_before = None, 9
        again.save(force_insert=True)


def test_an_undo_names_a_decision_about_the_same_application(ada, job, recruiter):
    elsewhere = act(recruiter, screened(job, "Grace Hopper"), DecisionKind.ADVANCE)
    with refused("undo names a decision about the same application"):
        Decision.objects.create(
            application=ada,
            kind="undo",
            undoes=elsewhere,
            decided_by=recruiter,
            from_stage_id=ada.stage_id,
            to_stage_id=ada.stage_id,
            status_before="active",
            revision_before=1,
        )
