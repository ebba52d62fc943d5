"""What is in doubt is decided by a person who may, once, and written down."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.utils import timezone
from tests.platform.mail.conftest import states
from tests.platform.mail.post_office import PostOffice

from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event
from assay.platform.mail.actions import mark_arrived, resend
from assay.platform.mail.actions.deciding import LetterMoved, TextGone
from assay.platform.mail.models import Letter
from assay.platform.mail.queries import count_by_state, get_letter, list_letters
from assay.platform.mail.sending import send_due
from assay.platform.mail.states import LetterState

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubtful(outbox: PostOffice, write: Callable[..., int]) -> int:
    """A letter that a server took without saying so."""
    outbox.hang_up = lambda address: True
    letter_id = write()
    send_due()
    outbox.hang_up = lambda address: False
    assert get_letter(letter_id=letter_id).state is LetterState.UNCERTAIN
    return letter_id


def test_it_arrived_says_a_person_and_it_counts_as_sent(doubtful: int, recruiter: User, outbox: PostOffice) -> None:
    mark_arrived(actor=recruiter, letter_id=doubtful)
    send_due()
    assert states() == {"letter:ann": "sent"}
    assert len(outbox.letters) == 1
    event = Event.objects.get(verb="letter.marked_arrived")
    assert (event.actor, event.object_id, event.data) == (recruiter, doubtful, {"from": "uncertain"})


def test_send_it_again_says_a_person_and_it_goes_once_more(doubtful: int, recruiter: User, outbox: PostOffice) -> None:
    resend(actor=recruiter, letter_id=doubtful)
    send_due()
    send_due()
    assert states() == {"letter:ann": "sent"}
    assert len(outbox.letters) == 2
    with pytest.raises(LetterMoved, match="sent by now"):
        resend(actor=recruiter, letter_id=doubtful)
    assert Event.objects.filter(verb="letter.sent_again").count() == 1


def test_a_letter_whose_text_is_gone_cannot_be_sent_again(write: Callable[..., int], recruiter: User) -> None:
    letter_id = write()
    Letter.objects.update(state="bounced", sent_at=timezone.now(), source=b"")
    with pytest.raises(TextGone):
        resend(actor=recruiter, letter_id=letter_id)


@pytest.mark.parametrize("act", [resend, mark_arrived])
def test_only_those_who_run_mail_decide(
    act: Callable[..., None], write: Callable[..., int], make_user: Callable[..., User], recruiter: User
) -> None:
    letter_id = write()
    with pytest.raises(Forbidden):
        act(actor=make_user(Role.HIRING_MANAGER), letter_id=letter_id)
    with pytest.raises(Http404):
        act(actor=recruiter, letter_id=10**30)
    assert states() == {"letter:ann": "waiting"}


def test_the_outbox_is_listed_by_state_and_page_in_one_statement(
    write: Callable[..., int], django_assert_num_queries: Callable[[int], object]
) -> None:
    ids = [write(f"p{number}") for number in range(5)]
    Letter.objects.filter(pk=ids[0]).update(state="refused", last_error="550 No")
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        page = list_letters(state=LetterState.WAITING, limit=3)
    assert [row.id for row in page] == [ids[4], ids[3], ids[2]]
    assert [row.id for row in list_letters(state=LetterState.WAITING, before=ids[2], limit=3)] == [ids[1]]
    (refused,) = list_letters(state=LetterState.REFUSED)
    assert refused.last_error == "550 No"
    counts = count_by_state()
    assert (counts[LetterState.WAITING], counts[LetterState.REFUSED], counts[LetterState.SENT]) == (4, 1, 0)
