"""``assay role intake`` and ``assay role compile``: from a problem to a role, with no server and no database."""

from pathlib import Path

import click

from assay.app.roles.compiler_output import to_json, to_role_file
from assay.app.roles.compiler_rules import load_compiler_rules
from assay.app.roles.compiler_text import to_template, to_text
from assay.core.roles.compiling.compilation import NothingToGoBy, compile_intake
from assay.core.roles.compiling.intake import Answers, read_answers
from assay.core.roles.compiling.making import NoRoleNeeded
from assay.core.roles.compiling.rulebook import CompilerRules
from assay.knowledge.loading import KnowledgeError, read_mapping

_MOST_BYTES = 1_000_000
_RULES = click.option(
    "--rules",
    "rules_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder whose files are used instead of the shipped rules of the same name.",
)


@click.command("intake")
@_RULES
def intake_command(rules_folder: Path | None) -> None:
    """Print the questions about a problem as a file to fill in."""
    click.echo(to_template(rules=_rules(rules_folder)), nl=False)


@click.command("compile")
@click.argument("path", metavar="INTAKE.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "wants_json", is_flag=True, help="Write JSON (keys: docs/roles.md).")
@click.option("--out", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the role to this YAML file.")
@_RULES
def compile_command(path: Path, wants_json: bool, out: Path | None, rules_folder: Path | None) -> None:
    """Say which role a described problem needs, why, and what would change that.

    INTAKE.yaml is what `assay role intake` prints, filled in. Exit status: 0 compiled, 2 something in it must change.
    """
    rules = _rules(rules_folder)
    answers = _answers(path, rules)
    try:
        verdict = compile_intake(answers=answers, rules=rules)
        if out is not None:
            _write(out, to_role_file(verdict=verdict))
    except NothingToGoBy as error:
        raise click.UsageError(str(error)) from error
    except NoRoleNeeded as error:
        raise click.UsageError(f"There is no role to write. {error}") from error
    as_json = to_json(verdict=verdict, answers=answers, rules=rules) if wants_json else ""
    click.echo(as_json or to_text(verdict=verdict, rules=rules))
    if out is not None:
        click.echo(f"The role is in {out}. Use it: assay screen FILES --role {out}", err=True)


def _rules(folder: Path | None) -> CompilerRules:
    try:
        return load_compiler_rules(folder)
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error


def _answers(path: Path, rules: CompilerRules) -> Answers:
    if path.stat().st_size > _MOST_BYTES:
        raise click.UsageError(f"{path.name}: an intake has a few kilobytes, this has {path.stat().st_size:,} bytes.")
    try:
        raw = read_mapping(path=path)
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error
    reading = read_answers(questions=rules.questions, raw=raw)
    if reading.problems:
        lines = "\n".join(f"  {one.question}: {one.message}" for one in reading.problems)
        raise click.UsageError(f"{path.name}: these answers cannot be used:\n{lines}")
    return reading.answers


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error
