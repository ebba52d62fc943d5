"""Files, folders and archives, good and hostile, from the upload to the applications."""

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.app.sourcing.kit import press, resume, states, table, uploaded, work_off, zipped

from assay.app.documents.models import Document
from assay.app.pipeline.models import Application, Job, Person
from assay.app.screening.models import Screening
from assay.app.sourcing.models import ImportBatch
from assay.platform.files.models import StoredFile

Run = Callable[[dict[str, bytes]], ImportBatch]


def test_a_resume_becomes_an_application_with_a_document_and_a_screening(imported: Run, job: Job) -> None:
    batch = imported({"ada.txt": resume()})
    application = Application.objects.get()
    assert states(batch) == {"ada.txt": "imported"}
    assert (application.person.name, application.person.email) == ("Ada Byron", "ada@example.org")
    assert application.screening_state == "screened"
    assert application.score > 0
    assert Document.objects.get().reading.text.startswith("Ada Byron")
    assert Screening.objects.get().is_current
    assert application.submitted["contact"]["email"] == "ada@example.org"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("broken.pdf", b"%PDF-1.7 broken"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(600)),
        ("random.pdf", bytes(range(256)) * 20),
    ],
)
def test_what_cannot_be_read_still_becomes_an_application_for_a_person(
    imported: Run, name: str, content: bytes
) -> None:
    batch = imported({name: content})
    item = batch.items.get()
    document = Document.objects.get()
    assert item.state == "needs_person"
    assert item.message == document.advice
    assert document.unreadable_reason
    assert document.application.screening_state == "needs_person"
    assert document.application.person.name == name.split(".")[0]


@pytest.mark.parametrize("name", ["run.exe", "sheet.xlsx", "Thumbs.db", ".hidden", "film.mp4"])
def test_what_is_no_resume_is_refused_with_a_sentence_and_not_kept(draft: Run, name: str) -> None:
    item = draft({name: b"x" * 10}).items.get()
    assert (item.state, item.stored_file_id) == ("refused", None)
    assert item.message.endswith(".")


def test_a_file_of_200_megabytes_is_refused_early_and_not_kept(desk: Client, job: Job) -> None:
    big = SimpleUploadedFile("big.pdf", b"%PDF" + bytes(200_000_000))
    desk.post(f"/jobs/{job.pk}/import/", {"files": [big, *uploaded({"ada.txt": resume()})]})
    batch = ImportBatch.objects.get()
    assert states(batch) == {"big.pdf": "refused", "ada.txt": "waiting"}
    item = batch.items.get(name="big.pdf")
    assert "10 MB" in item.message
    assert item.size < 12_000_000
    assert StoredFile.objects.count() == 1


def test_the_same_file_twice_in_an_import_comes_in_once(imported: Run) -> None:
    batch = imported({"a.txt": resume(), "b.txt": resume()})
    assert sorted(states(batch).values()) == ["duplicate", "imported"]
    assert Application.objects.count() == 1


def test_a_file_the_job_has_already_is_a_duplicate_that_links_to_the_application(imported: Run) -> None:
    imported({"a.txt": resume(email="")})
    batch = imported({"other-name.txt": resume(email="")})
    assert batch.items.get().application == Application.objects.get()
    assert states(batch) == {"other-name.txt": "duplicate"}


def test_two_resumes_of_one_address_make_one_application(imported: Run) -> None:
    batch = imported({"a.txt": resume(), "b.txt": resume(line="- Newer version.")})
    assert sorted(states(batch).values()) == ["duplicate", "imported"]


def test_the_same_file_sent_again_under_the_same_name_is_recognised(desk: Client, draft: Run) -> None:
    batch = draft({"a.txt": resume()})
    answer = desk.post(
        f"/imports/{batch.pk}/files", {"files": uploaded({"a.txt": resume()})}, headers={"Accept": "application/json"}
    )
    assert (answer.json()["added"], answer.json()["already_here"]) == (0, 1)
    assert batch.items.count() == 1


def test_a_draft_says_which_files_it_holds_by_their_sums(desk: Client, draft: Run) -> None:
    batch = draft({"a.txt": resume()})
    held = StoredFile.objects.get().sha256
    body = json.dumps({"hashes": [held, "0" * 64]})
    answer = desk.post(f"/imports/{batch.pk}/known", body, content_type="application/json")
    assert answer.json() == {"known": [held]}


@pytest.mark.parametrize("body", ["", "[]", '{"hashes": 4}', "{", '{"other": []}'])
def test_a_senseless_question_about_sums_is_refused(desk: Client, draft: Run, body: str) -> None:
    batch = draft({"a.txt": resume()})
    assert desk.post(f"/imports/{batch.pk}/known", body, content_type="application/json").status_code == 400


def test_the_drop_zone_begins_empty_and_adds_in_groups_with_folders(desk: Client, job: Job) -> None:
    begun = desk.post(f"/jobs/{job.pk}/import/", {"begin": "1"}, headers={"Accept": "application/json"}).json()
    for folder in ("north", "south"):
        files = {"files": uploaded({"cv.txt": resume(name=folder)}), "paths": [f"{folder}/../cv.txt"]}
        assert desk.post(begun["add"], files, headers={"Accept": "application/json"}).json()["added"] == 1
    assert list(states(ImportBatch.objects.get())) == ["north/cv.txt", "south/cv.txt"]


def test_an_upload_without_files_says_so_and_begins_nothing(desk: Client, job: Job) -> None:
    page = desk.post(f"/jobs/{job.pk}/import/", {}, follow=True)
    assert "No file came along" in page.content.decode()
    assert not ImportBatch.objects.exists()


