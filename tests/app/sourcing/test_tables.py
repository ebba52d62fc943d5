"""Tables of applicants, well made and not, from the upload to the applications."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.app.sourcing.kit import press, states, table, work_off

from assay.app.pipeline.models import Application, Job, Person
from assay.app.sourcing.models import ImportBatch
from assay.platform.audit.models import Event

Run = Callable[[dict[str, bytes]], ImportBatch]
HEAD = "Name,E-mail,Phone,City,LinkedIn,Applied on,Source,Shoe size"
ADA = "Ada Byron,ada@example.org,+44 20 7946 0000,London,linkedin.com/in/ada,2026-11-02,Referral,38"


def test_a_row_becomes_a_person_and_an_application_with_all_its_cells_kept(imported: Run, job: Job) -> None:
    batch = imported({"people.csv": table(HEAD, ADA)})
    application = Application.objects.get()
    assert batch.state == "done"
    assert (application.job_id, application.source, application.screening_state) == (job.pk, "Referral", "no_document")
    assert application.applied_at.date().isoformat() == "2026-11-02"
    assert application.person.email == "ada@example.org"
    assert application.person.links == ["https://linkedin.com/in/ada"]
    assert ["Shoe size", "38"] in application.submitted["cells"]
    assert application.search is not None


def test_bad_rows_are_refused_with_their_cells_and_the_rest_comes_in(imported: Run) -> None:
    rows = ["Ben,not-an-address", ",", "=1+1,x@example.org", "Cem,cem@example.org", "Dee,dee@example.org,too,many"]
    batch = imported({"people.csv": table("Name,E-mail", *rows)})
    assert states(batch) == {"Row 1": "refused", "Row 2": "refused", "Row 3": "imported", "Row 4": "refused"}
    refused = {item.row_number: item for item in batch.items.filter(kind="row", state="refused")}
    assert refused[1].problems[0]["column"] == "E-mail"
    assert any("formula" in item.message for item in refused.values())
    assert any("4 cells" in item.message for item in refused.values())
    assert list(Person.objects.values_list("name", flat=True)) == ["Cem"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_common_encodings_are_read(imported: Run, encoding: str) -> None:
    imported({"people.csv": table("Name;E-mail", "Jörg Müller;joerg@example.org", encoding=encoding)})
    assert Person.objects.get().name == "Jörg Müller"


def test_the_same_person_twice_in_a_table_comes_in_once(imported: Run) -> None:
    batch = imported({"people.csv": table("Name,E-mail", "Ada,ada@example.org", "Ada B.,ADA@example.org")})
    assert states(batch) == {"Row 1": "imported", "Row 2": "duplicate"}
    assert Person.objects.count() == Application.objects.count() == 1


def test_someone_known_from_another_job_is_not_made_again(imported: Run, job: Job) -> None:
    person = Person.objects.create(name="Ada", email="Ada@Example.org")
    batch = imported({"people.csv": table("Name,E-mail", "Ada,ada@example.org")})
    item = batch.items.get(kind="row")
    assert (item.state, item.made_person, item.application.person) == ("imported", False, person)
    assert "already known" in item.message


def test_people_without_an_address_are_all_taken_in(imported: Run) -> None:
    imported({"people.csv": table("Name", "Ada", "Ada")})
    assert Application.objects.count() == 2


def test_a_table_imported_twice_adds_nobody_the_second_time(imported: Run) -> None:
    content = table("Name,E-mail", *(f"P{n},p{n}@example.org" for n in range(20)))
    first, second = imported({"people.csv": content}), imported({"people.csv": content})
    assert set(states(first).values()) == {"imported"}
    assert set(states(second).values()) == {"duplicate"}
    assert Application.objects.count() == 20
    assert all(item.application_id for item in second.items.filter(kind="row"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"Name,E-mail\r\n", "no rows"),
        (b"PK\x03\x04 not a table", "Excel"),
        (b"\xd0\xcf\x11\xe0 old", "Excel"),
        (b"\r\n\r\n\r\n", "headings"),
        (b"a," * 400 + b"\r\n1\r\n", "columns"),
    ],
)
def test_what_is_no_table_is_refused_whole_with_the_reason(draft: Run, content: bytes, said: str) -> None:
    batch = draft({"people.csv": content})
    item = batch.items.get()
    assert item.state == "refused"
    assert said in item.message
    assert batch.kind == "files"


def test_a_refused_table_leaves_room_for_the_corrected_one(draft: Run, desk: Client) -> None:
    from tests.app.sourcing.kit import uploaded

    batch = draft({"people.csv": b""})
    desk.post(f"/imports/{batch.pk}/files", {"files": uploaded({"people.csv": table("Name", "Ada")})})
    assert states(batch) == {"Row 1": "waiting"}


def test_a_second_table_is_refused(draft: Run) -> None:
    batch = draft({"a.csv": table("Name", "Ada"), "b.csv": table("Name", "Ben")})
    assert batch.items.get(name="b.csv").state == "refused"
    assert batch.items.filter(kind="row").count() == 1


def test_nul_bytes_and_a_cell_of_a_megabyte_refuse_their_rows_alone(imported: Run) -> None:
    content = table("Name,Note", "Nul\x00Name,x", f"Big,{'x' * 1_000_000}", "Ada,fine")
    batch = imported({"people.csv": content})
    assert states(batch) == {"Row 1": "refused", "Row 2": "refused", "Row 3": "imported"}


def test_a_table_without_a_column_that_says_who_cannot_be_imported(draft: Run, desk: Client) -> None:
    batch = draft({"people.csv": table("Colour,Size", "red,4")})
    page = desk.get(f"/imports/{batch.pk}/").content.decode()
    assert "says who it is" in page
    press(desk, batch, "start")
    batch.refresh_from_db()
    assert batch.state == "draft"


def test_the_chosen_columns_decide_what_is_read(draft: Run, desk: Client) -> None:
    batch = draft({"people.csv": table("Candidate X,Kontakt", "Ada,ada@example.org")})
    assert batch.mapping == {}
    press(desk, batch, "mapping", column_0="name", column_1="email", source="Fair", column_99="name", column_x="y")
    batch.refresh_from_db()
    assert batch.mapping["0"] == "name"
    press(desk, batch, "mapping", column_0="name", column_1="email", source="Fair")
    press(desk, batch, "start")
    work_off()
    application = Application.objects.get()
    assert (application.person.email, application.source) == ("ada@example.org", "Fair")


def test_one_audit_event_names_all_that_a_piece_of_rows_made(imported: Run) -> None:
    imported({"people.csv": table("Name,E-mail", *(f"P{n},p{n}@example.org" for n in range(50)))})
    event = Event.objects.get(verb="applications.recorded")
    assert len(event.data["applications"]) == 50
    assert sorted(event.data["people"]) == sorted(Person.objects.values_list("id", flat=True))


def test_the_number_of_statements_does_not_grow_with_the_rows(draft: Run, desk: Client) -> None:
    def statements_for(rows: range) -> int:
        lines = (f"P{n},p{n}@example.org" for n in rows)
        batch = draft({"people.csv": table("Name,E-mail", *lines)})
        press(desk, batch, "start")
        with CaptureQueriesContext(connection) as caught:
            work_off()
        return len(caught)

    statements_for(range(20))
    few = statements_for(range(20, 60))
    assert statements_for(range(60, 460)) <= few
    assert Application.objects.count() == 460
