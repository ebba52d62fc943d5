"""``assay audit``: check the log and write its end down outside of the database."""

from pathlib import Path

import click


@click.group()
def audit() -> None:
    """Verify and anchor the audit chain."""


@audit.command()
@click.option(
    "anchor_file",
    "--anchor",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Anchors kept elsewhere, one line of JSON each; they count besides our own.",
)
def verify(anchor_file: Path | None) -> None:
    """Check every row; exit with 1 when something is wrong and 2 when the anchors cannot be read."""
    from assay.platform.audit.anchors import UnreadableAnchors, read_anchors
    from assay.platform.audit.checking import check_log

    try:
        extra = read_anchors(path=anchor_file) if anchor_file else ()
        report = check_log(extra_anchors=extra)
    except UnreadableAnchors as error:
        raise click.UsageError(str(error)) from error
    for fault in report.faults:
        click.echo(f"row {fault.sequence}: {fault.what}", err=True)
    if not report.is_whole:
        click.echo(f"NOT WHOLE: {report.fault_count} faults in {report.rows} rows.", err=True)
        raise SystemExit(1)
    click.echo(f"Whole: {report.rows} rows, {report.anchors} anchors, ends with {report.head[:16]}...")
    if not report.anchors:
        click.echo("There is no anchor yet: a cut-off end could not be noticed. Run: assay audit anchor")


@audit.command()
def anchor() -> None:
    """Append the end of the chain to the anchors and print it; keep a copy on another machine."""
    from assay.platform.audit.checking import anchors_path, write_anchor

    written = write_anchor()
    if written is None:
        click.echo("The audit log is empty; there is nothing to anchor.")
        return
    click.echo(f"{written.sequence} {written.hash}")
    click.echo(f"Appended to {anchors_path()}. Copy that file somewhere this machine cannot change.", err=True)
