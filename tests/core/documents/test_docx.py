import io
import zipfile
from collections.abc import Callable

import pytest

from assay.app.documents.limits import document_limits
from assay.core.documents.document import Document, HiddenReason, Unreadable, UnreadableReason
from assay.core.documents.read import read_document

Read = Callable[..., Document]
Load = Callable[[str], bytes]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def package(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
        )
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return buffer.getvalue()


def refused(content: bytes) -> UnreadableReason:
    result = read_document(content=content, name="cv.docx", limits=document_limits())
    assert isinstance(result, Unreadable)
    return result.reason


def hidden_texts(document: Document) -> list[tuple[str, HiddenReason]]:
    return [(document.text[span.start : span.end], span.reason) for span in document.hidden]


def test_a_table_layout_is_read_cell_by_cell_after_the_header(read_text: Read, load: Load) -> None:
    lines = read_text(load("resume_table.docx")).text.splitlines()

    assert lines[0] == "Hiro Tanaka hiro.tanaka@example.org"
    assert lines.index("SKILLS") < lines.index("Open Distance University") < lines.index("EXPERIENCE")
    assert sum(line.startswith("- ") for line in lines) == 6


def test_list_paragraphs_get_a_dash(read_text: Read, load: Load) -> None:
    assert (
        "\n- Cleaned CSV files and wrote SQL queries for the analytics team.\n"
        in read_text(load("resume_bullets.docx")).text
    )


def test_short_cells_of_a_row_stay_on_one_line(read_text: Read) -> None:
    row = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("2020 - 2023", "Engineer, Orchid"))

    assert read_text(package(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")).text == "2020 - 2023\tEngineer, Orchid\n"


def test_a_text_box_is_read_once_whether_or_not_its_older_twin_is_there(read_text: Read, load: Load) -> None:
    assert read_text(load("textbox.docx")).text.count("TEXTBOXTEXT") == 1
    box = f"<w:txbxContent>{paragraph(run('boxed skills'))}</w:txbxContent>"
    twins = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{twins}</mc:AlternateContent></w:r>"

    assert read_text(package(paragraph(both))).text.count("boxed skills") == 1


def test_headers_notes_and_footers_are_read_and_repeated_ones_only_once(read_text: Read) -> None:
    def part(text: str) -> str:
        return f'<w:x xmlns:w="{W}">{paragraph(run(text))}</w:x>'

    content = package(
        paragraph(run("body")), header1=part("top"), header2=part("top"), footnotes=part("note"), footer1=part("bottom")
    )

    assert read_text(content).text.splitlines() == ["top", "body", "note", "bottom"]


def test_deleted_text_is_left_out_and_tabs_breaks_and_hyphens_are_kept(read_text: Read) -> None:
    content = package(
        paragraph(run("a"), "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>on</w:t><w:noBreakHyphen/><w:t>call</w:t></w:r>")
        + f"<w:p><w:del>{run('gone')}</w:del>{run('kept')}</w:p>"
    )

    assert read_text(content).text == "a\tb\non-call\nkept\n"


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ("<w:vanish/>", HiddenReason.INVISIBLE),
        ('<w:color w:val="FFFFFF"/>', HiddenReason.SAME_COLOUR),
        ('<w:color w:val="FDFDFD"/>', HiddenReason.SAME_COLOUR),
        ('<w:color w:val="auto" w:themeColor="background1"/>', HiddenReason.SAME_COLOUR),
        ('<w:color w:val="112233"/><w:shd w:val="clear" w:fill="112233"/>', HiddenReason.SAME_COLOUR),
        ('<w:sz w:val="2"/>', HiddenReason.TINY),
        ('<w:rStyle w:val="ghost"/>', HiddenReason.INVISIBLE),
    ],
)
def test_text_that_a_reader_would_not_see_is_marked(read_text: Read, properties: str, reason: HiddenReason) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="ghost"><w:basedOn w:val="base"/></w:style></w:styles>'
    )
    body = paragraph(run("Data analyst")) + paragraph(run("kubernetes", properties), run(" mlflow", properties))
    document = read_text(package(body, styles=styles))

    assert hidden_texts(document) == [("kubernetes mlflow", reason)]


@pytest.mark.parametrize("twist", [("x", "x"), ('"', "'"), ("</w:styles>", "<!-- x --></w:styles>"), ("w:", "v:")])
def test_a_style_hides_however_the_style_sheet_is_written(read_text: Read, twist: tuple[str, str]) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
        '<w:style w:type="paragraph" w:styleId="ghost"><w:name w:val="G"/><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>"
    )
    styles = styles.replace("xmlns:w", "xmlns:v").replace("w:", "v:") if twist[0] == "w:" else styles.replace(*twist)
    body = paragraph(run("Data analyst")) + paragraph(run("kubernetes"), properties='<w:pStyle w:val="ghost"/>')

    assert hidden_texts(read_text(package(body, styles=styles))) == [("kubernetes", HiddenReason.INVISIBLE)]


def test_a_broken_style_sheet_is_damage() -> None:
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="x"><w:rPr></w:style></w:styles>'

    assert refused(package(paragraph(run("Ana"), properties='<w:pStyle w:val="x"/>'), styles=styles)) is (
        UnreadableReason.CORRUPT
    )


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("EXPERIENCE", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>')),
        paragraph(run("EXPERIENCE", '<w:color w:val="FFFFFF"/>'), properties='<w:shd w:val="clear" w:fill="1F3864"/>'),
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
        + paragraph(run("EXPERIENCE", '<w:color w:val="FFFFFF"/>'))
        + "</w:tc></w:tr></w:tbl>",
        paragraph(run("EXPERIENCE", '<w:vanish w:val="0"/>')),
    ],
)
def test_white_on_dark_is_seen(read_text: Read, body: str) -> None:
    assert read_text(package(body)).hidden == ()


@pytest.mark.parametrize("name", ["xxe.docx", "laughs.docx"])
def test_declarations_that_pull_in_or_multiply_text_are_refused(load: Load, name: str) -> None:
    assert refused(load(name)) is UnreadableReason.DANGEROUS


def test_a_declaration_in_another_encoding_is_refused_too() -> None:
    part = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><w:x xmlns:w="{W}"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", part.encode("utf-16"))

    assert refused(buffer.getvalue()) is UnreadableReason.DANGEROUS


def test_a_part_that_inflates_beyond_the_limit_is_never_inflated() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(60):
            part.write(bytes(1_000_000))

    assert refused(buffer.getvalue()) is UnreadableReason.DANGEROUS


def test_thousands_of_entries_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for index in range(document_limits().max_entries + 1):
            archive.writestr(f"word/{index}.xml", "")

    assert refused(buffer.getvalue()) is UnreadableReason.DANGEROUS


def test_a_picture_pasted_into_a_docx_needs_a_person() -> None:
    buffer = io.BytesIO(package(paragraph(run("Ana Lima"))))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/media/image1.png", b"x")

    assert refused(buffer.getvalue()) is UnreadableReason.NO_TEXT


def test_damaged_and_foreign_packages_say_what_they_are(load: Load) -> None:
    assert refused(load("notzip.docx")) is UnreadableReason.CORRUPT
    assert refused(load("base.docx")[:20_000]) is UnreadableReason.CORRUPT
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refused(buffer.getvalue()) is UnreadableReason.UNSUPPORTED
