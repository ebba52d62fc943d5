"""The command line answers fast and explains itself."""

import json
import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from assay.cli import COMMANDS, main

LOADED = "import json, sys; from assay.cli import main; main(['--help'], standalone_mode=False); "
REPORT = "print(json.dumps(sorted(sys.modules)))"


def test_help_imports_neither_django_nor_numpy_nor_psycopg() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED + REPORT],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}
    assert loaded.isdisjoint({"django", "numpy", "psycopg", "granian", "lxml"})


def test_help_costs_little_processor_time() -> None:
    before = os.times().children_user
    subprocess.run(
        [sys.executable, "-m", "assay", "--help"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        check=True,
    )
    assert os.times().children_user - before < 1.0


@pytest.mark.parametrize("name", [name for name, entry in COMMANDS.items() if not entry.is_hidden])
def test_every_command_is_in_the_help_and_has_help_of_its_own(name: str) -> None:
    runner = CliRunner()
    assert name in runner.invoke(main, ["--help"]).output
    done = runner.invoke(main, [name, "--help"])
    assert done.exit_code == 0, done.output
    assert "Usage:" in done.output


def test_an_unknown_command_is_refused_with_exit_code_2() -> None:
    done = CliRunner().invoke(main, ["scren"])
    assert done.exit_code == 2
    assert "No such command" in done.output


def test_the_summary_in_the_table_is_the_first_sentence_of_the_command_s_own_help() -> None:
    for name in ("run", "migrate", "doctor"):
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert command.help is not None
        assert command.help.startswith(COMMANDS[name].summary.split(":")[0].split(".")[0])
