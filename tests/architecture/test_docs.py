"""Settings and commands are documented, and nothing of a machine is committed."""

import ast
import re
from collections.abc import Iterator

import click
import pytest
from tests.architecture.source import ROOT, committed_files, modules

from assay.cli import COMMANDS, main

SETTING = re.compile(r"(?:ASSAY_[A-Z_]+[A-Z]|DATABASE_URL)")
# Built from pieces, so that this file does not hold what it looks for.
UNWANTED = [
    r"/" + r"work/(?:main|shared)",
    r"/" + r"root/[.\w]",
    r"/" + r"home/[a-z]+/",
    "py" + r"pi\.org",
    "python" + "hosted",
    "registry" + r"\.npm",
    "arti" + "factory",
    "j" + "frog",
]
BINARY = {".png", ".jpg", ".ico", ".woff2", ".pdf", ".docx", ".zip", ".gz"}


def settings_in_source() -> set[str]:
    found = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SETTING.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", text, re.MULTILINE))
    assert settings_in_source() == documented


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(main)
    for name, entry in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        if not entry.is_hidden:
            yield name, getattr(command, "_command", command)


def section(name: str) -> str:
    text = (ROOT / "docs" / "commands.md").read_text()
    found = re.search(rf"^## assay {re.escape(name)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/commands.md has no section on assay {name}"
    return found[1]


def options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from (name for name in (*parameter.opts, *parameter.secondary_opts) if name.startswith("--"))


def test_every_command_and_each_of_its_options_is_documented() -> None:
    for name, command in commands():
        text = section(name)
        missing = [option for option in options(command) if f"`{option}" not in text]
        assert missing == [], f"assay {name}"
        for sub_name, sub_command in getattr(command, "commands", {}).items():
            assert f"`assay {name} {sub_name}" in text
            assert [option for option in options(sub_command) if f"`{option}" not in text] == [], sub_name


def test_no_documented_command_is_gone() -> None:
    text = (ROOT / "docs" / "commands.md").read_text()
    assert set(re.findall(r"^## assay (\w+)$", text, re.MULTILINE)) <= set(COMMANDS)


def test_links_between_documents_lead_somewhere() -> None:
    for page in [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} points to {target}"


@pytest.mark.parametrize("pattern", UNWANTED)
def test_nothing_committed_names_a_machine_or_a_registry(pattern: str) -> None:
    wanted = re.compile(pattern)
    found = [
        str(path.relative_to(ROOT))
        for path in committed_files()
        if path.suffix not in BINARY and wanted.search(path.read_text(errors="replace"))
    ]
    assert found == []
