"""The hiring brief: one page, whatever the texts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from django.test import Client
from tests.app.requisitions.cast import DRAFT, approve, make_requisition, submit

from assay.app.requisitions.brief import Brief, PayPicture, Section, make_brief
from assay.app.requisitions.brief_pdf import MORE, shorten, write_brief
from assay.app.requisitions.queries import get_requisition
from assay.platform.accounts.models import User

DAY = date(2026, 11, 21)
PAY = PayPicture("EUR", 80_000, 100_000, {10: 60_000, 25: 70_000, 50: 85_000, 75: 99_000, 90: 120_000})


def words_of(pdf: bytes) -> tuple[int, str]:
    """Return how many pages a document has and what is written on them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage() for page in document]
        return len(pages), " ".join(page.get_text_range() for page in pages)
    finally:
        document.close()


def brief_of(text: str, *, many: int) -> Brief:
    """Make a brief in which everything is this text, this many times."""
    section = Section("ready", text, text, (text,) * many, (("Must have", (text,) * many),))
    return Brief(
        code="REQ-2026-001",
        title=text,
        about=(text,) * 3,
        problem=text,
        state=text,
        state_line=text,
        left=(section, section),
        right=(replace(section, key="market"), section, section, section),
        pay=PAY,
        pay_svg="",
        approvals=(text,) * many,
        notes=(text,) * 5,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Short.",
        "A sentence of usual length about pay and people. " * 8,
        "word " * 2_000,
        "x" * 9_000,
        "<b>&amp;</b> " * 90,
        "日本語",
    ],
    ids=["short", "usual", "huge", "one long word", "markup", "letters without a face"],
)
def test_a_brief_is_one_page_whatever_the_texts(text: str) -> None:
    pages, _ = words_of(write_brief(brief=brief_of(text, many=12), made_by=text[:100], made_on=DAY))
    assert pages == 1


def test_what_is_cut_says_where_the_rest_stands() -> None:
    assert shorten("one two three four", 9) == f"one two {MORE}"
    assert shorten("one two", 9) == "one two"
    _, words = words_of(write_brief(brief=brief_of("word " * 500, many=3), made_by="Ada", made_on=DAY))
    assert "more in Assay" in words


def test_the_same_brief_gives_the_same_bytes() -> None:
    first, second = (write_brief(brief=brief_of("Same.", many=2), made_by="Ada", made_on=DAY) for _ in range(2))
    assert first == second


@pytest.mark.django_db
def test_the_brief_of_a_request_holds_what_a_sponsor_needs(
    manager: User, lead: User, browse: Callable[[User], Client]
) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    approve(row, lead)
    answer = browse(manager).get(f"/requisitions/{row.pk}/brief.pdf")
    assert answer["Content-Type"] == "application/pdf" and row.code.lower() in answer["Content-Disposition"]
    pages, words = words_of(answer.content)
    assert pages == 1
    wanted = [
        row.code,
        DRAFT.title,
        "passengers leave",
        "Machine learning engineer",
        "EUR",
        "approved by Lena",
        "Not assessed",
    ]
    assert [one for one in wanted if one.lower() not in words.lower()] == []
    page = browse(manager).get(f"/requisitions/{row.pk}/brief").content.decode()
    assert "approved by Lena" in page and "Must have" in page


@pytest.mark.django_db
def test_a_brief_of_an_empty_draft_says_what_is_not_known(manager: User) -> None:
    row = make_requisition(manager)
    brief = make_brief(view=get_requisition(actor=manager, requisition_id=row.pk))
    assert brief.approvals == ("Not submitted for approval yet.",)
    assert words_of(write_brief(brief=brief, made_by="Ada", made_on=DAY))[0] == 1
