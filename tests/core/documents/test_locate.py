import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from assay.app.documents.limits import document_limits
from assay.core.documents.document import Box, Document
from assay.core.documents.locate import locate
from assay.core.documents.render import CannotRender, render_page

Read = Callable[..., Document]
Load = Callable[[str], bytes]


def text_under(content: bytes, box: Box) -> str:
    """What PDFium finds within a box, a hair smaller so that neighbours stay out."""
    with pypdfium2.PdfDocument(content) as document:
        page = document[box.page - 1]
        height = page.get_height()
        words = page.get_textpage()
        found = words.get_text_bounded(
            left=box.x + 0.3,
            right=box.x + box.width - 0.3,
            top=height - box.y - 0.3,
            bottom=height - box.y - box.height + 0.3,
        )
        words.close()
        return " ".join(found.split())


@pytest.mark.parametrize(
    "name",
    ["resume_one_column.pdf", "resume_interleaved.pdf", "words_0.pdf", "same_baseline_0.pdf", "rendercv_classic.pdf"],
)
def test_the_box_of_a_word_holds_that_word(read_text: Read, load: Load, name: str) -> None:
    content = load(name)
    text = read_text(content).text
    words = list(re.finditer(r"[A-Za-z]{5,}", text))[::7]
    boxes = locate(content=content, spans=[word.span() for word in words], limits=document_limits())

    found = [text_under(content, box[0]) if len(box) == 1 else "" for box in boxes]
    assert sum(word.group() in under for word, under in zip(words, found, strict=True)) == len(words)


def test_a_range_over_three_lines_has_three_boxes_from_top_to_bottom(read_text: Read, load: Load) -> None:
    content = load("resume_interleaved.pdf")
    text = read_text(content).text
    start = text.index("- Created a proof")
    end = text.index("a day; on call") + 5
    (boxes,) = locate(content=content, spans=[(start, end)], limits=document_limits())

    assert [text_under(content, box)[:12] for box in boxes] == ["- Created a ", "stakeholders", "- Took defec", "a day"]
    assert [box.y for box in boxes] == sorted(box.y for box in boxes)
    assert all(box.x > 190 for box in boxes)


def made(draw: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 600), invariant=1)
    draw(canvas)
    canvas.drawString(40, 500, "Deployed a fraud model that serves forty thousand requests a day and owned it")
    canvas.save()
    return buffer.getvalue()


def turned(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with pypdfium2.PdfDocument(content) as document:
        document[0].set_rotation(90)
        document.save(buffer)
    return buffer.getvalue()


def test_on_a_rotated_page_boxes_lie_where_the_picture_shows_the_words(read_text: Read) -> None:
    content = turned(made(lambda canvas: None))
    start = read_text(content).text.index("fraud")
    ((box,),) = locate(content=content, spans=[(start, start + 5)], limits=document_limits())
    picture = Image.open(io.BytesIO(render_page(content=content, page=1, width_px=1200, limits=document_limits())))
    scale = picture.width / 600
    cut = picture.convert("L").crop(
        (int(box.x * scale), int(box.y * scale), int((box.x + box.width) * scale), int((box.y + box.height) * scale))
    )

    assert picture.size == (1200, 800)
    assert read_text(content).pages[0].width == 600
    assert box.height > box.width
    assert cut.getextrema()[0] < 100


def test_places_without_pages_or_outside_the_text_have_no_boxes(load: Load) -> None:
    limits = document_limits()

    assert locate(content=load("resume_table.docx"), spans=[(0, 5)], limits=limits) == ((),)
    assert locate(content=load("ok.pdf"), spans=[(10**6, 10**6 + 5), (3, 3)], limits=limits) == ((), ())
    assert locate(content=load("trunc.pdf"), spans=[(0, 5)], limits=limits) == ((),)
    assert locate(content=b"", spans=[(0, 5)], limits=limits) == ((),)


def test_letters_written_as_base_and_accent_are_located_whole(read_text: Read) -> None:
    content = made(lambda canvas: canvas.drawString(40, 550, "Zo\u00eb M\u00fcller"))
    text = read_text(content).text
    start = text.index("Müller")
    ((box,),) = locate(content=content, spans=[(start, start + 6)], limits=document_limits())

    assert text_under(content, box) == "Müller"


def test_a_picture_has_the_width_asked_for_and_never_too_many_pixels(load: Load) -> None:
    limits = document_limits()
    picture = Image.open(io.BytesIO(render_page(content=load("ok.pdf"), page=1, width_px=300, limits=limits)))
    huge = Image.open(io.BytesIO(render_page(content=load("ok.pdf"), page=1, width_px=50_000, limits=limits)))

    assert (picture.width, picture.format) == (300, "PNG")
    assert huge.width * huge.height <= limits.max_render_pixels * 1.01


@pytest.mark.parametrize(("name", "page"), [("ok.pdf", 0), ("ok.pdf", 99), ("trunc.pdf", 1), ("base.docx", 1)])
def test_what_cannot_be_drawn_says_so(load: Load, name: str, page: int) -> None:
    with pytest.raises(CannotRender):
        render_page(content=load(name), page=page, width_px=300, limits=document_limits())
