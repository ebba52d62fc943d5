"""Pictures of pages and downloads, as a browser asks for them."""

import os

import pytest
from tests.app.documents.conftest import FIXTURES

from assay.app.documents.models import Document
from assay.app.documents.queries import get_document
from assay.app.documents.viewing import locate_spans, trim_cache
from assay.platform.files.reading import path_of

PNG = b"\x89PNG\r\n\x1a\n"


def cached(folder):
    return sorted(path for path in (folder / "cache" / "pages").glob("*/*") if path.is_file())


def test_a_download_is_the_file_as_it_came_and_can_do_nothing_in_the_browser(attach, recruiter, browse):
    document_id = attach("resume.html")
    response = browse(recruiter).get(f"/documents/{document_id}/download")
    assert response.content == (FIXTURES / "resume.html").read_bytes()
    assert response["Content-Disposition"].startswith('attachment; filename="resume.html"')
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_strange_name_stays_a_name(attach, recruiter, browse):
    document_id = attach('..\\..\\é"; filename="evil.exe\r\nX: 1 \u202eFDP.txt', b"Ada Byron\nShipped a model.")
    response = browse(recruiter).get(f"/documents/{document_id}/download")
    header = response["Content-Disposition"]
    assert "\r" not in header
    assert header.count('"') == 2
    assert "%E2%80%AE" not in header
    assert "X" not in response.headers


def test_a_damaged_file_is_told_and_never_handed_out(attach, recruiter, browse):
    document_id = attach("resume.html")
    path_of(sha256=get_document(document_id=document_id).sha256).write_bytes(b"changed")
    response = browse(recruiter).get(f"/documents/{document_id}/download")
    assert response.status_code == 503
    assert "Restore it from a backup" in response.content.decode()


def test_a_page_is_drawn_once_and_then_comes_from_the_cache(attach, own_files, recruiter, browse):
    document_id = attach("cols_0.pdf")
    client = browse(recruiter)
    first = client.get(f"/documents/{document_id}/pages/1.png")
    assert first.status_code == 200
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"].startswith("private, max-age=86400")
    assert first.content.startswith(PNG)
    (kept,) = cached(own_files)
    kept.write_bytes(PNG + b"kept")
    assert client.get(f"/documents/{document_id}/pages/1.png").content == PNG + b"kept"
    kept.write_bytes(b"")
    assert client.get(f"/documents/{document_id}/pages/1.png").content == first.content


def test_only_pages_that_there_are_have_pictures(attach, recruiter, browse):
    document_id = attach("cols_0.pdf")
    client = browse(recruiter)
    for number in (0, 2, 999, 2**70):
        assert client.get(f"/documents/{document_id}/pages/{number}.png").status_code == 404
    assert client.get("/documents/0/pages/1.png").status_code == 404
    assert client.get(f"/documents/{2**70}/download").status_code == 404


@pytest.mark.parametrize("name", ["base.docx", "resume.html", "enc_user.pdf", "trunc.pdf"])
def test_other_formats_and_what_could_not_be_read_have_no_pictures(attach, recruiter, browse, name):
    assert browse(recruiter).get(f"/documents/{attach(name)}/pages/1.png").status_code == 404


def test_documents_are_for_those_who_may_see_the_applicant(attach, interviewer, outsider, browse):
    document_id = attach("cols_0.pdf")
    for path in (f"/documents/{document_id}/download", f"/documents/{document_id}/pages/1.png"):
        assert browse(interviewer).get(path).status_code == 200
        assert browse(outsider).get(path).status_code == 404
        assert browse(interviewer).post(path).status_code == 405


def test_quotes_are_found_on_the_page_and_kept(attach, own_files):
    document = get_document(document_id=attach("cols_0.pdf"))
    text = document.reading.text
    word = max(text.split(), key=len)
    start = text.index(word)
    places = locate_spans(document=document, spans=[(start, start + len(word))])
    (box, *_) = places[0]
    page = document.reading.pages[0]
    assert box.page == 1
    assert 0 <= box.x < page.width
    assert 0 <= box.y < page.height
    assert len(cached(own_files)) == 1
    assert locate_spans(document=document, spans=[(start, start + len(word))]) == places


def test_a_document_without_pages_has_no_places(attach):
    document = get_document(document_id=attach("base.docx"))
    assert locate_spans(document=document, spans=[(0, 5), (5, 9)]) == ((), ())


def test_the_cache_forgets_what_was_written_longest_ago(own_files):
    folder = own_files / "cache" / "pages" / "ab"
    folder.mkdir(parents=True)
    for age, name in enumerate("abcd"):
        (folder / name).write_bytes(b"x" * 100)
        os.utime(folder / name, (1_000_000 - age, 1_000_000 - age))
    assert trim_cache(most_bytes=250) == 2
    assert [path.name for path in cached(own_files)] == ["a", "b"]


def test_the_same_file_is_attached_once(attach):
    assert attach("resume.html") == attach("resume.html")
    assert Document.objects.count() == 1
