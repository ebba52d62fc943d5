"""``assay screen`` and ``assay extract``: rank résumé files at a shell, with no server and no database."""

import os
import sys
from pathlib import Path

import click

from assay.app.documents.reader import ContainedReader
from assay.app.roles.catalogue import get_role, list_roles, role_from_file
from assay.app.screening.folder import Screened, Work, count_files, find_candidates, screen_candidates
from assay.app.screening.output import to_csv, to_explanation, to_json, to_table
from assay.app.screening.report import to_html
from assay.app.screening.rules import load_rules
from assay.core.documents.document import Unreadable
from assay.core.roles.role import Role
from assay.core.screening.result import ScreeningStatus
from assay.knowledge.loading import KnowledgeError

_FEW_FILES = 12
_MOST_PROCESSES = 8
_EXIT_NEEDS_PERSON = 1
_NO_FILES = "There are no files in the given paths."


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--role", "role_name", required=True, metavar="ID|FILE", help="A role's id, or a role file (YAML).")
@click.option("--json", "wants_json", is_flag=True, help="Write JSON in rank order (schema: docs/screening.md).")
@click.option("--csv", "wants_csv", is_flag=True, help="Write CSV, one line a file.")
@click.option("--html", "html_path", type=click.Path(dir_okay=False, path_type=Path), help="Write a report to read.")
@click.option("--explain", "wants_explanation", is_flag=True, help="Show every claim and how it moved the score.")
@click.option("--text", "keeps_text", is_flag=True, help="Add the text that was read to each object of the JSON.")
@click.option("--rules", "rules_folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder whose files are used instead of the shipped rules of the same name.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), help="How many processes to use (default: one for each core).")
@click.option("--progress/--no-progress", default=None, help="Show progress on stderr (default: on a terminal).")
def screen(
    paths: tuple[Path, ...],
    role_name: str,
    wants_json: bool,
    wants_csv: bool,
    html_path: Path | None,
    wants_explanation: bool,
    keeps_text: bool,
    rules_folder: Path | None,
    jobs: int | None,
    progress: bool | None,
) -> None:
    """Rank résumé files against a role by the evidence in them.

    PATHS are files, folders and ZIPs. Exit status: 0 all screened, 1 some files need a person, 2 wrong usage.
    """
    if wants_json + wants_csv + wants_explanation > 1:
        raise click.UsageError("Choose one of --json, --csv and --explain.")
    role = _role(role_name)
    total = _checked(paths, rules_folder)
    meter = _Meter(total=total, is_shown=sys.stderr.isatty() if progress is None else progress)
    screened = screen_candidates(
        candidates=find_candidates(paths),
        work=Work(role=role, rules_folder=rules_folder, keeps_text=keeps_text),
        processes=jobs or _processes(total),
        on_done=meter.advance,
    )
    meter.finish()
    if not screened:
        raise click.UsageError(_NO_FILES)
    if html_path is not None:
        _write_file(html_path, to_html(screened=screened, role=role))
    if wants_json or wants_csv or wants_explanation or html_path is None:
        _write(_shown(screened, wants_json=wants_json, wants_csv=wants_csv, wants_explanation=wants_explanation))
    if any(item.result.status is not ScreeningStatus.SCREENED for item in screened):
        raise SystemExit(_EXIT_NEEDS_PERSON)


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def extract(path: Path) -> None:
    """Print the text that is read from a file, to which the places of all quotes refer."""
    with ContainedReader() as reader:
        read = reader.read(content=path.read_bytes(), name=path.name)
    if isinstance(read, Unreadable):
        click.echo(f"needs a person: {read.advice}", err=True)
        raise SystemExit(_EXIT_NEEDS_PERSON)
    _write(read.text)


def _checked(paths: tuple[Path, ...], rules_folder: Path | None) -> int:
    """Return how many files there are, after making sure that there are some and that the rules hold together."""
    try:
        load_rules(rules_folder)
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error
    total = count_files(paths)
    if total == 0:
        raise click.UsageError(_NO_FILES)
    return total


class _Meter:
    """Counts files on stderr, on one line that is overwritten."""

    def __init__(self, *, total: int, is_shown: bool) -> None:
        self._total = total
        self._done = 0
        self._is_shown = is_shown

    def advance(self) -> None:
        self._done += 1
        if self._is_shown:
            whole = max(self._total, self._done)
            click.echo(f"\rscreened {self._done} of {whole}", nl=False, err=True)

    def finish(self) -> None:
        if self._is_shown:
            click.echo("", err=True)


def _role(name: str) -> Role:
    """Return the role of an id or of a file; a wrong one ends with the roles that there are."""
    path = Path(name)
    try:
        if path.suffix.lower() in (".yaml", ".yml") or path.is_file():
            return role_from_file(path)
        return get_role(name)
    except KnowledgeError as error:
        known = "\n".join(f"  {role.id:<26} {role.title}" for role in list_roles())
        raise click.UsageError(f"{error}\n\nRoles that ship with Assay:\n{known}") from error


def _processes(files: int) -> int:
    if files <= _FEW_FILES:
        return 1
    return min(_MOST_PROCESSES, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def _shown(screened: tuple[Screened, ...], *, wants_json: bool, wants_csv: bool, wants_explanation: bool) -> str:
    if wants_json:
        return to_json(screened)
    if wants_csv:
        return to_csv(screened)
    if wants_explanation:
        return "\n".join(to_explanation(item) for item in screened)
    return to_table(screened)


def _write(text: str) -> None:
    """Write to stdout as UTF-8 whatever the locale says, so that the bytes are the same everywhere."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def _write_file(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error
