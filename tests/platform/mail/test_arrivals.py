"""A letter that came in is stored before anything is done with it, once, and handled until that succeeds."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.utils import timezone

from assay.platform.files.reading import path_of
from assay.platform.mail.actions import post
from assay.platform.mail.actions.handling import handle_arrival, queue_unhandled
from assay.platform.mail.arrivals import NoSuchArrival, read_arrival, store_arrival
from assay.platform.mail.models import Arrival, Letter
from assay.platform.mail.news import letter_arrived

pytestmark = pytest.mark.django_db
LETTER = (
    b"Received: from a\r\nMessage-ID: <1@example.org>\r\nFrom: ann@example.org\r\nSubject: Hello\r\n\r\nDear you\r\n"
)


class Listener:
    """Takes letters in; may write, and may fail."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.problem: Exception | None = None
        self.write: Callable[[], object] = lambda: None

    def hear(self, arrival_id: int, **_: object) -> str:
        self.heard.append(arrival_id)
        self.write()
        if self.problem is not None:
            raise self.problem
        return "placed"


@pytest.fixture
def listener() -> Iterator[Listener]:
    """The only one who listens, in this test."""
    others, letter_arrived.receivers = letter_arrived.receivers, []
    letter_arrived.sender_receivers_cache.clear()
    one = Listener()
    letter_arrived.connect(one.hear, weak=False)
    yield one
    letter_arrived.receivers = others
    letter_arrived.sender_receivers_cache.clear()


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail.handle'")
        return int(cursor.fetchone()[0])


def test_a_letter_is_stored_once_whichever_ways_it_came() -> None:
    first = store_arrival(source=LETTER)
    assert store_arrival(source=LETTER) == first
    by_pipe = LETTER.replace(b"\r\n", b"\n").replace(b"from a", b"from b\nDelivered-To: jobs@example.org")
    assert store_arrival(source=by_pipe) == first
    assert jobs() == 1
    assert read_arrival(arrival_id=first).source == LETTER


def test_two_letters_that_share_an_id_are_two() -> None:
    first = store_arrival(source=LETTER)
    assert store_arrival(source=LETTER.replace(b"Dear", b"Hello")) != first
    assert store_arrival(source=LETTER.replace(b"ann@", b"eve@")) != first


def test_letters_without_an_id_are_told_apart_by_what_they_say() -> None:
    source = b"From: a@b\r\n\r\nOne\r\n"
    assert store_arrival(source=source) == store_arrival(source=source)
    assert store_arrival(source=source) != store_arrival(source=b"From: a@b\r\n\r\nTwo\r\n")


def test_a_letter_is_handled_once(listener: Listener) -> None:
    arrival_id = store_arrival(source=LETTER)
    assert handle_arrival(arrival_id=arrival_id)
    assert handle_arrival(arrival_id=arrival_id)
    assert listener.heard == [arrival_id]
    row = Arrival.objects.get()
    assert (row.outcome, row.handled_at is not None) == ("placed", True)


def test_what_a_failing_listener_wrote_is_taken_back_and_it_is_asked_again(listener: Listener) -> None:
    arrival_id = store_arrival(source=LETTER)
    listener.write = lambda: post(key="answer", recipient="ann@example.org", subject="s", text="t")
    listener.problem = ValueError("not today")
    assert not handle_arrival(arrival_id=arrival_id)
    assert not Letter.objects.exists()
    row = Arrival.objects.get()
    assert (row.handled_at, row.attempts, row.detail) == (None, 1, "ValueError: not today")
    assert row.next_try_at > timezone.now()
    listener.problem = None
    Arrival.objects.update(next_try_at=timezone.now())
    before = jobs()
    assert (queue_unhandled(), queue_unhandled()) == (1, 0)
    assert jobs() == before + 1
    handle_arrival(arrival_id=arrival_id)
    assert Letter.objects.get().key == "answer"


def test_a_letter_whose_bytes_are_gone_is_kept_for_when_they_are_back(listener: Listener) -> None:
    arrival_id = store_arrival(source=LETTER)
    path = path_of(sha256=Arrival.objects.get().digest)
    path.unlink()
    assert not handle_arrival(arrival_id=arrival_id)
    assert "backup" in Arrival.objects.get().detail
    path.write_bytes(LETTER)
    assert handle_arrival(arrival_id=arrival_id)
    assert listener.heard == [arrival_id]


def test_a_letter_in_circles_is_shown_to_nobody(listener: Listener) -> None:
    going_round = b"Received: from a\r\n" * 60 + LETTER
    handle_arrival(arrival_id=store_arrival(source=going_round))
    post(key="k", recipient="ann@example.org", subject="s", text="t")
    ours = Letter.objects.get()
    handle_arrival(arrival_id=store_arrival(source=b"Received: from a\r\n" + bytes(ours.source)))
    assert listener.heard == []
    assert set(Arrival.objects.values_list("outcome", flat=True)) == {"loop"}


def test_the_id_of_no_letter_is_said_to_be_none() -> None:
    with pytest.raises(NoSuchArrival):
        read_arrival(arrival_id=999_999)
    assert handle_arrival(arrival_id=999_999)
