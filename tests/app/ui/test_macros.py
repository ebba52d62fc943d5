"""The macros that pages build with: what they escape, wire together and refuse."""

from collections.abc import Callable

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import TemplateRuntimeError

from assay.app.ui.tables import Column, sortable
from assay.core.screening.result import Verdict

from .markup import Markup

HOSTILE = "\"><script>alert('x')</script>"
Draw = Callable[..., str]


@pytest.mark.parametrize(
    "snippet",
    [
        "{{ ui.button(x) }}",
        "{{ ui.link_button(x, x) }}",
        "{{ ui.icon_button(x, 'x') }}",
        "{{ ui.post_button(x, x, '', fields={x: x}) }}",
        "{{ ui.tabs([{'label': x, 'href': x, 'is_current': true}]) }}",
        "{{ ui.definitions([(x, x)]) }}",
        "{{ ui.field('n', x, value=x, help=x, errors=[x]) }}",
        "{{ ui.textarea('n', x, value=x, help=x, errors=[x]) }}",
        "{{ ui.select('n', x, [(x, x)], value=x) }}",
        "{{ ui.choices('n', x, [(x, x)], errors=[x]) }}",
        "{{ ui.checkbox('n', x, value=x, help=x) }}",
        "{{ ui.error_summary([('id', x)], title=x) }}",
        "{{ ui.filter_bar(x, value=x, placeholder=x) }}",
        "{{ ui.dropzone(x, '', label=x, hint=x, accept=x) }}",
        "{{ ui.evidence_chip(x, href=x, quote_id=x, title=x) }}",
        "{{ ui.quote(x, x, href=x, quote_id=x, note=x) }}",
        "{{ ui.marked(x, x) }}",
        "{{ ui.verdict('met', label=x, quote_id=x) }}",
        "{{ ui.score(50, 40, 60, label=x) }}",
        "{{ ui.competency(x, 2, 1, 3, bar=2, weight=0.5, href=x, note=x) }}",
        "{{ ui.status_chip(x) }}{{ ui.clock(x) }}",
        "{{ ui.empty(x, x) }}{{ ui.notice(x, title=x) }}",
        "{{ ui.toast_oob(x, undo_url=x) }}",
        "{{ ui.progress(x, 1, 2, poll_url=x, detail=x) }}",
        "{% call ui.dialog('d', x) %}{{ x }}{% endcall %}",
        "{{ ui.pagination(x, x, x) }}",
        "{{ ui.row_link(x, x, note=x) }}",
    ],
)
def test_words_from_outside_stay_words(draw: Draw, snippet: str) -> None:
    drawn = draw(snippet, x=HOSTILE)
    assert "<script>" not in drawn
    assert Markup(drawn).faults == []


def test_a_missing_name_is_an_error_and_not_an_empty_page(draw: Draw) -> None:
    with pytest.raises(UndefinedError):
        draw("{{ ui.status_chip(nobody_gave_this) }}")


def test_a_field_points_to_its_help_and_its_error(draw: Draw) -> None:
    page = Markup(draw("{{ ui.field('pay', 'Pay', help='Per year', errors=['Give a number.']) }}"))
    control = next(element for element in page.elements if element.tag == "input")
    assert control.attributes["aria-describedby"].split() == ["id_pay-help", "id_pay-error"]
    assert control.attributes["aria-invalid"] == "true"
    assert {"id_pay-help", "id_pay-error"} <= {one.attributes["id"] for one in page.with_attribute("id")}


def test_what_is_wrong_takes_the_keyboard_unless_somebody_is_typing(draw: Draw) -> None:
    assert " autofocus>" in draw("{{ ui.error_summary([('id_pay', 'Give a number.')]) }}")
    assert "autofocus" not in draw("{{ ui.error_summary([('id_pay', 'Give a number.')], takes_focus=false) }}")


@pytest.mark.parametrize(
    ("verdict", "said"), [(Verdict.MET, "Met"), (Verdict.UNCLEAR, "Unclear"), ("missing", "Not found")]
)
def test_a_verdict_is_said_in_words_and_drawn_with_an_icon(draw: Draw, verdict: str, said: str) -> None:
    drawn = draw("{{ ui.verdict(v) }}", v=verdict)
    assert f"<span>{said}</span>" in drawn
    assert "icons.svg#" in drawn


def test_an_unknown_verdict_is_refused(draw: Draw) -> None:
    with pytest.raises((UndefinedError, TemplateRuntimeError)):
        draw("{{ ui.verdict('maybe') }}")


def test_an_unknown_icon_is_refused(draw: Draw) -> None:
    with pytest.raises(KeyError, match="no icon named unicorn"):
        draw("{{ icon('unicorn') }}")


def test_progress_asks_again_until_it_is_finished(draw: Draw) -> None:
    running = draw("{{ ui.progress('Reading', 1, 2, poll_url='/p') }}")
    finished = draw("{{ ui.progress('Reading', 2, 2, poll_url='/p', is_finished=true) }}")
    assert 'hx-trigger="every 1s"' in running
    assert "hx-get" not in finished


def test_progress_of_nothing_is_not_a_broken_bar(draw: Draw) -> None:
    assert 'max="1" value="0"' in draw("{{ ui.progress('Reading', 0, 0) }}")


def test_a_sorted_column_says_so_and_links_to_the_other_order(draw: Draw) -> None:
    columns = sortable((Column("name", "Name", is_sortable=True),), sort="name", query="stage=new&cursor=abc&sort=name")
    drawn = draw("{% call ui.table('People', columns) %}<tr><td>x</td></tr>{% endcall %}", columns=columns)
    assert 'aria-sort="ascending"' in drawn
    assert 'href="?stage=new&amp;sort=-name"' in drawn


def test_the_reject_dialog_offers_nine_digits_at_most(draw: Draw) -> None:
    drawn = draw("{{ ui.choices('r', 'Reason', options, digits=true) }}", options=[(n, n) for n in range(12)])
    digits = [element.attributes["data-digit"] for element in Markup(drawn).with_attribute("data-digit")]
    assert digits == [str(n) for n in range(1, 10)]


def test_a_paged_list_has_no_link_where_there_is_no_page(draw: Draw) -> None:
    page = Markup(draw("{{ ui.pagination(next_url='?cursor=b', summary='1 to 50') }}"))
    assert [one.attributes["rel"] for one in page.with_attribute("rel")] == ["next"]
