import io
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assay.app.documents.limits import document_limits
from assay.app.documents.reader import CannotShow, ContainedReader
from assay.core.documents.document import Document, Unreadable, UnreadableReason
from assay.core.documents.read import read_document

FIXTURES = Path(__file__).parents[2] / "fixtures" / "documents"


@pytest.fixture(scope="module")
def reader() -> Iterator[ContainedReader]:
    with ContainedReader() as made:
        yield made


def flate_bomb(megabytes: int) -> bytes:
    """A PDF of one page whose drawing instructions inflate to many megabytes."""
    packer = zlib.compressobj(1)
    chunk = b"0 0 m 1 1 l S\n" * 75_000
    drawing = b"".join(packer.compress(chunk) for _ in range(megabytes)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(drawing) + drawing + b"\nendstream",
    ]
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        file.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    file.write(b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF")
    return file.getvalue()


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.*")), ids=lambda path: path.name)
def test_the_contained_reader_says_what_the_plain_one_says(reader: ContainedReader, path: Path) -> None:
    content = path.read_bytes()

    assert reader.read(content=content, name=path.name) == read_document(
        content=content, name=path.name, limits=document_limits()
    )


def test_a_file_that_kills_the_process_needs_a_person_and_the_next_one_is_read() -> None:
    limits = replace(document_limits(), memory_bytes=400_000_000, cpu_seconds=5)
    with ContainedReader(limits=limits) as reader:
        result = reader.read(content=flate_bomb(300), name="bomb.pdf")

        assert isinstance(result, Unreadable)
        assert result.reason in (
            UnreadableReason.CRASHED,
            UnreadableReason.OUT_OF_MEMORY,
            UnreadableReason.TIMED_OUT,
        )
        assert result.advice.endswith(".")
        good = reader.read(content=(FIXTURES / "ok.pdf").read_bytes(), name="ok.pdf")
        assert isinstance(good, Document)


def test_a_file_that_takes_too_long_is_stopped() -> None:
    limits = replace(document_limits(), cpu_seconds=1)
    with ContainedReader(limits=limits) as reader:
        result = reader.read(content=flate_bomb(60), name="slow.pdf")

    assert isinstance(result, Unreadable)
    assert result.reason is UnreadableReason.TIMED_OUT


def test_a_file_over_the_limit_does_not_even_reach_the_process() -> None:
    with ContainedReader() as reader:
        result = reader.read(content=bytes(document_limits().max_bytes + 1), name="big.pdf")

        assert isinstance(result, Unreadable)
        assert result.reason is UnreadableReason.TOO_LARGE
        assert reader.child_id is None


def test_quotes_are_located_and_pages_drawn(reader: ContainedReader) -> None:
    content = (FIXTURES / "resume_interleaved.pdf").read_bytes()
    document = reader.read(content=content, name="cv.pdf")
    assert isinstance(document, Document)
    start = document.text.index("Reduced GPU serving cost")
    boxes = reader.locate(content=content, spans=[(start, start + 24), (0, 5)])

    assert [box.page for box in boxes[0]] == [1]
    assert boxes[0][0].x > boxes[1][0].x
    assert reader.render_page(content=content, page=1, width_px=200).startswith(b"\x89PNG")


def test_a_page_that_is_not_there_cannot_be_shown(reader: ContainedReader) -> None:
    with pytest.raises(CannotShow):
        reader.render_page(content=(FIXTURES / "ok.pdf").read_bytes(), page=99, width_px=200)


def test_reading_needs_no_web_framework() -> None:
    script = (
        "import sys\n"
        "sys.modules['django'] = None\n"
        "from assay.app.documents.reader import ContainedReader\n"
        "with ContainedReader() as reader:\n"
        "    print(reader.read(content=b'Ana Lima', name='cv.txt').text)\n"
    )
    path = ":".join(entry for entry in sys.path if entry)
    result = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": path}, capture_output=True, text=True)

    assert result.stdout == "Ana Lima\n", result.stderr
