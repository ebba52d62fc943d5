"""The ``assay`` command: a table of names, each loaded only when it is asked for.

Django and the database cost seconds, so neither is touched to print help or to screen files at a shell.
Commands marked ``needs_application`` get Django set up and the database reachable before they run.
"""

import contextlib
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import click

from assay import __version__

_TRY_AGAIN = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives (``module:attribute``), its line in the help, and what must be ready for it."""

    target: str
    summary: str
    needs_application: bool = False
    is_hidden: bool = False


COMMANDS: dict[str, Entry] = {
    "run": Entry("assay.runtime.commands:run", "Start everything: database, web and worker, until Ctrl-C."),
    "screen": Entry("assay.app.screening.commands:screen", "Rank résumé files against a role; no server needed."),
    "extract": Entry("assay.app.screening.commands:extract", "Print the text that is read from a file."),
    "ready": Entry("assay.app.readiness.commands:ready", "Find out whether a team is ready for an ML hire."),
    "role": Entry("assay.app.roles.commands:role", "Compile a role from a problem; list, show and check roles."),
    "market": Entry("assay.app.market.pay.commands:market", "Show what is posted for a role, a level and a place."),
    "cost": Entry("assay.app.market.cost.commands:cost", "Work out what a seat costs, with its uncertainty."),
    "model": Entry("assay.app.market.hiring_models.commands:model", "Compare six ways to staff the work."),
    "lint-post": Entry("assay.app.postings.commands:lint_post", "Find what is wrong with a job advert."),
    "facts": Entry("assay.app.facts.commands:facts", "Say what a cited fact (F030) says and where it is from."),
    "doctor": Entry("assay.runtime.commands:doctor", "Check this installation and say what to do."),
    "backup": Entry("assay.runtime.commands:backup", "Write data and documents into one file."),
    "restore": Entry("assay.runtime.commands:restore", "Put a backup back, after verifying all of it."),
    "audit": Entry("assay.platform.audit.commands:audit", "Verify and anchor the audit chain.", needs_application=True),
    "mail": Entry("assay.platform.mail.commands:mail", "Show how mail fares; take letters in.", needs_application=True),
    "migrate": Entry("assay.runtime.commands:migrate", "Bring the database to this version's shape."),
    "worker": Entry("assay.runtime.commands:worker", "Run background jobs only."),
    "manage": Entry("assay.runtime.commands:manage", "Pass a command to Django.", is_hidden=True),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and summaries without importing any of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; ``None`` when there is no such name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        if entry.needs_application:
            with _ready_or_try_again():
                importlib.import_module("assay.runtime.application").set_up_django()
        module_name, _, attribute = entry.target.partition(":")
        command = cast(click.Command, getattr(importlib.import_module(module_name), attribute))
        return _WithDatabase(command) if entry.needs_application else command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table itself, so that help imports nothing."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items() if not entry.is_hidden])


class _WithDatabase(click.Command):
    """A loaded command whose run is wrapped in a reachable database."""

    def __init__(self, command: click.Command) -> None:
        super().__init__(command.name)
        self._command = command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        return self._command.make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        if _asks_for_help(ctx):
            return self._command.invoke(ctx)
        reachable: Callable[[], Any] = importlib.import_module("assay.runtime.application").reachable_database
        with _ready_or_try_again(), reachable():
            return self._command.invoke(ctx)


@contextlib.contextmanager
def _ready_or_try_again() -> Iterator[None]:
    """Explain in one line what keeps the application from being ready, and exit with 75 of sysexits.h: try again.

    A mail server that pipes a letter into ``assay mail receive`` then keeps it and does try again.
    """
    from assay.runtime.problem import RuntimeProblem

    try:
        yield
    except RuntimeProblem as problem:
        click.echo(f"Error: {problem}", err=True)
        raise SystemExit(_TRY_AGAIN) from problem


def _asks_for_help(ctx: click.Context) -> bool:
    return any(name in [*ctx.args, *ctx._protected_args] for name in ctx.help_option_names)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="assay")
def main() -> None:
    """Assay: hire machine-learning engineers on evidence."""
