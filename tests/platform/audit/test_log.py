"""The log in PostgreSQL: it only grows, it is chained in order, and a check finds what was done to it."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from tests.simultaneous import at_once

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.audit.actions import RecordedOutsideTransaction, record
from assay.platform.audit.chain import GENESIS
from assay.platform.audit.checking import anchors_path, check_log, write_anchor
from assay.platform.audit.commands import audit
from assay.platform.audit.jobs import anchor_and_check
from assay.platform.audit.models import ChainCheck, Event
from assay.platform.audit.queries import EventFilter, get_check_state, list_actors, list_events, list_verbs

CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE; "


@pytest.fixture(autouse=True)
def _own_anchors(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]


def write(count: int, *, verb: str = "job.opened", actor: User | None = None) -> list[Event]:
    with transaction.atomic():
        return [record(actor=actor, verb=verb, object_type="job", object_id=n, why="ü \x00") for n in range(count)]


def meddle(statement: str) -> None:
    """Do what only the owner of the database can: switch the guards off, change, and switch them on again."""
    with connection.cursor() as cursor:
        cursor.execute(CHECK_NOW + "ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(CHECK_NOW + "ALTER TABLE audit_event ENABLE TRIGGER audit_append")
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_refuse_change")


@pytest.mark.django_db
def test_events_are_numbered_timed_and_chained_by_the_database() -> None:
    first, second = write(2)
    assert (first.sequence, first.previous_hash) == (1, GENESIS)
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert second.recorded_at > first.recorded_at
    assert check_log().is_whole


@pytest.mark.django_db
def test_python_and_postgresql_agree_on_every_kind_of_value() -> None:
    data = {"text": 'quote " and ü 🜚', "float": 0.1, "big": 1e300, "nested": {"b": [1, None, True], "a": ""}, "": -0.0}
    with transaction.atomic():
        record(actor=None, verb="v", object_type="o", object_id=-5, why="line\nbreak", data=data)
    assert check_log().is_whole


@pytest.mark.django_db
def test_what_a_writer_claims_about_number_and_hash_is_ignored() -> None:
    with transaction.atomic():
        event = Event.objects.create(sequence=77, hash="f" * 64, verb="v", object_type="o", object_id=1)
    event = Event.objects.get(verb="v")
    assert event.sequence == 1
    assert check_log().is_whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET why = 'x' WHERE sequence = 2",
        "DELETE FROM audit_event WHERE sequence = 2",
        "TRUNCATE audit_event",
    ],
)
def test_the_database_refuses_to_change_or_remove_events(statement: str) -> None:
    write(3)
    with connection.cursor() as cursor:
        cursor.execute(CHECK_NOW + "ALTER TABLE audit_event ENABLE TRIGGER audit_refuse_truncate")
    with pytest.raises((IntegrityError, DatabaseError), match="only grows"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Event.objects.count() == 3
    with connection.cursor() as cursor:
        cursor.execute(CHECK_NOW + "ALTER TABLE audit_event DISABLE TRIGGER audit_refuse_truncate")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "shows_on"),
    [
        ("UPDATE audit_event SET why = 'other' WHERE sequence = 4", 4),
        ("UPDATE audit_event SET recorded_at = recorded_at + interval '1 microsecond' WHERE sequence = 4", 4),
        ("DELETE FROM audit_event WHERE sequence = 4", 4),
        ("UPDATE audit_event SET sequence = CASE sequence WHEN 4 THEN -5 ELSE -4 END WHERE sequence IN (4, 5);"
         "UPDATE audit_event SET sequence = -sequence WHERE sequence < 0", 4),
    ],
)  # fmt: skip
def test_a_check_names_what_the_owner_of_the_database_did(statement: str, shows_on: int) -> None:
    write(8)
    meddle(statement)
    report = check_log()
    assert not report.is_whole
    assert report.faults[0].sequence == shows_on
    state = get_check_state()
    assert state is not None
    assert state.fault_count == report.fault_count
    assert state.first_fault.startswith(f"{shows_on}: ")


@pytest.mark.django_db
def test_a_cut_off_end_is_found_by_the_anchor_and_the_command_says_so() -> None:
    write(8)
    assert CliRunner().invoke(audit, ["anchor"]).exit_code == 0
    write(2)
    meddle("DELETE FROM audit_event WHERE sequence > 6")
    result = CliRunner().invoke(audit, ["verify"])
    assert result.exit_code == 1
    assert "row 8: is gone" in result.output


@pytest.mark.django_db
def test_a_chain_rebuilt_inside_the_database_is_found_by_an_anchor_kept_elsewhere(tmp_path: Path) -> None:
    write(5)
    assert write_anchor() is not None
    kept = tmp_path / "kept.jsonl"
    anchors_path().rename(kept)
    meddle(
        "CREATE TEMP TABLE copy ON COMMIT DROP AS SELECT * FROM audit_event WHERE sequence <> 2 ORDER BY sequence;"
        "DELETE FROM audit_event"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (sequence, verb, object_type, object_id, why, data)"
            " SELECT sequence, verb, object_type, object_id, why, data FROM copy ORDER BY sequence"
        )
        cursor.execute("DROP TABLE copy")
    write(3)
    assert CliRunner().invoke(audit, ["verify"]).exit_code == 0
    result = CliRunner().invoke(audit, ["verify", "--anchor", str(kept)])
    assert result.exit_code == 1
    assert "built anew" in result.output


@pytest.mark.django_db
def test_anchors_are_appended_once_for_each_new_end() -> None:
    assert write_anchor() is None
    write(2)
    assert write_anchor() is not None
    write_anchor()
    write(1)
    write_anchor()
    lines = [json.loads(line) for line in anchors_path().read_text().splitlines()]
    assert [line["sequence"] for line in lines] == [2, 3]


@pytest.mark.django_db
def test_damaged_anchors_are_named_and_not_taken_for_a_broken_chain(tmp_path: Path) -> None:
    write(1)
    broken = tmp_path / "broken.jsonl"
    broken.write_text("not json\n")
    result = CliRunner().invoke(audit, ["verify", "--anchor", str(broken)])
    assert result.exit_code == 2
    assert "line 1 is no anchor" in result.output


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RecordedOutsideTransaction):
        record(actor=None, verb="v", object_type="o", object_id=1)


@pytest.mark.django_db(transaction=True)
def test_an_event_whose_write_is_rolled_back_leaves_neither_row_nor_gap() -> None:
    write(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(actor=None, verb="v", object_type="o", object_id=1)
        raise ZeroDivisionError
    assert write(1)[0].sequence == 2


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain_without_gaps() -> None:
    written = at_once(*[lambda: [write(2) for _ in range(40)]] * 6)
    assert [one for one in written if isinstance(one, BaseException)] == []
    report = check_log()
    assert (report.rows, report.head_sequence, report.fault_count) == (480, 480, 0)


@pytest.mark.django_db
def test_events_are_listed_newest_first_in_pages_and_filtered() -> None:
    admin = User.objects.create_user("a@example.org", name="Ada", role=Role.ADMIN)
    write(60)
    write(3, verb="job.closed", actor=admin)
    first = list_events(wanted=EventFilter())
    assert [event.sequence for event in first.events[:2]] == [63, 62]
    assert len(first.events) == 50
    second = list_events(wanted=EventFilter(), before=first.older_than)
    assert (len(second.events), second.older_than) == (13, None)
    assert {event.actor for event in list_events(wanted=EventFilter(actor_id=admin.pk)).events} == {"Ada"}
    assert len(list_events(wanted=EventFilter(is_system=True, object_id=1)).events) == 1
    assert list_verbs() == ("job.closed", "job.opened")
    assert list_actors() == ((admin.pk, "Ada"),)


@pytest.mark.django_db
def test_a_page_of_events_costs_one_statement(django_assert_num_queries: Callable[[int], object]) -> None:
    write(30, actor=User.objects.create_user("a@example.org"))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        list_events(wanted=EventFilter())


@pytest.mark.django_db
def test_a_check_remembers_its_outcome_and_counts_what_came_after() -> None:
    assert get_check_state() is None
    write(3)
    check_log()
    write(2)
    state = get_check_state()
    assert state is not None
    assert (state.rows, state.rows_since, state.fault_count) == (3, 2, 0)
    assert ChainCheck.objects.count() == 1


@pytest.mark.django_db
def test_once_a_day_the_log_is_checked_and_its_end_written_down() -> None:
    write(3)
    anchor_and_check()
    anchor_and_check()
    assert ChainCheck.objects.count() == 1
    assert anchors_path().read_text().count("\n") == 1
    ChainCheck.objects.update(checked_at=timezone.now() - timedelta(hours=21))
    write(1)
    anchor_and_check()
    assert ChainCheck.objects.count() == 2
    assert anchors_path().read_text().count("\n") == 2
