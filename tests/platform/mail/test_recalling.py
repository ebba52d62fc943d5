"""A letter that was called back never goes, even when the call came while a server had it in its hands."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.platform.mail.conftest import make_everything_due, states
from tests.platform.mail.post_office import PostOffice

from assay.platform.accounts.models import User
from assay.platform.mail.actions import call_back, resend
from assay.platform.mail.actions.deciding import WasCalledBack, retry_refused
from assay.platform.mail.actions.handing import Claim, begin_handing_over, claim_next, note_not_now, release
from assay.platform.mail.models import Letter
from assay.platform.mail.queries import get_letter
from assay.platform.mail.sending import send_due

Write = Callable[..., int]
pytestmark = pytest.mark.django_db
KEY = "letter:ann"


def busy(claim: Claim) -> None:
    note_not_now(claim, words="451 Come back later", draw=0.5)


@pytest.mark.parametrize("not_taken", [busy, release])
def test_a_letter_called_back_while_it_is_handed_over_is_not_tried_again(
    outbox: PostOffice, write: Write, not_taken: Callable[[Claim], None]
) -> None:
    write()
    claim = claim_next(by="1:a")
    assert claim is not None
    assert begin_handing_over(claim)
    assert not call_back(key=KEY)
    not_taken(claim)
    make_everything_due()
    send_due()
    assert states() == {KEY: "cancelled"}
    assert outbox.letters == []


def test_a_refused_letter_that_was_called_back_is_not_among_those_that_go_again(
    outbox: PostOffice, write: Write, recruiter: User
) -> None:
    letter_id = write()
    Letter.objects.update(state="refused", ended_at=timezone.now())
    assert call_back(key=KEY)
    assert retry_refused() == 0
    with pytest.raises(WasCalledBack, match="called back"):
        resend(actor=recruiter, letter_id=letter_id)
    send_due()
    assert states() == {KEY: "cancelled"}
    assert outbox.letters == []


@pytest.mark.parametrize("state", ["uncertain", "bounced"])
def test_what_may_have_gone_and_was_called_back_is_not_offered_to_go_again(
    write: Write, recruiter: User, state: str
) -> None:
    letter_id = write()
    Letter.objects.update(state=state, ended_at=timezone.now())
    assert not get_letter(letter_id=letter_id).recall_wanted
    assert not call_back(key=KEY)
    assert get_letter(letter_id=letter_id).recall_wanted
    with pytest.raises(WasCalledBack):
        resend(actor=recruiter, letter_id=letter_id)
    assert states() == {KEY: state}
