"""Pages of imports: what each state shows, progress that ends by itself, and who may see it."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.app.sourcing.kit import press, resume, table, uploaded, work_off

from assay.app.pipeline.models import Job
from assay.app.sourcing.models import ImportBatch
from assay.app.sourcing.urls import urlpatterns
from assay.platform.accounts.models import User

Run = Callable[[dict[str, bytes]], ImportBatch]


def text_of(desk: Client, path: str) -> str:
    response = desk.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_job_without_imports_explains_what_to_do(desk: Client, job: Job) -> None:
    page = text_of(desk, f"/jobs/{job.pk}/import/")
    assert "Nothing imported yet" in page
    assert "data-dropzone" in page


def test_a_job_lists_its_imports_with_what_came_in(desk: Client, job: Job, imported: Run) -> None:
    batch = imported({"people.csv": table("Name", "Ada", "Ben")})
    page = text_of(desk, f"/jobs/{job.pk}/import/")
    assert f"/imports/{batch.pk}/" in page
    assert "people.csv" in page


def test_a_draft_shows_the_first_rows_with_their_problems(desk: Client, draft: Run) -> None:
    batch = draft({"people.csv": table("Name,E-mail", "Ada,nonsense")})
    page = text_of(desk, f"/imports/{batch.pk}/")
    assert "This is not an e-mail address" in page
    assert 'value="email" selected' in page


def test_progress_asks_every_second_and_ends_by_itself(desk: Client, draft: Run) -> None:
    batch = draft({"ada.txt": resume()})
    press(desk, batch, "start")
    assert 'hx-trigger="every 1s"' in text_of(desk, f"/imports/{batch.pk}/")
    assert "HX-Refresh" not in desk.get(f"/imports/{batch.pk}/progress").headers
    work_off()
    ended = desk.get(f"/imports/{batch.pk}/progress")
    assert ended.headers["HX-Refresh"] == "true"
    assert "every 1s" not in text_of(desk, f"/imports/{batch.pk}/")


def test_counts_lead_to_their_items(desk: Client, imported: Run) -> None:
    batch = imported({"people.csv": table("Name,E-mail", "Ada,ada@x.de", "Ben,nonsense")})
    assert f"/imports/{batch.pk}/?state=refused#items" in text_of(desk, f"/imports/{batch.pk}/")
    refused = text_of(desk, f"/imports/{batch.pk}/?state=refused")
    assert "Row 2" in refused
    assert "Row 1<" not in refused


def test_many_items_come_in_pages(desk: Client, draft: Run) -> None:
    batch = draft({"people.csv": table("Name", *(f"P{n}" for n in range(250)))})
    first = text_of(desk, f"/imports/{batch.pk}/")
    assert "Row 100<" in first
    assert "Row 101<" not in first
    assert "after=101" in first
    assert "Row 101<" in text_of(desk, f"/imports/{batch.pk}/?after=101")


@pytest.mark.parametrize("query", ["state=nonsense", "after=x", "after=99999999999999999999", "state=&after=-1"])
def test_senseless_questions_show_the_page(desk: Client, draft: Run, query: str) -> None:
    batch = draft({"ada.txt": resume()})
    text_of(desk, f"/imports/{batch.pk}/?{query}")


@pytest.mark.parametrize("body", ['{"hashes": ["\\u0000", "\\ud800", 5]}', "[" * 100_000, '{"hashes": 5}', "x"])
def test_a_senseless_list_of_known_files_breaks_nothing(desk: Client, draft: Run, body: str) -> None:
    batch = draft({"ada.txt": resume()})
    answer = desk.post(f"/imports/{batch.pk}/known", body, content_type="application/json")
    assert answer.status_code in (200, 400)


def test_a_column_with_an_endless_number_is_left_out(desk: Client, draft: Run) -> None:
    batch = draft({"people.csv": table("Name", "Ada")})
    body = f"column_0=name&column_{'1' * 5000}=email"
    answer = desk.post(f"/imports/{batch.pk}/mapping", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    batch.refresh_from_db()
    assert batch.mapping == {"0": "name"}


def test_names_are_shown_and_never_run(desk: Client, draft: Run) -> None:
    batch = draft({"<script>alert(1)</script>.txt": resume(), "people.csv": table("<b>Name</b>,Full name", "x,<i>Ada")})
    page = text_of(desk, f"/imports/{batch.pk}/")
    assert "<script>alert" not in page
    assert "&lt;b&gt;Name" in page


def test_the_report_names_every_item_and_holds_no_formula(desk: Client, imported: Run) -> None:
    batch = imported({"people.csv": table("Name,E-mail", "Ada,ada@x.de", "Ben,=nonsense()")})
    response = desk.get(f"/imports/{batch.pk}/report.csv")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "Came in" in lines[1]
    assert "Refused" in lines[2]


def test_who_may_not_add_applicants_finds_no_import_at_all(client: Client, draft: Run, outsider: User) -> None:
    batch = draft({"ada.txt": resume()})
    client.force_login(outsider)
    for pattern in urlpatterns:
        path = "/" + str(pattern.pattern).replace("<int:batch_id>", str(batch.pk))
        path = path.replace("/jobs/<int:ident>", f"/jobs/{batch.job_id}").replace("<int:ident>", str(batch.pk))
        answers = {client.get(path).status_code, client.post(path, {"files": uploaded({"x.txt": b"x"})}).status_code}
        assert answers <= {404, 405}, path
    assert batch.items.count() == 1


def test_an_unknown_import_or_job_is_not_found(desk: Client) -> None:
    assert desk.get("/imports/999999/").status_code == 404
    assert desk.get("/jobs/999999/import/").status_code == 404
    assert desk.post("/jobs/999999/import/", {"files": uploaded({"x.txt": b"x"})}).status_code == 404


def test_an_upload_without_the_form_token_is_refused(recruiter: User, job: Job) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(recruiter)
    assert strict.post(f"/jobs/{job.pk}/import/", {"files": uploaded({"x.txt": b"x"})}).status_code == 403
    assert not ImportBatch.objects.exists()


def test_too_many_files_in_one_request_are_refused_with_advice(desk: Client, job: Job, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    page = desk.post(f"/jobs/{job.pk}/import/", {"files": uploaded({f"{n}.txt": b"x" for n in range(3)})}, follow=True)
    assert "too many files" in page.content.decode()
    answer = desk.post(
        f"/jobs/{job.pk}/import/",
        {"files": uploaded({f"{n}.txt": b"x" for n in range(3)})},
        headers={"Accept": "application/json"},
    )
    assert (answer.status_code, "ZIP" in answer.json()["problem"]) == (413, True)


def test_a_request_that_claims_to_be_enormous_is_refused_unread(desk: Client, job: Job) -> None:
    answer = desk.post(
        f"/jobs/{job.pk}/import/", {"begin": "1"}, CONTENT_LENGTH="9" * 11, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\nContent-Disposition: form-data; name=files; filename=a\r\n\r\nabc"]
)
def test_a_torn_upload_gives_no_error_page(desk: Client, job: Job, body: bytes) -> None:
    answer = desk.post(f"/jobs/{job.pk}/import/", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code < 500
