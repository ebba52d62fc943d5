"""Commands of the command line that run, check, save and restore an installation."""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from assay.runtime.place import data_folder
from assay.runtime.problem import RuntimeProblem

P = ParamSpec("P")
R = TypeVar("R")


def _explained(command: Callable[P, R]) -> Callable[P, R]:
    """Show a foreseen failure as one message and exit code 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except RuntimeProblem as problem:
            raise click.ClickException(str(problem)) from problem

    return wrapped


def _use_data_folder(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        os.environ["ASSAY_DATA"] = str(value.absolute())


_data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_use_data_folder,
    expose_value=False,
    is_eager=True,
    help="Data folder (default: ASSAY_DATA, else ~/.local/share/assay).",
)


@click.command()
@_data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Job processes.")
@click.option("--web", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--demo", is_flag=True, help="Start with a made-up company, its jobs and about 60 applicants.")
@_explained
def run(*, host: str, port: int, workers: int, web: int, demo: bool) -> None:
    """Start everything: database, web and worker, until Ctrl-C."""
    from assay.runtime.plan import RunPlan
    from assay.runtime.progress import Progress
    from assay.runtime.supervisor import Supervisor

    plan = RunPlan(data_folder=data_folder(), host=host, port=port, workers=workers, web_processes=web, is_demo=demo)
    Supervisor(plan, progress=Progress(sys.stdout)).run()


@click.command()
@_data_option
@_explained
def migrate() -> None:
    """Bring the database to this version's shape."""
    from assay.runtime.application import reachable_database, set_up_django

    set_up_django()
    with reachable_database():
        from assay.runtime.prepare import migrate as apply_migrations

        applied = apply_migrations()
    click.echo(f"{applied} migrations applied" if applied else "Up to date.")


@click.command()
@_data_option
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 64), help="Jobs at a time.")
@_explained
def worker(*, concurrency: int) -> None:
    """Run background jobs only, beside a server that runs elsewhere."""
    from assay.runtime.application import reachable_database, set_up_django

    set_up_django()
    with reachable_database():
        from assay.runtime.worker import run_worker

        run_worker(concurrency=concurrency)


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@_explained
def manage(*, arguments: tuple[str, ...]) -> None:
    """Pass a command to Django, with the database reachable."""
    from assay.runtime.application import reachable_database, set_up_django

    set_up_django()
    with reachable_database():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["assay manage", *arguments])


@click.command()
@_data_option
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="Port to check.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to check.")
@_explained
def doctor(*, host: str, port: int) -> None:
    """Check this installation and say what to do. Exit code 1 when something must be done."""
    from assay.runtime.doctor import examine
    from assay.runtime.doctor.finding import Grade

    findings = []
    for finding in examine(host=host, port=port):
        click.echo(finding.line())
        findings.append(finding)
    wrong = sum(finding.grade is Grade.WRONG for finding in findings)
    click.echo("All is well." if not wrong else f"{wrong} thing{'s' if wrong > 1 else ''} to put right.")
    sys.exit(1 if wrong else 0)


@click.command()
@_data_option
@click.option("--with-key", is_flag=True, help="Include the signing key; keep such a file as safe as a password.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_explained
def backup(*, with_key: bool, file: Path) -> None:
    """Write data and documents, as they were at one moment, into FILE. The product may be running."""
    from assay.runtime.application import reachable_database, set_up_django

    set_up_django()
    with reachable_database():
        from assay.runtime.backup.write import write_backup

        summary = write_backup(file, includes_key=with_key)
    click.echo(f"{file}: {summary.files} documents, {summary.size / 1e6:.1f} MB")
    if summary.missing:
        raise click.ClickException(
            f"{len(summary.missing)} documents named in the database are missing or damaged on disk and are not in "
            "the backup; `assay doctor` lists them."
        )


@click.command()
@_data_option
@click.option("--force", is_flag=True, help="Replace what is there now.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_explained
def restore(*, force: bool, file: Path) -> None:
    """Put FILE back after verifying all of it. The product must be stopped."""
    from assay.runtime.application import reachable_database, set_up_django

    set_up_django()
    with reachable_database():
        from assay.runtime.backup.read import restore_backup

        summary = restore_backup(file, replaces=force)
    click.echo(f"Restored {summary.files} documents and the data of {summary.made_at}.")
