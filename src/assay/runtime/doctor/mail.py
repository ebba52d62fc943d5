"""Checks of mail: can letters leave, can answers be read, does anything wait for a person."""

from collections.abc import Iterator
from datetime import timedelta

from assay.runtime.doctor.finding import Finding, fine, note, wrong

_LATE = timedelta(minutes=15)


def examine_mail() -> Iterator[Finding]:
    """Yield findings about mail; tries the servers, sends nothing and changes nothing. Needs an answering database."""
    from django.db import connection

    from assay.platform.mail.models import Letter

    if Letter._meta.db_table not in connection.introspection.table_names():
        return
    yield check_addresses()
    yield check_sending()
    yield from check_outbox()
    yield check_reading()


def check_addresses() -> Finding:
    """Look at the addresses that the settings name."""
    from django.conf import settings

    from assay.platform.mail.addresses import bounce_address, is_address, reply_address, sender_address

    sender = sender_address()
    if settings.MAIL_REPLY and not is_address(reply_address("0123456789")):
        return wrong("mail sender", f"ASSAY_MAIL_REPLY={settings.MAIL_REPLY} is no address", advice="jobs@example.org")
    if sender.domain == "localhost":
        return note("mail sender", f"letters are from {sender.address}", advice="set ASSAY_MAIL_FROM")
    return fine(
        "mail sender", f"{sender.address}, bounces to {bounce_address()}, answers to {settings.MAIL_REPLY or 'it too'}"
    )


def check_sending() -> Finding:
    """Try the way out as far as one can without sending."""
    from assay.platform.mail.carrying import ServerTrouble
    from assay.platform.mail.sending import way_out
    from assay.platform.mail.servers import Security, drop_folder, smtp_server

    way, server = way_out(), smtp_server()
    if way is None:
        return note("mail out", "no server: letters wait, links are shown", advice="set ASSAY_SMTP_HOST")
    try:
        way.open().leave()
    except ServerTrouble as trouble:
        return wrong("mail out", f"{way.name}: {trouble}", advice="look at ASSAY_SMTP_*; letters wait until it works")
    if drop_folder() is not None:
        return note("mail out", f"letters fall into {way.name} and reach nobody", advice="unset ASSAY_MAIL_DROP")
    if server is not None and server.security is Security.NONE and server.user:
        return wrong("mail out", f"{way.name} gets the password unprotected", advice="set ASSAY_SMTP_TLS=starttls")
    return fine("mail out", f"{way.name} lets us in")


def check_outbox() -> Iterator[Finding]:
    """Look at letters that wait for too long, and at those that wait for a person."""
    from django.utils import timezone

    from assay.platform.mail.queries import get_outbox_health

    health = get_outbox_health()
    if health.can_send and health.oldest_due_at is not None and timezone.now() - health.oldest_due_at > _LATE:
        why = f": {health.problem}" if health.problem else ""
        yield wrong(
            "outbox",
            f"{health.overdue} letters are due, the oldest since {health.oldest_due_at:%Y-%m-%d %H:%M} UTC{why}",
            advice="see `assay mail status`; `assay mail retry` tries them at once",
        )
    elif health.overdue:
        yield note("outbox", f"{health.overdue} letters are due")
    else:
        yield fine("outbox", "nothing is due")
    if health.uncertain or health.refused:
        text = f"{health.uncertain} letters may have arrived or not, {health.refused} were refused or given up"
        yield note("outbox", text, advice="the page Messages shows them, with what can be done")


def check_reading() -> Finding:
    """Try to open the mailbox, and look at letters that could not be handled."""
    from django.conf import settings

    from assay.platform.mail.imap import MailboxFolder, MailboxTrouble
    from assay.platform.mail.queries import get_mailbox_health
    from assay.platform.mail.servers import imap_server

    server, health = imap_server(), get_mailbox_health()
    if health.unhandled > health.fresh:
        text = f"{health.unhandled - health.fresh} letters that came in could not be handled yet"
        return wrong("mail in", text, advice="the log says why; they are tried again every hour")
    if server is None:
        return note("mail in", "no mailbox is read", advice="set ASSAY_IMAP_HOST, or pipe into `assay mail receive`")
    try:
        with MailboxFolder(server, folder=settings.IMAP_FOLDER, can_mark=False):
            return fine("mail in", f"{settings.IMAP_FOLDER} at {server.name} can be read")
    except MailboxTrouble as trouble:
        return wrong("mail in", f"{server.name}: {trouble}", advice="look at ASSAY_IMAP_*")
