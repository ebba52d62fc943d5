from collections.abc import Callable

import pytest

from assay.core.documents.document import Document, HiddenReason

Read = Callable[..., Document]


def hidden_texts(document: Document) -> list[tuple[str, HiddenReason]]:
    return [(document.text[span.start : span.end].strip(), span.reason) for span in document.hidden]


def test_blocks_become_lines_and_list_items_get_a_dash(read_text: Read) -> None:
    page = b"<html><body><h1>Ana  Lima</h1><p>ML\n<b>Engineer</b></p><ul><li>Built it</ul>a<br>b</body></html>"

    assert read_text(page).text.splitlines() == ["Ana Lima", "ML Engineer", "- Built it", "a", "b"]


def test_scripts_styles_and_comments_are_not_text(read_text: Read) -> None:
    page = b"<html><head><title>x</title><style>p{}</style></head><body><script>steal()</script><!-- hi --><p>Ana</p>"

    assert read_text(page).text.strip() == "Ana"


def test_cells_of_a_row_stay_on_one_line(read_text: Read) -> None:
    page = b"<html><table><tr><td>2020 - 2023</td><td>Engineer, Orchid</td></tr></table>"

    assert read_text(page).text.strip() == "2020 - 2023\tEngineer, Orchid"


@pytest.mark.parametrize(
    ("style", "reason"),
    [
        ("display:none", HiddenReason.INVISIBLE),
        ("visibility: hidden", HiddenReason.INVISIBLE),
        ("opacity:0.01", HiddenReason.INVISIBLE),
        ("color:transparent", HiddenReason.INVISIBLE),
        ("color:rgba(0,0,0,0)", HiddenReason.INVISIBLE),
        ("height:0; overflow:hidden", HiddenReason.INVISIBLE),
        ("font-size:0", HiddenReason.TINY),
        ("font-size: 1px !important", HiddenReason.TINY),
        ("color: #fff", HiddenReason.SAME_COLOUR),
        ("color: rgb(254, 254, 254)", HiddenReason.SAME_COLOUR),
        ("background:#123456; color:#133457", HiddenReason.SAME_COLOUR),
        ("position:absolute; left:-9999px", HiddenReason.OFF_PAGE),
    ],
)
def test_text_that_a_browser_would_not_show_is_marked(read_text: Read, style: str, reason: HiddenReason) -> None:
    page = f'<html><body><p>Data analyst</p><p style="{style}">kubernetes <b>mlflow</b></p></body></html>'
    document = read_text(page.encode())

    assert hidden_texts(document) == [("kubernetes mlflow", reason)]
    assert "kubernetes mlflow" in document.text


def test_a_style_sheet_hides_as_well_as_an_attribute(read_text: Read) -> None:
    page = (
        b"<html><style>/* x */ .k, #z { display : none }</style><p>Ana</p><p class='a k'>mlflow</p><p id=z>kubeflow</p>"
    )

    assert hidden_texts(read_text(page)) == [("mlflow\nkubeflow", HiddenReason.INVISIBLE)]


def test_white_on_a_dark_bar_is_seen(read_text: Read) -> None:
    page = b"<html><div style='background-color:#223344;color:white'><h2>EXPERIENCE</h2></div><p>Built it</p>"

    assert read_text(page).hidden == ()


def test_the_page_says_its_own_encoding(read_text: Read) -> None:
    page = "<html><meta charset=iso-8859-15><p>Zoë costs 5 €</p></html>".encode("iso-8859-15")

    assert "Zoë costs 5 €" in read_text(page).text


def test_deeply_nested_markup_is_read_or_refused_without_failing(read_text: Read) -> None:
    page = b"<html><p>Ana Lima</p>" + b"<div>" * 50_000 + b"mlflow"

    assert "Ana Lima" in read_text(page).text
