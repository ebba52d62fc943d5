"""Letters come into the outbox with the transaction that wants them, once for each wish, and can be called back."""

import email
import email.policy
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assay.platform.mail.actions import call_back, post
from assay.platform.mail.actions.posting import BadKey
from assay.platform.mail.addresses import BadAddress, MailAddress, read_address
from assay.platform.mail.composing import BadHeader, Draft, compose
from assay.platform.mail.models import Letter

ANN = "ann@example.org"


def sending_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail.send'")
        return int(cursor.fetchone()[0])


def parsed(source: bytes) -> EmailMessage:
    letter = email.message_from_bytes(bytes(source), policy=email.policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


@pytest.mark.django_db
def test_a_wish_is_stored_once_however_often_it_is_posted() -> None:
    first = post(key="receipt:1", recipient=ANN, subject="Thank you", text="We have it.")
    second = post(key="receipt:1", recipient="other@example.org", subject="Again", text="Twice?")
    assert first == second
    assert Letter.objects.get().recipient == ANN
    assert sending_jobs() == 1


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_neither_letter_nor_job() -> None:
    before = sending_jobs()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post(key="receipt:1", recipient=ANN, subject="Thank you", text="We have it.")
        raise ZeroDivisionError
    assert not Letter.objects.exists()
    assert sending_jobs() == before


@pytest.mark.django_db
def test_a_delayed_letter_waits_for_its_time_and_is_called_back_before_it() -> None:
    due = timezone.now() + timedelta(days=1)
    letter_id = post(key="rejection:1", recipient=ANN, subject="News", text="...", send_after=due)
    letter = Letter.objects.get(pk=letter_id)
    assert (letter.state, letter.next_try_at) == ("waiting", due)
    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'mail.send'")
        assert cursor.fetchone()[0] == due
    assert call_back(key="rejection:1")
    assert Letter.objects.get().state == "cancelled"


@pytest.mark.django_db
def test_what_has_gone_or_was_never_posted_cannot_be_called_back() -> None:
    post(key="receipt:1", recipient=ANN, subject="Thank you", text="We have it.")
    Letter.objects.update(state="sent", sent_at=timezone.now())
    assert not call_back(key="receipt:1")
    assert not call_back(key="receipt:2")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@",
        "@b.c",
        "a b@c.d",
        "a@b\r\nBcc: evil@example.org",
        "a@b\nX: y",
        "a@-b.c",
        "a@b..c",
        "a..b@c.d",
        "a@b, c@d",
        "<a@b> c@d>",
        "x" * 65 + "@example.org",
        "a@" + "b" * 300,
        "a\x00@b.c",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        post(key="k", recipient=address, subject="s", text="t")


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 121, "a\nb"])
def test_a_key_that_cannot_be_kept_is_refused(key: str) -> None:
    with pytest.raises(BadKey):
        post(key=key, recipient=ANN, subject="s", text="t")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Bcc", "from", "X: y", "X\r\nBcc", "Content-Type", "Date", ""])
def test_a_header_that_would_change_the_letter_is_refused(name: str) -> None:
    with pytest.raises(BadHeader):
        post(key="k", recipient=ANN, subject="s", text="t", headers={name: "x"})


@pytest.mark.django_db
def test_a_letter_in_any_script_arrives_as_it_was_written() -> None:
    post(
        key="k",
        recipient='"שלום, 🎉" <ann@exämple.org>',
        subject="Hé 🎉 שלום",
        text="Zdravo, שלום 🎉\n.\nFrom here\n" + "long " * 500,
        html="<p>שלום 🎉</p>",
        headers={"List-Unsubscribe": "<https://example.org/u/1>", "References": "<a@b> <c@d>"},
        reply_to="jobs+abc@example.org",
    )
    letter = Letter.objects.get()
    seen = parsed(letter.source)
    assert letter.recipient == "ann@xn--exmple-cua.org"
    assert seen["To"].addresses[0].display_name == "שלום, 🎉"
    assert seen["Subject"] == "Hé 🎉 שלום"
    assert seen["List-Unsubscribe"] == "<https://example.org/u/1>"
    assert seen["References"] == "<a@b> <c@d>"
    assert seen["Reply-To"] == "jobs+abc@example.org"
    assert seen["Message-ID"] == letter.message_id
    assert seen["Date"] is None
    plain, html = seen.get_body(("plain",)), seen.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r", "").startswith("Zdravo, שלום 🎉\n.\nFrom here\n")
    assert html.get_content().strip() == "<p>שלום 🎉</p>"


@pytest.mark.parametrize(
    "name",
    ["Александра Константинопольская-Преображенская", "Jürgen Müller-Lüdenscheidt von und zu Gut", "山田太郎" * 9],
)
def test_a_long_name_in_another_script_stays_a_name_and_the_headers_after_it_stay_headers(name: str) -> None:
    sender, recipient = MailAddress("us@example.org", name), MailAddress(ANN, name)
    source = compose(
        Draft(sender=sender, recipient=recipient, subject="Hello", text="x", message_id="<1@example.org>", headers={})
    )
    # Read as RFC 2047 says: the newer reader of this Python keeps the blanks between two parts of an encoded name.
    seen = email.message_from_bytes(source)
    written = [str(make_header(decode_header(seen[key]))) for key in ("From", "To")]
    assert written == [f"{name} <us@example.org>", f"{name} <{ANN}>"]
    assert (seen["Subject"], seen["Message-ID"], seen.get_payload()) == ("Hello", "<1@example.org>", "x\r\n")


@settings(max_examples=50, deadline=None)
@example(subject="", name="𜼀𜼀𜼀𝀀𝀀𝀀𝀀𝐀𝐀𝕊", text="", value="")
@given(
    subject=st.text(max_size=500),
    name=st.text(max_size=80),
    text=st.text(max_size=500),
    value=st.text(max_size=300),
)
def test_no_words_can_add_a_header_or_break_a_line(subject: str, name: str, text: str, value: str) -> None:
    person = read_address(f"{name.translate({10: ' ', 13: ' ', 0: ' '})} <{ANN}>")
    source = compose(
        Draft(
            sender=MailAddress("us@example.org", "Us"),
            recipient=person,
            subject=subject,
            text=text,
            html=text,
            message_id="<1@example.org>",
            headers={"X-Note": value},
        )
    )
    head = source.partition(b"\r\n\r\n")[0]
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    ours = [b"From", b"To", b"Subject", b"Message-ID", b"X-Note"]
    assert names[:5] == ours
    assert set(names[5:]) <= {b"MIME-Version", b"Content-Type", b"Content-Transfer-Encoding"}
    assert source.count(b"\n") == source.count(b"\r") == source.count(b"\r\n")
    assert max(len(line) for line in source.split(b"\r\n")) < 998
    assert source.isascii()
    assert b"\x00" not in source
    assert parsed(source)["To"].addresses[0].addr_spec == ANN
