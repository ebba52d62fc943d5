"""An import as it runs: dry run, pieces, kills, doubles, resume, revert, import again."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app as queue
from tests.app.sourcing.kit import make_job, press, resume, states, table, work_off

from assay.app.documents.models import Document
from assay.app.pipeline.models import Application, Person
from assay.app.sourcing import work
from assay.app.sourcing.actions.pieces import import_files, import_rows
from assay.app.sourcing.models import ImportBatch
from assay.app.sourcing.queries import count_outcomes
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

Run = Callable[[dict[str, bytes]], ImportBatch]
MIXED = {
    "people.csv": table(
        "Name,E-mail,CV",
        "Ada,ada@example.org,ada.txt",
        "Ben,ben@example.org,",
        "Cem,not an address,",
        "Ben again,ben@example.org,",
        "Known,known@example.org,",
    ),
    "ada.txt": resume(),
    "dee.txt": resume("Dee Ray", "dee@example.org"),
    "dee-again.txt": resume("Dee Ray", "dee@example.org", line="- More."),
    "locked.pdf": b"%PDF-1.7 broken",
    "run.exe": b"MZ",
}


def everything() -> tuple[int, ...]:
    return (Application.objects.count(), Person.objects.count(), Document.objects.count())


def test_a_dry_run_says_exactly_what_the_import_then_does_and_writes_nothing_else(draft: Run, desk: Client) -> None:
    Person.objects.create(name="Known", email="known@example.org")
    batch = draft(MIXED)
    before = everything()
    press(desk, batch, "check")
    work_off()
    batch.refresh_from_db()
    assert (batch.state, everything()) == ("draft", before)
    assert not Event.objects.filter(verb__startswith="application").exists()
    foreseen = {item.name: item.expected or item.state for item in batch.items.all()}
    counts = {(tally.state, tally.count) for tally in count_outcomes(batch_id=batch.pk)}
    press(desk, batch, "start")
    work_off()
    done = {item.name: item.state for item in batch.items.all()}
    assert foreseen == done
    assert counts == {(tally.state, tally.count) for tally in count_outcomes(batch_id=batch.pk)}
    assert done["Row 1"] == done["Row 5"] == "imported"
    assert (done["Row 3"], done["Row 4"], done["locked.pdf"]) == ("refused", "duplicate", "needs_person")


def test_a_running_import_counts_what_has_happened_and_not_what_was_foreseen(draft: Run, desk: Client) -> None:
    batch = draft({"people.csv": table("Name", "Ada", "Ben")})
    press(desk, batch, "check")
    work_off()
    press(desk, batch, "start")
    assert [(tally.state, tally.count) for tally in count_outcomes(batch_id=batch.pk)] == [("waiting", 2)]
    page = desk.get(f"/imports/{batch.pk}/").content.decode()
    assert "Came in</span>" not in page
    assert "Row 1" in desk.get(f"/imports/{batch.pk}/?state=waiting").content.decode()


def test_adding_a_file_makes_a_dry_run_out_of_date(draft: Run, desk: Client) -> None:
    from tests.app.sourcing.kit import uploaded

    batch = draft({"ada.txt": resume()})
    press(desk, batch, "check")
    work_off()
    batch.refresh_from_db()
    assert batch.checked_at is not None
    desk.post(f"/imports/{batch.pk}/files", {"files": uploaded({"ben.txt": resume("Ben", "ben@x.de")})})
    batch.refresh_from_db()
    assert batch.checked_at is None


def test_a_dry_run_can_be_stopped(draft: Run, desk: Client) -> None:
    batch = draft({"ada.txt": resume()})
    press(desk, batch, "check")
    press(desk, batch, "check/stop")
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.checked_at) == ("draft", None)


def test_starting_twice_imports_once(draft: Run, desk: Client) -> None:
    batch = draft({"ada.txt": resume()})
    press(desk, batch, "start")
    press(desk, batch, "start")
    work_off()
    assert everything() == (1, 1, 1)


def test_pieces_done_twice_change_nothing(draft: Run, desk: Client, recruiter: User) -> None:
    batch = draft({"people.csv": table("Name", "Ada", "Ben"), "dee.txt": resume()})
    press(desk, batch, "start")
    work_off()
    before, ids = everything(), list(batch.items.values_list("id", flat=True))
    batch.items.model.objects.filter(batch=batch).count()
    import_rows(actor=recruiter, batch_id=batch.pk, item_ids=ids)
    import_files(actor=recruiter, batch_id=batch.pk, item_ids=ids)
    assert everything() == before


def test_an_import_whose_tasks_were_lost_goes_on_by_hand(draft: Run, desk: Client) -> None:
    batch = draft({"people.csv": table("Name", "Ada", "Ben"), "dee.txt": resume()})
    press(desk, batch, "start")
    queue.tasks[work.BEGIN].func(batch_id=batch.pk, actor_id=batch.created_by_id)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert work_off() == 0
    press(desk, batch, "resume")
    work_off()
    batch.refresh_from_db()
    assert (batch.state, everything()) == ("done", (3, 3, 1))


def test_who_may_no_longer_add_applicants_stops_the_import_and_another_goes_on(
    draft: Run, desk: Client, recruiter: User
) -> None:
    batch = draft({"people.csv": table("Name", "Ada"), "dee.txt": resume()})
    press(desk, batch, "start")
    User.objects.filter(pk=recruiter.pk).update(role=Role.VIEWER)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, everything()) == ("failed", (0, 0, 0))
    assert "may no longer add applicants" in batch.problem
    User.objects.filter(pk=recruiter.pk).update(role=Role.RECRUITER)
    press(desk, batch, "resume")
    work_off()
    batch.refresh_from_db()
    assert (batch.state, everything()) == ("done", (2, 2, 1))


def test_a_revert_takes_back_all_that_the_import_made_and_only_that(imported: Run, desk: Client) -> None:
    known = Person.objects.create(name="Known", email="known@example.org")
    batch = imported(MIXED)
    assert Application.objects.count() == 5
    press(desk, batch, "revert")
    work_off()
    batch.refresh_from_db()
    assert batch.state == "reverted"
    assert everything() == (0, 1, 0)
    assert Person.objects.get() == known
    assert states(batch)["Row 1"] == "reverted"
    assert states(batch)["Row 3"] == "refused"


def test_a_revert_keeps_what_somebody_has_decided_on_and_lists_it(imported: Run, desk: Client) -> None:
    batch = imported({"people.csv": table("Name", "Ada", "Ben")})
    Application.objects.filter(person__name="Ben").update(revision=2)
    press(desk, batch, "revert")
    work_off()
    assert states(batch) == {"Row 1": "reverted", "Row 2": "kept"}
    assert list(Application.objects.values_list("person__name", flat=True)) == ["Ben"]
    page = desk.get(f"/imports/{batch.pk}/?state=kept").content.decode()
    assert "Something has happened with this application since" in page


def test_a_person_with_another_application_survives_a_revert(imported: Run, desk: Client, recruiter: User) -> None:
    batch = imported({"people.csv": table("Name,E-mail", "Ada,ada@example.org")})
    other = make_job(recruiter, "Another")
    person = Person.objects.get()
    Application.objects.create(person=person, job=other, stage=other.stages.first(), applied_at=batch.created_at)
    press(desk, batch, "revert")
    work_off()
    assert everything() == (1, 1, 0)


def test_what_was_taken_back_can_be_imported_again(imported: Run, desk: Client) -> None:
    batch = imported(MIXED)
    press(desk, batch, "revert")
    work_off()
    press(desk, batch, "copy")
    again = ImportBatch.objects.latest("id")
    assert again.state == "draft"
    press(desk, again, "start")
    work_off()
    assert Application.objects.count() == 5
    assert {name: state for name, state in states(again).items() if state == "imported"}.keys() >= {"Row 1", "Row 2"}


def test_a_draft_can_be_thrown_away_and_a_finished_import_cannot(draft: Run, imported: Run, desk: Client) -> None:
    finished = imported({"ada.txt": resume()})
    press(desk, finished, "discard")
    thrown = draft({"ben.txt": resume("Ben", "ben@x.de")})
    press(desk, thrown, "discard")
    assert list(ImportBatch.objects.all()) == [finished]


@pytest.mark.parametrize("button", ["revert", "resume", "check/stop"])
def test_buttons_that_do_not_fit_the_state_say_so_and_change_nothing(draft: Run, desk: Client, button: str) -> None:
    batch = draft({"ada.txt": resume()})
    page = desk.post(f"/imports/{batch.pk}/{button}", follow=True)
    assert page.status_code == 200
    assert "is-wrong" in page.content.decode()
    batch.refresh_from_db()
    assert batch.state == "draft"


def test_a_lost_stored_file_becomes_an_application_for_a_person(draft: Run, desk: Client, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    batch = draft({"ada.txt": resume()})
    settings.FILES_DIR = tmp_path / "gone"
    press(desk, batch, "start")
    work_off()
    assert states(batch) == {"ada.txt": "needs_person"}
    assert "backup" in batch.items.get().message
