"""Each letter reaches a real server once, whatever that server does; what it refuses is kept with its words."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from tests.platform.mail.conftest import make_everything_due, point_at, states
from tests.platform.mail.post_office import PostOffice, port_of_nobody

from assay.platform.mail.actions import call_back
from assay.platform.mail.jobs import sweep
from assay.platform.mail.models import Letter, Outage
from assay.platform.mail.news import letter_moved
from assay.platform.mail.queries import get_outbox_health
from assay.platform.mail.sending import send_due

Write = Callable[..., int]
pytestmark = pytest.mark.django_db


def names(office: PostOffice) -> list[str]:
    return [address.partition("@")[0] for address in office.recipients]


def test_a_letter_goes_once_with_its_date_and_its_text_unchanged(outbox: PostOffice, write: Write) -> None:
    write(text="First\n.\n..two dots\nlast")
    send_due()
    send_due()
    (letter,) = outbox.letters
    assert states() == {"letter:ann": "sent"}
    assert letter.startswith(b"Date: ")
    kept = bytes(Letter.objects.get().source)
    assert letter.split(b"\r\n", 1)[1] == kept
    assert b"\r\n.\r\n..two dots\r\n" in kept


def test_letters_go_in_their_order_over_one_connection(outbox: PostOffice, write: Write) -> None:
    for number in range(30):
        write(f"p{number}")
    send_due()
    assert names(outbox) == [f"p{number}" for number in range(30)]
    assert outbox.connections == 1


def test_a_letter_waits_for_its_time(outbox: PostOffice, write: Write) -> None:
    write("later", send_after=timezone.now() + timedelta(hours=1))
    write("now")
    send_due()
    assert names(outbox) == ["now"]
    Letter.objects.filter(key="letter:later").update(next_try_at=timezone.now())
    send_due()
    assert names(outbox) == ["now", "later"]


def test_what_is_refused_for_good_is_kept_with_the_servers_words(outbox: PostOffice, write: Write) -> None:
    outbox.at_rcpt = lambda address: "550 5.1.1 No such person" if address.startswith("nobody") else None
    outbox.at_data = lambda address: "554 5.7.1 We do not like this" if address.startswith("spam") else None
    for name in ("nobody", "spam", "ann"):
        write(name)
    send_due()
    make_everything_due()
    send_due()
    assert states() == {"letter:nobody": "refused", "letter:spam": "refused", "letter:ann": "sent"}
    assert Letter.objects.get(key="letter:nobody").last_error == "550 5.1.1 No such person"
    assert names(outbox) == ["ann"]


@pytest.mark.parametrize("step", ["at_mail", "at_rcpt", "at_data"])
def test_what_is_not_taken_this_time_is_tried_again_later_and_holds_up_nobody(
    outbox: PostOffice, write: Write, step: str
) -> None:
    tries: list[str] = []

    def busy_once(address: str) -> str | None:
        tries.append(address)
        return "451 4.3.0 Come back later" if len(tries) == 1 else None

    setattr(outbox, step, busy_once)
    write("first")
    write("second")
    before = timezone.now()
    send_due()
    assert names(outbox) == ["second"]
    waiting = Letter.objects.get(key="letter:first")
    assert (waiting.state, waiting.attempts, waiting.claimed_by) == ("waiting", 1, "")
    assert waiting.last_error.startswith("451")
    assert before + timedelta(seconds=30) < waiting.next_try_at < timezone.now() + timedelta(seconds=90)
    make_everything_due()
    send_due()
    assert names(outbox) == ["second", "first"]
    assert set(states().values()) == {"sent"}


def test_a_server_that_hangs_up_before_its_answer_leaves_the_letter_uncertain_and_is_not_sent_it_again(
    outbox: PostOffice, write: Write
) -> None:
    outbox.hang_up = lambda address: address.startswith("lost")
    write("lost")
    write("ann")
    send_due()
    make_everything_due()
    send_due()
    assert states() == {"letter:lost": "uncertain", "letter:ann": "sent"}
    assert names(outbox) == ["lost", "ann"]
    assert "may have arrived, or not" in Letter.objects.get(key="letter:lost").last_error


def test_a_server_that_never_answers_leaves_the_letter_uncertain(
    outbox: PostOffice, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assay.platform.mail.smtp._ANSWER_SECONDS", 0.2)
    outbox.gate("DATA")
    write()
    send_due()
    assert states() == {"letter:ann": "uncertain"}


def test_a_server_that_is_down_costs_no_letter_a_try_and_everything_arrives_once_when_it_is_back(
    settings: Any, write: Write
) -> None:
    for number in range(12):
        write(f"p{number}")
    with port_of_nobody() as port:
        point_at(settings, port)
        for _ in range(20):
            send_due()
            make_everything_due()
    assert Letter.objects.filter(state="waiting", attempts=0).count() == 12
    health = get_outbox_health()
    assert (health.overdue, health.can_send) == (12, True)
    assert health.down_since is not None
    assert "refused" in health.problem.lower()
    office = PostOffice().start(port=port)
    try:
        make_everything_due()
        send_due()
        send_due()
    finally:
        office.stop()
    assert names(office) == [f"p{number}" for number in range(12)]
    assert not Outage.objects.exists()
    assert set(states().values()) == {"sent"}


def test_a_server_found_down_is_left_alone_for_longer_each_time(
    settings: Any, write: Write, refusing_port: int
) -> None:
    point_at(settings, refusing_port)
    write()
    pauses = []
    for _ in range(8):
        pauses.append(send_due().again_in)
        assert send_due().again_in is None
        Outage.objects.update(next_try_at=timezone.now())
    seconds = [pause.total_seconds() for pause in pauses if pause is not None]
    assert len(seconds) == 8
    assert 11 <= seconds[0] <= 19
    assert 440 <= seconds[-1] <= 750


def test_a_server_that_takes_nothing_now_is_left_alone_after_five_letters(outbox: PostOffice, write: Write) -> None:
    outbox.at_mail = lambda address: "452 4.3.1 Disk full"
    for number in range(20):
        write(f"p{number}")
    send_due()
    assert Letter.objects.filter(attempts=1).count() == 5
    assert Letter.objects.filter(attempts=0).count() == 15
    assert "Disk full" in Outage.objects.get().last_error
    outbox.at_mail = lambda address: None
    make_everything_due()
    send_due()
    assert sorted(names(outbox)) == sorted(f"p{number}" for number in range(20))


def test_a_server_that_does_not_want_us_refuses_no_letter(outbox: PostOffice, write: Write) -> None:
    outbox.at_mail = lambda address: "550 5.7.1 Sender not allowed"
    write()
    send_due()
    assert states() == {"letter:ann": "waiting"}
    assert Outage.objects.get().last_error == "550 5.7.1 Sender not allowed"


def test_a_letter_is_tried_for_days_and_then_given_up_with_the_last_words(outbox: PostOffice, write: Write) -> None:
    outbox.at_rcpt = lambda address: "450 4.2.1 Mailbox is busy"
    write()
    Letter.objects.update(wanted_at=timezone.now() - timedelta(days=4, hours=23))
    for _ in range(30):
        send_due()
        make_everything_due()
    assert states() == {"letter:ann": "waiting"}
    Letter.objects.update(wanted_at=timezone.now() - timedelta(days=5, minutes=1))
    send_due()
    letter = Letter.objects.get()
    assert letter.state == "refused"
    assert letter.last_error.startswith("Given up after 31 tries in 5 days. The last: 450")


def test_letters_that_were_due_for_five_days_of_an_outage_are_given_up(
    settings: Any, write: Write, refusing_port: int
) -> None:
    point_at(settings, refusing_port)
    write("old")
    write("new")
    send_due()
    long_ago = timezone.now() - timedelta(days=5, minutes=1)
    Letter.objects.filter(key="letter:old").update(wanted_at=long_ago)
    make_everything_due()
    send_due()
    assert set(states().values()) == {"waiting"}, "the outage itself is young"
    Outage.objects.update(began_at=long_ago, next_try_at=timezone.now())
    send_due()
    assert states() == {"letter:old": "refused", "letter:new": "waiting"}


def test_without_a_server_letters_wait(write: Write, settings: Any) -> None:
    settings.EMAIL_HOST = settings.MAIL_DROP = ""
    write()
    send_due()
    assert states() == {"letter:ann": "waiting"}
    assert not get_outbox_health().can_send


def test_a_letter_called_back_at_the_last_moment_does_not_go(outbox: PostOffice, write: Write) -> None:
    write("ann")
    write("ben")

    def regret(address: str) -> str | None:
        return None

    outbox.at_rcpt = regret
    call_back(key="letter:ann")
    send_due()
    assert names(outbox) == ["ben"]
    assert states() == {"letter:ann": "cancelled", "letter:ben": "sent"}


def test_no_more_letters_go_in_a_minute_than_the_server_allows(outbox: PostOffice, write: Write, settings: Any) -> None:
    settings.EMAIL_RATE = 3
    for number in range(8):
        write(f"p{number}")
    assert send_due().again_in is not None
    send_due()
    assert len(outbox.letters) == 3
    Letter.objects.filter(state="sent").update(sent_at=F("sent_at") - timedelta(minutes=1))
    send_due()
    assert len(outbox.letters) == 6


def test_the_text_of_a_private_letter_is_dropped_once_it_has_gone(outbox: PostOffice, write: Write) -> None:
    write("open")
    write("secret", is_private=True, text="https://example.org/invitations/abc")
    send_due()
    assert bytes(Letter.objects.get(key="letter:secret").source) == b""
    assert bytes(Letter.objects.get(key="letter:open").source) != b""
    assert b"invitations/abc" in outbox.letters[1]


def test_a_name_in_another_script_goes_to_servers_that_can_take_it(outbox: PostOffice, write: Write) -> None:
    write(recipient="żółć@example.org")
    send_due()
    assert outbox.recipients == ["żółć@example.org"]


def test_letters_fall_into_a_folder_where_one_is_set(write: Write, settings: Any, tmp_path: Path) -> None:
    settings.MAIL_DROP = str(tmp_path / "letters")
    letter_id = write()
    send_due()
    (file,) = (tmp_path / "letters").iterdir()
    assert file.name == f"{letter_id:06d}-ann@example.org.eml"
    assert b"Subject: To ann\r\n" in file.read_bytes()
    assert states() == {"letter:ann": "sent"}


def test_a_folder_that_cannot_be_written_is_an_outage(write: Write, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.MAIL_DROP = str(tmp_path / "file" / "letters")
    write()
    send_due()
    assert states() == {"letter:ann": "waiting"}
    assert get_outbox_health().down_since is not None


def test_everybody_who_listens_is_told_how_far_a_letter_came(outbox: PostOffice, write: Write) -> None:
    told: list[tuple[str, str, str]] = []

    def listen(key: str, state: str, error: str, **_: object) -> None:
        told.append((key, state, error))

    outbox.at_rcpt = lambda address: "550 No" if address.startswith("nobody") else None
    write("ann")
    write("nobody")
    letter_moved.connect(listen)
    try:
        send_due()
    finally:
        letter_moved.disconnect(listen)
    assert told == [("letter:ann", "sent", ""), ("letter:nobody", "refused", "550 No")]


def test_a_listener_that_fails_does_not_make_a_sent_letter_unsent(outbox: PostOffice, write: Write) -> None:
    def fail(**_: object) -> None:
        Letter.objects.update(subject="changed by the listener")
        raise ValueError("no")

    write()
    letter_moved.connect(fail)
    try:
        send_due()
    finally:
        letter_moved.disconnect(fail)
    letter = Letter.objects.get()
    assert (letter.state, letter.subject) == ("sent", "To ann")


def test_a_claim_that_nobody_can_hold_any_more_ends_by_the_clock(outbox: PostOffice, write: Write) -> None:
    for name in ("claimed", "halfway", "fresh"):
        write(name)
    long_ago = timezone.now() - timedelta(hours=1)
    Letter.objects.filter(key="letter:claimed").update(claimed_by="7:dead", claimed_at=long_ago)
    Letter.objects.filter(key="letter:halfway").update(state="handing_over", claimed_by="7:dead", claimed_at=long_ago)
    Letter.objects.filter(key="letter:fresh").update(claimed_by="7:alive", claimed_at=timezone.now())
    sweep()
    assert states() == {"letter:claimed": "sent", "letter:halfway": "uncertain", "letter:fresh": "waiting"}
    assert names(outbox) == ["claimed"]
