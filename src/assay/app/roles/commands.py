"""``assay role``: compile a role, look at those that ship, check one of your own; no server and no database."""

from pathlib import Path

import click

from assay.app.roles.catalogue import get_role, list_roles, role_from_file
from assay.app.roles.compile_commands import compile_command, intake_command
from assay.core.roles.role import Role
from assay.knowledge.loading import KnowledgeError


@click.group()
def role() -> None:
    """Compile, list, show and check roles."""


role.add_command(intake_command)
role.add_command(compile_command)


@role.command("list")
def list_command() -> None:
    """List the roles that ship with Assay."""
    for item in list_roles():
        click.echo(f"{item.id:<26} {item.title}")


@role.command("show")
@click.argument("role_id")
def show_command(role_id: str) -> None:
    """Show what a role asks for."""
    try:
        click.echo(_described(get_role(role_id)))
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error


@role.command("check")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_command(path: Path) -> None:
    """Check a role file of your own."""
    try:
        click.echo(_described(role_from_file(path)))
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error


def _described(item: Role) -> str:
    lines = [f"{item.title} ({item.id}, version {item.version}, {item.seniority.value})", "", item.problem.strip(), ""]
    lines += ["weight  bar  competency"]
    lines += [f"{bar.weight:6.2f}  {bar.level:3.1f}  {bar.label}" for bar in item.competencies]
    lines += ["", "must-haves", *(f"  {must.label}" for must in item.must_haves)]
    lines += ["", "outcomes of the first 90 days", *(f"  {outcome}" for outcome in item.outcomes)]
    return "\n".join(lines)
