"""What docs/look.md promises to page builders is what the macros and filters are."""

import re
from pathlib import Path

from jinja2 import Environment

from .conftest import UI

DOCUMENT = (Path(__file__).parents[3] / "docs" / "look.md").read_text()
MACRO = re.compile(r"{% macro ([a-z]\w*)\((.*?)\) %}")


def _macros() -> dict[str, list[str]]:
    folder = UI / "templates" / "ui" / "macros"
    found = (pair for file in sorted(folder.glob("*.html")) for pair in MACRO.findall(file.read_text()))
    return {
        name: re.findall(r"(\w+)(?==|,|$)", re.sub(r"=\s*(\"[^\"]*\"|\(\)|{}|[\w.]+)", "", rest))
        for name, rest in found
    }


def test_every_macro_is_documented_with_its_parameters_in_order() -> None:
    for name, parameters in _macros().items():
        promised = re.search(rf"`{name}\(([^`]*)\)`", DOCUMENT)
        assert promised, f"{name} is not in docs/look.md"
        if "..." in promised.group(1) and name == "toast":
            continue
        named = re.findall(r"(\w+)(?==|,|$)", re.sub(r"=(\"[^\"]*\"|\(\)|{}|\.\.\.|[\w.]+)", "", promised.group(1)))
        assert name == "keys" or named == parameters, name


def test_every_macro_is_within_reach_of_the_one_import(pages: Environment) -> None:
    offered = pages.get_template("ui/macros.html").module
    assert [name for name in _macros() if not hasattr(offered, name)] == []


def test_every_filter_of_ours_is_documented(pages: Environment) -> None:
    ours = {name for name, made in pages.filters.items() if getattr(made, "__module__", "").startswith("assay.")}
    assert ours
    assert {name for name in ours if f"|{name}" not in DOCUMENT} == set()
