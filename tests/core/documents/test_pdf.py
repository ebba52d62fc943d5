import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assay.app.documents.limits import document_limits
from assay.core.documents.document import Document, HiddenReason, Unreadable, UnreadableReason
from assay.core.documents.read import read_document

Read = Callable[..., Document]
Load = Callable[[str], bytes]
Draw = Callable[[Canvas], None]
VISIBLE = "Data analyst, built dashboards for the sales team and wrote queries every week"
SECRET = "kubernetes mlflow kubeflow"


def pdf(*pages: Draw) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_visible(draw: Draw) -> bytes:
    def page(canvas: Canvas) -> None:
        canvas.drawString(40, 780, VISIBLE)
        draw(canvas)

    return pdf(page)


def hidden_texts(document: Document) -> list[tuple[str, HiddenReason]]:
    return [(document.text[span.start : span.end], span.reason) for span in document.hidden]


def write(canvas: Canvas, text: str, x: float, y: float, mode: int = 0, size: float = 11) -> None:
    words = canvas.beginText(x, y)
    words.setFont("Helvetica", size)
    words.setTextRenderMode(mode)
    words.textOut(text)
    canvas.drawText(words)


def white_on_paper(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    write(canvas, SECRET, 40, 600)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColor(HexColor("#F4F4F4"))
    write(canvas, SECRET, 40, 600)


def dark_on_dark(canvas: Canvas) -> None:
    canvas.setFillColor(HexColor("#203040"))
    canvas.rect(30, 590, 300, 30, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#213141"))
    write(canvas, SECRET, 40, 600)


def see_through(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0, 0, 0, alpha=0.02))
    write(canvas, SECRET, 40, 600)


def white_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("inner")
    canvas.setFillColor(white)
    write(canvas, SECRET, 0, 0)
    canvas.endForm()
    canvas.translate(40, 600)
    canvas.doForm("inner")


def tiny_by_scale(canvas: Canvas) -> None:
    canvas.translate(40, 600)
    canvas.scale(0.05, 0.05)
    write(canvas, SECRET, 0, 0)


def under_a_shape(canvas: Canvas) -> None:
    write(canvas, SECRET, 40, 600)
    canvas.setFillColor(HexColor("#DDEEFF"))
    canvas.rect(30, 590, 400, 30, stroke=0, fill=1)


def under_a_picture(canvas: Canvas) -> None:
    write(canvas, SECRET, 40, 600)
    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), (10, 40, 80))), 30, 590, 300, 30)


def white_on_white_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), (253, 253, 255))), 30, 590, 300, 30)
    canvas.setFillColor(white)
    write(canvas, SECRET, 40, 600)


def white_beside_a_dark_shape_cut_off(canvas: Canvas) -> None:
    canvas.saveState()
    opening = canvas.beginPath()
    opening.rect(400, 590, 50, 30)
    canvas.clipPath(opening, stroke=0, fill=0)
    canvas.rect(30, 590, 420, 30, stroke=0, fill=1)
    canvas.restoreState()
    canvas.setFillColor(white)
    write(canvas, SECRET, 40, 600)


def under_a_shape_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("inner")
    under_a_shape(canvas)
    canvas.endForm()
    canvas.doForm("inner")


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (under_a_shape, HiddenReason.INVISIBLE),
        (under_a_picture, HiddenReason.INVISIBLE),
        (under_a_shape_in_a_form, HiddenReason.INVISIBLE),
        (white_beside_a_dark_shape_cut_off, HiddenReason.SAME_COLOUR),
        (white_on_white_picture, HiddenReason.SAME_COLOUR),
        (white_on_paper, HiddenReason.SAME_COLOUR),
        (nearly_white, HiddenReason.SAME_COLOUR),
        (dark_on_dark, HiddenReason.SAME_COLOUR),
        (white_in_a_form, HiddenReason.SAME_COLOUR),
        (see_through, HiddenReason.INVISIBLE),
        (lambda canvas: write(canvas, SECRET, 40, 600, mode=3), HiddenReason.INVISIBLE),
        (lambda canvas: write(canvas, SECRET, 40, 600, size=0.7), HiddenReason.TINY),
        (tiny_by_scale, HiddenReason.TINY),
        (lambda canvas: write(canvas, SECRET, 700, 600), HiddenReason.OFF_PAGE),
        (lambda canvas: write(canvas, SECRET, 40, -50), HiddenReason.OFF_PAGE),
    ],
)
def test_text_that_a_reader_would_not_see_is_marked(read_text: Read, draw: Draw, reason: HiddenReason) -> None:
    document = read_text(with_visible(draw))

    assert hidden_texts(document) == [(SECRET, reason)]
    assert VISIBLE in document.text


def white_on_dark(canvas: Canvas) -> None:
    canvas.setFillColor(HexColor("#203040"))
    canvas.rect(30, 590, 300, 30, stroke=0, fill=1)
    canvas.setFillColor(white)
    write(canvas, SECRET, 40, 600)


def white_on_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), (10, 40, 80))), 30, 590, 300, 30)
    canvas.setFillColor(white)
    write(canvas, SECRET, 40, 600)