def test_the_members_of_an_archive_come_in_and_the_bad_ones_are_named(imported: Run) -> None:
    inner = zipped({"x.txt": resume()})
    content = zipped(
        {
            "in/ada.txt": resume(),
            "../../etc/ben.txt": resume("Ben Oz", "ben@example.org"),
            "nested.zip": inner,
            "bomb.txt": bytes(9_000_000),
            "run.exe": b"MZ",
            "big.txt": bytes(range(256)) * 50_000,
        }
    )
    batch = imported({"all.zip": content})
    found = states(batch)
    assert found["in/ada.txt"] == "imported"
    assert found["etc/ben.txt"] == "imported"
    refused = set(batch.items.filter(state="refused").values_list("name", flat=True))
    assert refused == {"nested.zip", "bomb.txt", "run.exe", "big.txt"}
    assert all(item.message.endswith(".") for item in batch.items.filter(state="refused"))
    assert batch.items.get(kind="archive").state == "opened"


@pytest.mark.parametrize("content", [b"", b"no archive", zipped({})])
def test_what_is_no_archive_is_refused_with_a_sentence(draft: Run, content: bytes) -> None:
    item = draft({"all.zip": content}).items.get()
    assert item.state == "refused"
    assert item.message.endswith(".")


def test_a_table_inside_an_archive_brings_the_files_beside_it(imported: Run) -> None:
    people = table("Name,E-mail,CV", "Ada,ada@work.example,ada.txt", "Ben,ben@example.org,")
    batch = imported({"all.zip": zipped({"people.csv": people, "cvs/ada.txt": resume()})})
    assert states(batch) == {"cvs/ada.txt": "opened", "Row 1": "imported", "Row 2": "imported"}
    application = Application.objects.get(person__email="ada@work.example")
    assert (application.documents.count(), application.screening_state) == (1, "screened")
    assert application.person.phone == "+49 30 1234567"
    assert Application.objects.count() == 2


def test_rows_whose_file_is_missing_or_ambiguous_are_refused_and_say_what_to_do(imported: Run) -> None:
    people = table("Name,CV", "Ada,ada.txt", "Ben,cv.txt", "Cem,")
    batch = imported(
        {"all.zip": zipped({"people.csv": people, "a/cv.txt": resume(), "b/cv.txt": resume("B", "b@x.de")})}
    )
    rows = {item.row_number: item for item in batch.items.filter(kind="row")}
    assert [rows[n].state for n in (1, 2, 3)] == ["refused", "refused", "imported"]
    assert "No file" in rows[1].problems[0]["message"]
    assert "folder" in rows[2].problems[0]["message"]


def test_a_file_whose_row_is_refused_does_not_come_in_without_it(imported: Run) -> None:
    people = table("Name,E-mail,CV", "Ada,broken-address,ada.txt")
    batch = imported({"people.csv": people, "ada.txt": resume()})
    assert states(batch)["ada.txt"] == "refused"
    assert not Person.objects.exists()


def test_a_full_disk_refuses_the_files_and_keeps_nothing_half(desk: Client, job: Job, small_disk, settings) -> None:  # type: ignore[no-untyped-def]
    settings.FILES_DIR = small_disk / "files"
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(bytes(1_000_000))
    desk.post(f"/jobs/{job.pk}/import/", {"files": uploaded({"ada.txt": resume(line="x" * 300_000)})})
    item = ImportBatch.objects.get().items.get()
    assert (item.state, item.stored_file_id) == ("refused", None)
    assert "disk is full" in item.message
    ballast.unlink()
    batch = ImportBatch.objects.get()
    desk.post(f"/imports/{batch.pk}/files", {"files": uploaded({"ada.txt": resume()})})
    assert batch.items.filter(state="waiting").count() == 1
    assert not list((small_disk / "files").glob(".incoming-*"))


def test_an_archive_of_ten_thousand_files_is_listed_in_the_background(desk: Client, job: Job) -> None:
    content = zipped({f"{n:05}.txt": f"Person {n}".encode() + bytes(range(65, 91)) * 30 for n in range(10_000)})
    assert len(content) > 1_000_000
    desk.post(f"/jobs/{job.pk}/import/", {"files": uploaded({"all.zip": content})})
    batch = ImportBatch.objects.get()
    work_off()
    assert batch.items.filter(kind="file", state="waiting").count() == 10_000
    page = desk.get(f"/imports/{batch.pk}/")
    assert page.status_code == 200
    assert b"10" in page.content


def test_an_archive_of_too_many_files_is_refused_whole(draft: Run) -> None:
    item = draft({"all.zip": zipped({f"{n}.txt": b"x" for n in range(10_001)})}).items.get()
    assert item.state == "refused"
    assert "10,000" in item.message


def test_listing_an_archive_again_adds_nothing_twice(desk: Client, draft: Run, recruiter) -> None:  # type: ignore[no-untyped-def]
    from assay.app.sourcing.actions.opening import open_container

    batch = draft({"all.zip": zipped({f"{n}.txt": resume(f"P{n}", f"p{n}@x.de") for n in range(5)})})
    archive = batch.items.get(kind="archive")
    batch.items.filter(kind="file", row_number__gt=2).delete()
    batch.items.filter(pk=archive.pk).update(state="waiting")
    open_container(actor=recruiter, item_id=archive.pk)
    assert list(states(batch)) == [f"{n}.txt" for n in range(5)]


def test_a_closed_job_takes_nobody_in(desk: Client, draft: Run, job: Job) -> None:
    batch = draft({"a.txt": resume()})
    Job.objects.filter(pk=job.pk).update(status="closed")
    page = desk.post(f"/jobs/{job.pk}/import/", {"files": uploaded({"a.txt": resume()})}, follow=True)
    assert "closed" in page.content.decode()
    press(desk, batch, "start")
    batch.refresh_from_db()
    assert batch.state == "draft"
