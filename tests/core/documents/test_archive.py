import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.app.documents.limits import document_limits
from assay.core.documents.archive import ArchiveMember, ArchiveRefused, list_members, safe_name

Load = Callable[[str], bytes]


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def members(archive: bytes) -> list[ArchiveMember]:
    return list(list_members(archive=archive, limits=document_limits()))


def test_files_come_in_order_and_system_junk_and_folders_do_not() -> None:
    archive = zipped(
        {
            "cvs/": b"",
            "cvs/ana.txt": b"Ana",
            "__MACOSX/cvs/._ana.txt": b"x",
            ".DS_Store": b"x",
            "cvs/Thumbs.db": b"x",
            "zoe.txt": b"Zoe",
            "empty.txt": b"",
        }
    )

    assert [(member.name, member.content) for member in members(archive)] == [
        ("cvs/ana.txt", b"Ana"),
        ("zoe.txt", b"Zoe"),
        ("empty.txt", b""),
    ]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\ana\\cv.pdf", "Users/ana/cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\x1b[2Jb.pdf", "a[2Jb.pdf"),
        ("..", "unnamed"),
    ],
)
def test_names_cannot_climb_out_or_deceive(name: str, safe: str) -> None:
    assert safe_name(name=name) == safe


@given(st.text())
def test_any_name_becomes_a_short_relative_path(name: str) -> None:
    safe = safe_name(name=name)

    assert safe
    assert len(safe) <= 200
    assert not safe.startswith("/")
    assert ".." not in safe.split("/")


def test_an_archive_inside_the_archive_is_named_and_not_opened(load: Load) -> None:
    inner = zipped({"cv.txt": b"Ana"})
    found = members(zipped({"more.zip": inner, "disguised.pdf": inner, "cv.docx": load("base.docx")}))

    assert [member.content is None for member in found] == [True, True, False]
    assert "archive inside" in found[0].refusal
    assert "archive inside" in found[1].refusal


def test_a_member_that_unpacks_to_far_too_much_is_not_unpacked() -> None:
    archive = zipped({"bomb.txt": bytes(9_000_000), "huge.txt": b"ab" * 6_000_000, "cv.txt": b"Ana"})
    found = members(archive)

    assert [member.content for member in found] == [None, None, b"Ana"]
    assert "far more" in found[0].refusal


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    archive = bytearray(zipped({"cv.txt": bytes(5_000)}))
    at = archive.rfind(b"PK\x01\x02")
    archive[at + 24 : at + 28] = (100).to_bytes(4, "little")
    found = members(bytes(archive))

    assert [(member.content, bool(member.refusal)) for member in found] == [(None, True)]


def test_what_goes_over_the_sum_is_left_out_by_name() -> None:
    limits = document_limits()
    small = replace(limits, archive=replace(limits.archive, max_inflated_bytes=250))
    archive = zipped({f"{index}.txt": bytes(100) for index in range(4)})
    found = list(list_members(archive=archive, limits=small))

    assert [member.content is None for member in found] == [False, False, True, True]
    assert "left out" in found[3].refusal


def test_locked_damaged_and_linked_members_are_refused_one_by_one() -> None:
    archive = bytearray(zipped({"locked.txt": b"x" * 50, "cv.txt": b"Ana" * 50}, zipfile.ZIP_STORED))
    at = archive.find(b"PK\x01\x02")
    archive[at + 8] |= 1
    archive[archive.find(b"AnaAna")] ^= 0xFF
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO(bytes(archive))
    with zipfile.ZipFile(buffer, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    found = members(buffer.getvalue())

    assert [member.name for member in found if member.content is None] == ["locked.txt", "cv.txt", "link.txt"]
    assert "password" in found[0].refusal
    assert "damaged" in found[1].refusal
    assert "link" in found[2].refusal


def test_overlapping_members_are_an_attack_and_nothing_is_opened() -> None:
    archive = zipped({"cv.txt": zlib.compress(bytes(range(256)) * 40)}, zipfile.ZIP_STORED)
    start = archive.find(b"PK\x01\x02")
    end = archive.find(b"PK\x05\x06")
    entry, tail = archive[start:end], bytearray(archive[end:])
    tail[8:12] = (20).to_bytes(2, "little") * 2
    tail[12:16] = (20 * len(entry)).to_bytes(4, "little")

    with pytest.raises(ArchiveRefused, match="overlap"):
        list_members(archive=archive[:start] + entry * 20 + bytes(tail), limits=document_limits())


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(100), b"PK\x05\x06" + bytes(18)[:10]])
def test_what_is_not_a_zip_is_refused_at_once(content: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        list_members(archive=content, limits=document_limits())


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_no_bytes_make_the_walk_fail_otherwise(content: bytes, at: int, value: int) -> None:
    archive = bytearray(zipped({"cv.txt": content, "b.txt": b"Ana"}))
    archive[at % len(archive)] = value
    try:
        found = members(bytes(archive))
    except ArchiveRefused:
        return
    assert all((member.content is None) == bool(member.refusal) for member in found)


def test_ten_thousand_files_are_walked_in_flat_memory_and_one_more_is_too_many() -> None:
    archive = zipped({f"{index}.txt": bytes([index % 251]) * 4_000 for index in range(10_000)})
    walk = list_members(archive=archive, limits=document_limits())
    tracemalloc.start()
    assert sum(member.content is not None for member in walk) == 10_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000

    crowded = zipped({f"{index}.txt": b"" for index in range(10_001)}, zipfile.ZIP_STORED)
    with pytest.raises(ArchiveRefused, match="10,000"):
        list_members(archive=crowded, limits=document_limits())
