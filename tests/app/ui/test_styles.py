"""The styles and scripts stay small, keep colours in one place, and style what the templates use."""

import re

from jinja2 import Environment

from assay.app.ui.samples import guide_context

from .conftest import UI
from .markup import Markup

ALL_SHEETS = sorted((UI / "static" / "css").glob("*.css"))
SHEETS = [sheet for sheet in ALL_SHEETS if not sheet.name.startswith("pages-")]
MODULES = sorted((UI / "static" / "js").glob("*.js"))
PHOTOGRAPH = "review.css"
MOVING = r"\banimation:(?! none)|\btransition:|\bscroll-behavior:"


def test_no_style_sheet_is_longer_than_a_person_will_read() -> None:
    assert {sheet.name for sheet in ALL_SHEETS if len(sheet.read_text().splitlines()) > 300} == set()


def test_no_script_is_longer_than_a_person_will_read() -> None:
    assert {module.name for module in MODULES if len(module.read_text().splitlines()) > 300} == set()


def test_scripts_use_nothing_the_policy_forbids() -> None:
    for module in MODULES:
        assert not re.search(r"\beval\(|new Function|innerHTML|\.style\b|document\.write", module.read_text()), (
            module.name
        )


def test_colours_are_written_in_the_tokens_alone() -> None:
    for sheet in SHEETS:
        if sheet.name in {"tokens.css", "print.css", PHOTOGRAPH}:
            continue
        plain = re.sub(r"light-dark\([^)]*\)", "", sheet.read_text())
        plain = re.sub(r"background: #fff\b", "", plain)
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b", plain), sheet.name


def test_every_token_a_style_sheet_uses_is_defined() -> None:
    everything = "\n".join(sheet.read_text() for sheet in ALL_SHEETS)
    defined = set(re.findall(r"(--[\w-]+):", everything))
    assert set(re.findall(r"var\((--[\w-]+)", everything)) <= defined


def test_every_style_sheet_is_loaded_by_every_page(pages: Environment) -> None:
    head = pages.get_template("ui/head.html").render()
    assert {sheet.name for sheet in SHEETS} == set(re.findall(r"css/(\w+\.css)", head))


def test_every_class_a_component_uses_has_a_style(pages: Environment) -> None:
    everything = "\n".join(sheet.read_text() for sheet in SHEETS)
    styled = set(re.findall(r"\.([a-z][\w-]*)", everything))
    used: set[str] = set()
    for name in ("styleguide", "styleguide_review"):
        page = Markup(pages.get_template(f"ui/{name}.html").render(guide_context()))
        for element in page.with_attribute("class"):
            used.update(element.attributes["class"].split())
    assert used - styled <= {
        "is-above",
        "is-below",
        "is-plain",
        "is-info",
        "chart-level",
        "chart-score",
        "chart-histogram",
    }


def test_motion_rests_for_those_who_ask_for_it() -> None:
    for sheet in ALL_SHEETS:
        text = sheet.read_text()
        moving = [
            found.start() for found in re.finditer(r"\banimation:(?! none)|\btransition:|\bscroll-behavior:", text)
        ]
        assert all("prefers-reduced-motion: no-preference" in text[max(0, at - 260) : at] for at in moving), sheet.name
