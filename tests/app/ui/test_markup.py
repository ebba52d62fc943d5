"""What every page of the look keeps: sound markup, names that resolve, nothing the policy forbids."""

import re

import pytest
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.utils.html import format_html
from jinja2 import Environment

from assay.app.ui.shortcuts import SHORTCUTS

from .conftest import UI
from .markup import Markup

ERRORS = tuple(f"{name}.html" for name in ("400", "403", "403_csrf", "404", "405", "413", "429", "500", "503"))


def test_elements_are_closed_in_turn(guide: str) -> None:
    assert Markup(guide).faults == []


def test_ids_are_unique_and_every_reference_resolves(guide: str) -> None:
    page = Markup(guide)
    ids = [element.attributes["id"] for element in page.with_attribute("id")]
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby", "popovertarget", "data-dialog-open"):
        for element in page.with_attribute(name):
            missing = set(element.attributes[name].split()) - set(ids)
            assert element.attributes[name].startswith("reject") or not missing, f"{name} names {missing}"


def test_nothing_on_a_page_needs_an_inline_style_or_script(guide: str) -> None:
    page = Markup(guide)
    assert page.with_attribute("style") == []
    assert [element.tag for element in page.elements if element.tag == "style"] == []
    assert all(element.attributes.get("src") for element in page.elements if element.tag == "script")
    assert not re.search(r'\son[a-z]+="', guide)


def test_every_key_on_a_page_is_listed_in_the_map(guide: str) -> None:
    listed = {shortcut.keys for shortcut in SHORTCUTS}
    used = {element.attributes["data-key"] for element in Markup(guide).with_attribute("data-key")}
    assert used <= listed


def test_every_key_any_page_asks_for_is_listed_in_the_map() -> None:
    listed = {shortcut.keys for shortcut in SHORTCUTS}
    asked = {
        f"{template.name}: {key}"
        for template in UI.parent.glob("*/templates/**/*.html")
        for key in re.findall(r'\b(?:data-)?key="([^"{}]+)"', template.read_text())
        if key not in listed
    }
    assert asked == set()


def test_every_button_says_its_type_and_has_a_name(guide: str) -> None:
    buttons = re.findall(r"<button([^>]*)>(.*?)</button>", guide, re.DOTALL)
    assert buttons
    for attributes, inside in buttons:
        assert re.search(r'type="(button|submit)"', attributes)
        assert re.sub(r"<[^>]*>", "", inside).strip() or "aria-label=" in attributes + inside


def test_headings_do_not_skip_a_level(guide: str) -> None:
    levels = [int(element.tag[1]) for element in Markup(guide).elements if re.fullmatch("h[1-6]", element.tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_stands_alone_and_tells_the_way_out(pages: Environment, name: str) -> None:
    drawn = pages.get_template(name).render()
    page = Markup(drawn)
    assert page.faults == []
    ways = [
        one for one in page.with_attribute("href") if one.tag == "a" and "button" in one.attributes.get("class", "")
    ]
    assert ways, "no link leads out of the page"
    assert name[:3] in drawn


def test_the_shortcuts_are_listed_once_each() -> None:
    keys = [shortcut.keys for shortcut in SHORTCUTS]
    assert len(keys) == len(set(keys))


def test_a_name_in_short_news_is_never_markup_and_a_link_of_ours_is(pages: Environment) -> None:
    told = [Message(SUCCESS, "<b>Ada</b> moved."), Message(SUCCESS, format_html('In <a href="/x">{}</a>.', "<i>"))]
    drawn = pages.get_template("ui/toasts.html").render(messages=told)
    assert "&lt;b&gt;Ada&lt;/b&gt; moved." in drawn
    assert 'In <a href="/x">&lt;i&gt;</a>.' in drawn
