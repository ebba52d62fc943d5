"""Letters that nobody could place: who may read them, what becomes of them, and how far their sender is believed."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.app.messaging.post import arrive, incoming
from tests.app.pipeline.cast import apply, make_job

from assay.app.messaging.actions.erasing import erase_conversations
from assay.app.messaging.actions.placing import AlreadyPlacedError, place_mail, put_away
from assay.app.messaging.models import Draft, Message, UnmatchedMail
from assay.app.messaging.queries.conversations import get_conversation
from assay.app.messaging.queries.desk import count_desk
from assay.app.messaging.queries.unmatched import list_unmatched
from assay.app.pipeline.models import Application, Job
from assay.core.messaging.authenticity import has_failed
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.mail.addresses import reply_address
from assay.platform.mail.arrivals import NoSuchArrival, read_arrival

Browse = Callable[[User], Client]
pytestmark = pytest.mark.django_db
CY = "Cy <cy@applicant.example>"


@pytest.fixture(autouse=True)
def _reply_address(settings: object) -> None:
    settings.MAIL_REPLY = "jobs@assay.example"  # type: ignore[attr-defined]


@pytest.fixture
def other(account: Callable[[str, Role], User]) -> User:
    """A recruiter who sits on no confidential job."""
    return account("Rolf", Role.RECRUITER)


@pytest.fixture
def secret(recruiter: User) -> Job:
    return make_job(recruiter, title="Secret", is_confidential=True)


def unplaced(text: str = "My number is 0611.", sender: str = CY) -> UnmatchedMail:
    assert (
        arrive(incoming(text, sender=sender, message_id=f"<{UnmatchedMail.objects.count()}@x.example>")) == "unmatched"
    )
    return UnmatchedMail.objects.latest("pk")


def apply_again(first: Application, job: Job) -> Application:
    """The same person applies to a second job."""
    stage = job.stages.get(position=1)
    return Application.objects.create(person=first.person, job=job, stage=stage, applied_at=first.applied_at)


def original(browser: Client, mail: UnmatchedMail) -> int:
    return browser.get(reverse("messaging:unmatched_original", args=[mail.pk])).status_code


def ended(application: Application) -> Application:
    Application.objects.filter(pk=application.pk).update(status="withdrawn")
    return application


def test_a_letter_that_may_be_about_a_confidential_job_shows_to_those_who_see_that_job(
    secret: Job, recruiter: User, other: User, browse: Browse
) -> None:
    application = ended(apply(secret, "Cy", email="cy@applicant.example"))
    mail = unplaced()
    assert [row.mail_id for row in list_unmatched(user=recruiter)] == [mail.pk]
    assert list_unmatched(user=other) == ()
    assert (count_desk(user=recruiter).unmatched, count_desk(user=other).unmatched) == (1, 0)
    assert (original(browse(recruiter), mail), original(browse(other), mail)) == (200, 404)
    with pytest.raises(Http404):
        put_away(actor=other, letter_id=mail.pk)
    with pytest.raises(Http404):
        place_mail(actor=other, letter_id=mail.pk, application_id=application.pk)
    assert browse(other).post(reverse("messaging:away", args=[mail.pk])).status_code == 404


def test_a_letter_of_a_stranger_shows_to_everybody_who_reads_mail(ada: Application, other: User) -> None:
    mail = unplaced(sender="who@elsewhere.example")
    assert [row.mail_id for row in list_unmatched(user=other)] == [mail.pk]


def test_a_placed_letter_is_read_by_those_alone_who_see_its_conversation(
    secret: Job, recruiter: User, other: User, browse: Browse
) -> None:
    mail = unplaced(sender="who@elsewhere.example")
    assert original(browse(other), mail) == 200
    place_mail(actor=recruiter, letter_id=mail.pk, application_id=apply(secret, "Cy").pk)
    assert (original(browse(recruiter), mail), original(browse(other), mail)) == (200, 404)


def test_who_places_a_letter_that_lies_elsewhere_already_is_led_there(
    ada: Application, job: Job, recruiter: User, browse: Browse
) -> None:
    mail, bob = unplaced(sender="who@elsewhere.example"), apply(job, "Bob")
    message = place_mail(actor=recruiter, letter_id=mail.pk, application_id=ada.pk)
    assert place_mail(actor=recruiter, letter_id=mail.pk, application_id=ada.pk) == message
    with pytest.raises(AlreadyPlacedError):
        place_mail(actor=recruiter, letter_id=mail.pk, application_id=bob.pk)
    page = browse(recruiter).post(reverse("messaging:place", args=[mail.pk]), {"application": bob.pk})
    assert page["Location"] == f"{reverse('messaging:of_application', args=[ada.pk])}#m{message}"
    assert Message.objects.count() == 1


def test_many_unplaced_letters_take_no_more_statements_than_one(
    job: Job, recruiter: User, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    second = make_job(recruiter, title="Other")
    for number in range(4):
        apply_again(apply(job, f"P{number}", email=f"p{number}@applicant.example"), second)
        unplaced(sender=f"P{number}@applicant.example")
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
        rows = list_unmatched(user=recruiter)
    assert [len(row.suggestions) for row in rows] == [2, 2, 2, 2]


def test_an_erased_candidates_words_are_left_in_no_letter_draft_or_unplaced_mail(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    assert arrive(incoming("Yes.\n\nOn Monday, we wrote:\n> my secret\n", References="<old@x.example>")) == "message"
    ended(ada)
    mail = unplaced("my secret", sender="Ada <ADA@applicant.example>")
    placed = unplaced("my secret", sender="who@elsewhere.example")
    place_mail(actor=recruiter, letter_id=placed.pk, application_id=ada.pk)
    stranger = unplaced("not theirs", sender="eve@elsewhere.example")
    Draft.objects.create(application=ada, author=recruiter, token="t", body="my secret", saved_at=timezone.now())
    assert "my secret" in Message.objects.earliest("pk").quoted
    for _ in range(2):
        erase_conversations(application_id=ada.pk)
    assert not Draft.objects.exists()
    assert set(Message.objects.values_list("body", "quoted", "references")) == {("(erased)", "", "")}
    for row in UnmatchedMail.objects.filter(pk__in=[mail.pk, placed.pk]):
        assert (row.sender, row.subject, row.body) == ("", "(erased)", "(erased)")
        assert original(browse(recruiter), row) == 404
        with pytest.raises(NoSuchArrival):
            read_arrival(arrival_id=row.arrival)
    assert [row.mail_id for row in list_unmatched(user=recruiter)] == [stranger.pk]
    assert original(browse(recruiter), stranger) == 200


def test_who_applied_twice_keeps_the_unplaced_letters_that_may_be_about_the_other_job(
    ada: Application, recruiter: User
) -> None:
    apply_again(ada, make_job(recruiter, title="Other"))
    mail = unplaced(sender="ada@applicant.example")
    erase_conversations(application_id=ada.pk)
    mail.refresh_from_db()
    assert mail.body.strip() == "My number is 0611."


def test_a_sender_whom_nothing_but_their_address_names_is_marked_as_not_confirmed(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    arrive(incoming("Please cancel everything."))
    (message,) = get_conversation(user=recruiter, application_id=ada.pk).messages
    assert (message.is_unconfirmed, message.has_failed_checks) == (True, False)
    page = browse(recruiter).get(reverse("messaging:of_application", args=[ada.pk])).content.decode()
    assert "sender not confirmed" in page
    arrive(incoming("Yes.", to=reply_address(Message.objects.get().thread.token), message_id="<2@x.example>"))
    assert not get_conversation(user=recruiter, application_id=ada.pk).messages[-1].is_unconfirmed


def test_what_our_mail_server_found_forged_is_marked_whatever_the_letter_brought_along(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    arrive(incoming("Hello."))
    token = Message.objects.get().thread.token
    source = incoming(
        "Yes.", to=reply_address(token), message_id="<2@x.example>", Authentication_Results="x; dmarc=pass"
    )
    arrive(b"Authentication-Results: mx.assay.example;\n spf=pass; dmarc=fail (p=none)\n" + source)
    assert get_conversation(user=recruiter, application_id=ada.pk).messages[-1].has_failed_checks
    page = browse(recruiter).get(reverse("messaging:of_application", args=[ada.pk])).content.decode()
    assert "does not come from the domain it names" in page


@pytest.mark.parametrize(
    ("results", "is_forged"),
    [
        ("mx; dmarc=fail (p=reject) header.from=a.example", True),
        ("mx; spf=fail smtp.mailfrom=a.example; dkim=none", True),
        ("mx; spf=fail; dkim=fail; dkim=pass header.d=a.example", False),
        ("mx; spf=fail; dmarc=pass", False),
        ("mx; spf=softfail; dkim=none", False),
        ("mx; dmarc=pass (once dmarc=fail)", False),
        ("mx; none", False),
        ("", False),
    ],
)
def test_only_what_was_checked_and_failed_is_forged(results: str, is_forged: bool) -> None:
    assert has_failed(results=results) is is_forged