def on_a_white_sheet(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.rect(0, 0, 595, 700, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    write(canvas, SECRET, 40, 600)


def white_on_gradient(canvas: Canvas) -> None:
    canvas.saveState()
    opening = canvas.beginPath()
    opening.rect(30, 590, 300, 30)
    canvas.clipPath(opening, stroke=0, fill=0)
    canvas.linearGradient(30, 590, 330, 590, (HexColor("#101020"), HexColor("#303060")))
    canvas.restoreState()
    canvas.setFillColor(white)
    write(canvas, SECRET, 40, 600)


def under_a_marker(canvas: Canvas) -> None:
    write(canvas, SECRET, 40, 600)
    canvas.setFillColor(Color(1, 1, 0, alpha=0.6))
    canvas.rect(30, 590, 400, 30, stroke=0, fill=1)


def beside_a_shape_cut_off(canvas: Canvas) -> None:
    write(canvas, SECRET, 40, 600)
    opening = canvas.beginPath()
    opening.rect(300, 590, 50, 30)
    canvas.clipPath(opening, stroke=0, fill=0)
    canvas.rect(30, 590, 400, 30, stroke=0, fill=1)


@pytest.mark.parametrize(
    "draw",
    [white_on_dark, white_on_picture, white_on_gradient, on_a_white_sheet, under_a_marker, beside_a_shape_cut_off],
)
def test_text_on_a_ground_that_shows_it_is_seen(read_text: Read, draw: Draw) -> None:
    assert read_text(with_visible(draw)).hidden == ()


def test_white_on_a_gradient_from_a_browser_is_seen_and_white_on_its_paper_is_not(read_text: Read, load: Load) -> None:
    document = read_text(load("browser_print.pdf"))

    assert hidden_texts(document) == [
        ("kubernetes mlflow kubeflow secret words", HiddenReason.SAME_COLOUR),
        ("covered words under box", HiddenReason.INVISIBLE),
    ]


def test_a_real_template_with_white_headings_on_dark_bars_hides_nothing(read_text: Read, load: Load) -> None:
    assert read_text(load("latexcv_sidebar.pdf")).hidden == ()


def test_the_three_ways_of_the_hostile_sample_are_told_apart(read_text: Read, load: Load) -> None:
    reasons = [reason for _, reason in hidden_texts(read_text(load("hidden.pdf")))]

    assert reasons == [HiddenReason.SAME_COLOUR, HiddenReason.TINY, HiddenReason.INVISIBLE]


def scan(canvas: Canvas, *, with_layer: bool) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, 595, 842)
    if with_layer:
        write(canvas, VISIBLE, 40, 780, mode=3)


def test_a_recognition_layer_over_a_scan_is_text_with_a_note(read_text: Read) -> None:
    document = read_text(pdf(lambda canvas: scan(canvas, with_layer=True)))

    assert document.hidden == ()
    assert "check it against the picture" in document.notes[0]


def test_a_scan_without_text_needs_a_person() -> None:
    content = pdf(lambda canvas: scan(canvas, with_layer=False))
    result = read_document(content=content, name="cv.pdf", limits=document_limits())

    assert isinstance(result, Unreadable)
    assert result.reason is UnreadableReason.NO_TEXT


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("enc_user.pdf", UnreadableReason.ENCRYPTED),
        ("trunc.pdf", UnreadableReason.CORRUPT),
        ("flipped.pdf", UnreadableReason.CORRUPT),
        ("pageloop.pdf", UnreadableReason.CORRUPT),
        ("js.pdf", UnreadableReason.NO_TEXT),
    ],
)
def test_a_hostile_or_damaged_pdf_is_named_for_what_it_is(load: Load, name: str, reason: UnreadableReason) -> None:
    result = read_document(content=load(name), name=name, limits=document_limits())

    assert isinstance(result, Unreadable)
    assert result.reason is reason


def test_a_pdf_locked_only_against_changes_is_read(read_text: Read, load: Load) -> None:
    assert read_text(load("enc_owner.pdf")).text == read_text(load("ok.pdf")).text


def test_pages_tile_the_text_and_a_missing_one_is_noted(read_text: Read) -> None:
    document = read_text(
        pdf(lambda canvas: write(canvas, VISIBLE, 40, 780), lambda canvas: write(canvas, "Jane", 40, 780))
    )

    assert [(page.number, page.width, page.height) for page in document.pages] == [(1, 595, 842), (2, 595, 842)]
    assert document.pages[0].start == 0
    assert document.pages[0].end == document.pages[1].start
    assert document.pages[1].end == len(document.text)
    assert document.text[document.pages[1].start :].strip() == "Jane"
    assert "page 2" in document.notes[0]


def test_only_the_first_pages_of_a_long_file_are_read_and_it_is_said(read_text: Read) -> None:
    document = read_text(pdf(*[lambda canvas: write(canvas, VISIBLE, 40, 780)] * 60))

    assert len(document.pages) == document_limits().max_pages
    assert "first 50 of 60 pages" in document.notes[0]


@pytest.mark.parametrize("name", ["ok.pdf", "hidden.pdf", "words_0.pdf", "rendercv_classic.pdf", "resume_table.docx"])
def test_the_same_bytes_give_the_same_document(read_text: Read, load: Load, name: str) -> None:
    assert read_text(load(name)) == read_text(load(name))
