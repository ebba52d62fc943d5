"""``assay mail``: how mail fares, a letter to try it, another try, and letters brought by hand or by a mail server."""

import logging
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

# sysexits.h; a mail server that pipes a letter in keeps it and tries again after 75, and returns it after any other.
_DATA_ERROR = 65
_TRY_AGAIN = 75

_log = logging.getLogger(__name__)


@click.group()
def mail() -> None:
    """Show how mail fares, try it out, and take letters in."""


@mail.command()
def status() -> None:
    """Say where letters go and come from, and how many wait."""
    from assay.platform.mail.queries import count_by_state, get_mailbox_health, get_outbox_health
    from assay.platform.mail.servers import describe_sending

    health, mailbox = get_outbox_health(), get_mailbox_health()
    click.echo(f"letters are {describe_sending()}")
    for state, number in count_by_state().items():
        click.echo(f"  {state.value.replace('_', ' '):<14}{number}")
    if health.overdue and health.oldest_due_at is not None:
        click.echo(f"due: {health.overdue}, the oldest since {health.oldest_due_at:%Y-%m-%d %H:%M} UTC")
    if health.down_since is not None:
        click.echo(f"cannot be used since {health.down_since:%Y-%m-%d %H:%M} UTC: {health.problem}")
    click.echo(f"mailbox: {mailbox.words}")
    click.echo(f"letters that came in: {mailbox.arrived}, not yet handled: {mailbox.unhandled}")


@mail.command()
@click.argument("address")
def test(address: str) -> None:
    """Send a letter to ADDRESS through the outbox and say what the server answered."""
    from assay.platform.mail.actions import post
    from assay.platform.mail.addresses import BadAddress
    from assay.platform.mail.queries import can_send, get_letter
    from assay.platform.mail.sending import send_due
    from assay.platform.mail.servers import drop_folder
    from assay.platform.mail.states import LetterState

    if not can_send():
        raise click.ClickException("No mail server is set up. Set ASSAY_SMTP_HOST, or ASSAY_MAIL_DROP for a folder.")
    text = "This letter was sent to try the mail of Assay out. If you can read it, it works.\n"
    try:
        letter_id = post(key=f"test:{uuid.uuid4().hex}", recipient=address, subject="Assay can send mail", text=text)
    except BadAddress as error:
        raise click.UsageError(str(error)) from error
    problem = send_due().problem
    letter = get_letter(letter_id=letter_id)
    if letter.state is LetterState.SENT:
        folder = drop_folder()
        click.echo(f"It lies in {folder}." if folder else f"The server took it. Look for it at {letter.recipient}.")
        return
    words = problem or letter.last_error or "other letters are before it; see: assay mail status"
    raise click.ClickException(f"It is {letter.state.value.replace('_', ' ')}: {words}")


@mail.command()
@click.option("--refused", is_flag=True, help="Also send letters again that were refused or given up.")
def retry(*, refused: bool) -> None:
    """Try the server and all waiting letters again now."""
    from assay.platform.mail.actions.deciding import retry_refused
    from assay.platform.mail.actions.outages import try_all_now
    from assay.platform.mail.sending import send_due

    again = retry_refused() if refused else 0
    due = try_all_now()
    progress = send_due()
    click.echo(f"{due} letters due, {again} of them brought back; {progress.sent} sent now")
    if progress.problem:
        raise click.ClickException(progress.problem)


@mail.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def receive(files: tuple[Path, ...]) -> None:
    """Take in the letter on standard input, as a mail server pipes it, or FILES (.eml, mbox).

    Exit codes: 0 kept, 65 no letter, 75 try again later. Only what is safely stored is taken.
    """
    from assay.platform.mail.bringing import NoLetter, take_file, take_stream

    with _temporary_trouble():
        try:
            if not files:
                take_stream(sys.stdin.buffer)
                return
            taken = sum(1 for path in files for _ in take_file(path))
        except NoLetter as error:
            click.echo(str(error), err=True)
            raise SystemExit(_DATA_ERROR) from error
    click.echo(f"{taken} letters taken in")


@mail.command()
def read() -> None:
    """Read what is new in the mailbox now, instead of within a minute."""
    from assay.platform.mail.reading import read_mailbox
    from assay.platform.mail.servers import can_read

    if not can_read():
        raise click.ClickException("No mailbox is set up. Set ASSAY_IMAP_HOST.")
    reading = read_mailbox()
    if reading.problem:
        raise click.ClickException(reading.problem)
    click.echo(f"{reading.taken} letters read{', more are left' if reading.is_more else ''}")


@contextmanager
def _temporary_trouble() -> Iterator[None]:
    """Answer anything unforeseen with "try again later": a letter must never be lost to a fault of ours."""
    is_done = False
    try:
        yield
        is_done = True
    except SystemExit:
        is_done = True
        raise
    finally:
        if not is_done:
            _log.error("the letter was not taken in; whoever brought it keeps it", exc_info=True)
            raise SystemExit(_TRY_AGAIN)
