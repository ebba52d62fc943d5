"""The file store: whole or not at all, once for the same bytes, and never silently something else."""

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from hypothesis import given
from hypothesis import strategies as st
from tests.simultaneous import at_once

from assay.platform.files.actions import StorageFull, store_bytes, store_chunks, store_together
from assay.platform.files.models import StoredFile
from assay.platform.files.reading import DamagedFile, path_of, read_stored
from assay.platform.files.responses import download


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]


def everything_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_what_is_stored_comes_back_under_its_hash(tmp_path: Path) -> None:
    stored = store_bytes(content=b"resume", media_type="application/pdf")
    assert stored.sha256 == hashlib.sha256(b"resume").hexdigest()
    assert (stored.size, stored.media_type) == (6, "application/pdf")
    assert read_stored(sha256=stored.sha256) == b"resume"
    assert path_of(sha256=stored.sha256).relative_to(tmp_path / "files").parts[:2] == (
        stored.sha256[:2],
        stored.sha256[2:4],
    )


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_however_they_arrive(tmp_path: Path) -> None:
    first = store_bytes(content=b"a" * 3_000_000)
    second = store_chunks(chunks=(b"a" * 1_000_000 for _ in range(3)))
    assert first == second
    assert len(everything_below(tmp_path)) == 1


@pytest.mark.django_db
def test_nothing_is_a_file_too() -> None:
    assert read_stored(sha256=store_bytes(content=b"").sha256) == b""


@pytest.mark.django_db
def test_bytes_that_changed_or_vanished_on_disk_are_noticed() -> None:
    stored = store_bytes(content=b"resume")
    path_of(sha256=stored.sha256).write_bytes(b"resumf")
    with pytest.raises(DamagedFile, match="backup"):
        read_stored(sha256=stored.sha256)
    path_of(sha256=stored.sha256).unlink()
    with pytest.raises(DamagedFile, match="backup"):
        read_stored(sha256=stored.sha256)


@pytest.mark.django_db
def test_sending_a_file_again_repairs_one_that_was_cut_short() -> None:
    stored = store_bytes(content=b"resume")
    path_of(sha256=stored.sha256).write_bytes(b"res")
    store_bytes(content=b"resume")
    assert read_stored(sha256=stored.sha256) == b"resume"


@pytest.mark.django_db
def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store_chunks(chunks=broken())
    assert everything_below(tmp_path) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_full_disk_keeps_nothing_and_says_what_to_do(settings: object, small_disk: Path) -> None:
    settings.FILES_DIR = small_disk / "files"  # type: ignore[attr-defined]
    kept = store_bytes(content=b"there before")
    with pytest.raises(StorageFull, match="Make room"):
        store_chunks(chunks=(os.urandom(1_000_000) for _ in range(200)))
    assert [path.name for path in everything_below(small_disk / "files")] == [kept.sha256]
    assert StoredFile.objects.count() == 1
    assert read_stored(sha256=store_bytes(content=b"after").sha256) == b"after"


@pytest.mark.django_db
def test_other_troubles_of_the_disk_are_not_called_a_full_disk(settings: object, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    settings.FILES_DIR = tmp_path / "in the way"  # type: ignore[attr-defined]
    with pytest.raises(OSError) as problem:
        store_bytes(content=b"x")
    assert problem.value.errno == errno.EEXIST


@pytest.mark.django_db(transaction=True)
def test_two_people_may_send_the_same_file_at_once() -> None:
    stored = at_once(*[lambda: store_bytes(content=b"x" * 500_000)] * 4)
    assert [type(one) for one in stored] == [StoredFile] * 4
    assert StoredFile.objects.count() == 1


@given(st.text(max_size=60))
def test_a_download_is_never_opened_in_place_whatever_its_name(name: str) -> None:
    answer = download(content=b"<script>", name=name)
    disposition = answer["Content-Disposition"]
    assert disposition.startswith('attachment; filename="')
    assert disposition.isascii()
    assert not set("\r\n/\\") & set(disposition.split('"')[1])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_download_keeps_its_own_stricter_policy_and_its_own_name() -> None:
    answer = CSPMiddleware(lambda request: HttpResponse()).process_response(
        HttpRequest(), download(content=b"x", name="Résumé of Zoë.pdf")
    )
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "filename*=UTF-8''R%C3%A9sum%C3%A9%20of%20Zo%C3%AB.pdf" in answer["Content-Disposition"]


@pytest.mark.django_db
def test_files_kept_together_have_a_row_each_and_the_same_bytes_share_one() -> None:
    contents = [b"one", b"two", b"one"]
    stored = store_together(contents=iter(contents))
    assert [read_stored(sha256=row.sha256) for row in stored] == contents
    assert stored[0].pk == stored[2].pk
    assert StoredFile.objects.count() == 2
    assert store_together(contents=iter([b"two"]))[0].pk == stored[1].pk
