"""The pages of messages as people see and use them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.app.deciding.acts import reject
from tests.app.messaging.post import mark_sent
from tests.app.pipeline.cast import apply

from assay.app.deciding.actions.deciding import undo
from assay.app.messaging.actions.releasing import release_due
from assay.app.messaging.addressing import site_address, unsubscribe_link
from assay.app.messaging.models import Draft, Message, NoContact, Template
from assay.app.pipeline.models import Application, Job
from assay.core.messaging.states import MessageKind, MessageState
from assay.platform.accounts.models import User
from assay.platform.mail.actions.telling import tell
from assay.platform.mail.models import Letter
from assay.platform.mail.states import LetterState

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]


def address(application: Application, end: str = "") -> str:
    return f"/applications/{application.pk}/messages{end}"


def typed(**more: str) -> dict[str, str]:
    return {
        "token": "a-form-token",
        "subject": "Hello",
        "body": "Hello Ada,\n\nRita",
        "seen": "0",
        "when": "now",
        **more,
    }


def test_the_tab_offers_a_letter_filled_in(ada: Application, recruiter: User, browse: Browse) -> None:
    page = browse(recruiter).get(address(ada)).content.decode()
    assert "Hello Ada," in page
    assert "ada@applicant.example" in page
    assert "Rita" in page


def test_a_double_click_sends_once(ada: Application, recruiter: User, browse: Browse) -> None:
    client = browse(recruiter)
    for _ in range(2):
        assert client.post(address(ada, "/send"), typed()).status_code == 302
    message = Message.objects.get()
    assert (message.kind, message.state, message.author) == (MessageKind.LETTER, MessageState.WAITING, recruiter)


def test_a_form_of_another_person_or_application_is_another_form(
    ada: Application, job: Job, recruiter: User, manager: User, browse: Browse
) -> None:
    bo = apply(job, "Bo", email="bo@applicant.example")
    browse(recruiter).post(address(ada, "/send"), typed())
    browse(recruiter).post(address(bo, "/send"), typed())
    seen = str(Message.objects.get(recipient="ada@applicant.example").pk)
    browse(manager).post(address(ada, "/send"), typed(seen=seen))
    assert Message.objects.count() == 3


def test_an_open_name_is_refused_with_its_name_and_nothing_typed_is_lost(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    answer = browse(recruiter).post(address(ada, "/send"), typed(body="What about {{question}}? Words to keep."))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Still to be filled in: {{question}}" in page
    assert "Words to keep." in page
    assert not Message.objects.exists()


def test_who_did_not_see_the_other_answer_is_told_before_theirs_goes(
    ada: Application, recruiter: User, manager: User, browse: Browse
) -> None:
    assert browse(recruiter).post(address(ada, "/send"), typed()).status_code == 302
    answer = browse(manager).post(address(ada, "/send"), typed(token="another", body="My answer"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Rita wrote to the candidate while you did" in page
    assert "My answer" in page
    seen = str(Message.objects.get().pk)
    assert browse(manager).post(address(ada, "/send"), typed(token="another", seen=seen)).status_code == 302
    assert Message.objects.count() == 2


def test_a_draft_survives_a_reload_and_others_see_that_somebody_writes(
    ada: Application, recruiter: User, manager: User, browse: Browse
) -> None:
    client = browse(recruiter)
    answer = client.post(address(ada, "/draft"), typed(body="Half a let"), headers={"Accept": "application/json"})
    assert answer.json()["saved"]
    assert "Half a let" in client.get(address(ada)).content.decode()
    other = browse(manager).get(address(ada)).content.decode()
    assert "Rita is writing" in other
    assert "Half a let" not in other


def test_a_sent_letter_leaves_no_draft_and_a_late_save_brings_none_back(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    client = browse(recruiter)
    client.post(address(ada, "/draft"), typed())
    client.post(address(ada, "/send"), typed())
    client.post(address(ada, "/draft"), typed())
    assert not Draft.objects.exists()


def test_a_letter_called_back_is_a_draft_again(ada: Application, recruiter: User, browse: Browse) -> None:
    client = browse(recruiter)
    client.post(address(ada, "/send"), typed(body="Too early"))
    message = Message.objects.get()
    page = client.post(address(ada, f"/{message.pk}/call-back"), follow=True).content.decode()
    assert "Called back. It was not sent." in page
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    assert Draft.objects.get().body == "Too early"


def test_a_waiting_rejection_is_shown_with_its_time_and_can_be_called_back(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    reject(recruiter, ada)
    page = browse(recruiter).get(address(ada)).content.decode()
    assert "decided by a person, sent by itself" in page
    assert "Call back" in page
    listed = browse(recruiter).get("/messages/?show=waiting").content.decode()
    assert "Ada Byron" in listed


@pytest.mark.parametrize("show", ["replies", "waiting", "problems", "unmatched", "outbox", "nonsense\x00"])
def test_every_part_of_the_desk_opens(ada: Application, recruiter: User, browse: Browse, show: str) -> None:
    browse(recruiter).post(address(ada, "/send"), typed())
    assert browse(recruiter).get("/messages/", {"show": show}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/settings/templates/", "/settings/templates/rejection/", "/settings/no-contact/", "/settings/sending/",
     "/account/signature/"],
)  # fmt: skip
def test_every_settings_page_opens(recruiter: User, browse: Browse, path: str) -> None:
    assert browse(recruiter).get(path).status_code == 200


def test_the_preview_shows_what_is_typed_as_harmless_words(ada: Application, recruiter: User, browse: Browse) -> None:
    answer = browse(recruiter).post(
        address(ada, "/preview"),
        typed(body="<script>alert(1)</script>\n\nhttps://example.org/a"),
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert '<a href="https://example.org/a">' in page
    assert not Message.objects.exists()


@pytest.mark.parametrize("send_at", ["", "yesterday", "2020-01-01T09:00", "9999-12-31T23:59", "2026-13-45T99:99"])
def test_a_time_that_cannot_be_is_refused_in_words(
    ada: Application, recruiter: User, browse: Browse, send_at: str
) -> None:
    answer = browse(recruiter).post(address(ada, "/send"), typed(when="at", send_at=send_at))
    assert answer.status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize("subject", ["a\r\nBcc: all@example.org", "emoji 🎉 \u202e\u0000 שלום"])
def test_no_subject_can_break_out_of_its_header(
    ada: Application, recruiter: User, browse: Browse, subject: str
) -> None:
    assert browse(recruiter).post(address(ada, "/send"), typed(subject=subject)).status_code == 302
    message = Message.objects.get()
    assert "\n" not in message.subject
    assert "\0" not in message.subject


def test_an_interviewer_does_not_see_letters(ada: Application, interviewer: User, browse: Browse) -> None:
    assert browse(interviewer).get(address(ada)).status_code == 403


def test_an_outsider_learns_nothing(ada: Application, outsider: User, browse: Browse) -> None:
    assert browse(outsider).get(address(ada)).status_code == 404


def test_every_part_of_the_candidate_page_tells_of_a_rejection_that_waits_and_of_one_that_went_too_early(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    decision = reject(recruiter, ada)
    page = browse(recruiter).get(f"/applications/{ada.pk}/").content.decode()
    assert "The letter after the rejection waits." in page
    make_it_go(ada)
    assert "letter after the rejection" not in browse(recruiter).get(f"/applications/{ada.pk}/").content.decode()
    undo(actor=recruiter, decision_id=decision.pk)
    page = browse(recruiter).get(f"/applications/{ada.pk}/?tab=documents").content.decode()
    assert "They were told that they are rejected." in page
    assert Message.objects.get().state == MessageState.SENT


def test_unsubscribing_takes_a_press_and_a_forged_link_finds_nothing(ada: Application) -> None:
    link = unsubscribe_link(address="Ada@applicant.example").removeprefix(site_address(""))
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(link).status_code == 200
    assert not NoContact.objects.exists()
    assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post(link).status_code == 200
    assert NoContact.objects.get().address == "ada@applicant.example"
    for forged in (link[:-3] + "xx/", "/unsubscribe/x/", "/unsubscribe/%00/"):
        assert stranger.post(forged).status_code == 404


def test_a_no_contact_entry_is_added_refused_in_words_and_lifted(recruiter: User, browse: Browse) -> None:
    client = browse(recruiter)
    refused = client.post("/settings/no-contact/", {"address": "not an address\x00", "reason": "x"})
    assert refused.status_code == 422
    client.post("/settings/no-contact/", {"address": "Bo@Applicant.example", "reason": "asked by phone"})
    entry = NoContact.objects.get()
    assert (entry.address, entry.added_by) == ("bo@applicant.example", recruiter)
    client.post("/settings/no-contact/lift", {"entry": entry.pk})
    entry.refresh_from_db()
    assert entry.lifted_at is not None


def test_own_words_are_kept_in_versions_and_go_back_to_the_shipped_ones(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    client, at = browse(recruiter), "/settings/templates/rejection/"
    words = {"title": "No", "subject": "About {{job_title}}", "body": "Dear {{candidate_name}},\n\nno.", "seen": "0"}
    assert client.post(f"{at}write", {**words, "do": "preview"}).status_code == 200
    assert not Template.objects.exists()
    assert client.post(f"{at}write", words).status_code == 302
    late = client.post(f"{at}write", {**words, "body": "Mine"})
    assert late.status_code == 422
    assert "Somebody else changed this letter meanwhile" in late.content.decode()
    unknown = client.post(f"{at}write", {**words, "seen": "1", "body": "{{salary}}"})
    assert unknown.status_code == 422
    assert "{{salary}}" in unknown.content.decode()
    reject(recruiter, ada)
    assert Message.objects.get().body.startswith("Dear Ada Byron,")
    assert client.post(f"{at}shipped", {"seen": "1"}).status_code == 302
    assert "thank you for the time" in client.get(at).content.decode()


def test_the_delay_and_signatures_are_set(ada: Application, recruiter: User, browse: Browse) -> None:
    client = browse(recruiter)
    assert client.post("/settings/sending/", {"delay_hours": "7", "signature": ""}).status_code == 422
    assert client.post("/settings/sending/", {"delay_hours": "72", "signature": "Us"}).status_code == 302
    client.post("/account/signature/", {"sender_name": "Rita\r\nBcc: x", "signature": "Rita A.\nRecruiting"})
    reject(recruiter, ada)
    message = Message.objects.get()
    assert message.body.endswith("Rita A.\nRecruiting\n")
    assert message.send_after is not None
    assert message.send_after - timezone.now() > timedelta(hours=71)


def test_a_letter_in_trouble_is_listed_with_what_to_do_and_can_go_again(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    client = browse(recruiter)
    client.post(address(ada, "/send"), typed())
    letter = Letter.objects.get()
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.REFUSED)
    tell(letter_id=letter.pk, key=letter.key, state=LetterState.REFUSED, error="550 no such user")
    page = client.get("/messages/?show=problems").content.decode()
    assert "550 no such user" in page
    assert "Correct the address" in page
    client.post(f"/messages/outbox/{letter.pk}/again")
    assert Message.objects.get().state == MessageState.WAITING
    client.post(address(ada, f"/{Message.objects.get().pk}/call-back"))
    client.post(f"/messages/outbox/{letter.pk}/again")
    assert Letter.objects.get().state == LetterState.CANCELLED


@pytest.mark.parametrize("size", [1_000_000])
def test_a_megabyte_typed_is_refused_in_words(ada: Application, recruiter: User, browse: Browse, size: int) -> None:
    answer = browse(recruiter).post(address(ada, "/send"), typed(body="x" * size))
    assert answer.status_code == 422
    assert "characters" in answer.content.decode()


def test_a_long_conversation_shows_its_latest_letters_and_leads_to_the_older_ones(
    ada: Application, recruiter: User, browse: Browse
) -> None:
    client = browse(recruiter)
    client.post(address(ada, "/send"), typed(subject="The first letter"))
    thread = Message.objects.get().thread
    rows = [Message(thread=thread, direction="out", kind="letter", state="sent", body="x") for _ in range(60)]
    Message.objects.bulk_create(rows)
    page = client.get(address(ada)).content.decode()
    assert "The first letter" not in page
    (older,) = re.findall(r"\?before=\d+", page)
    assert "The first letter" in client.get(address(ada, older)).content.decode()


def make_it_go(application: Application) -> None:
    Message.objects.update(send_after=timezone.now() - timedelta(minutes=1))
    release_due()
    mark_sent(Message.objects.get(thread__application=application))


def test_whoever_sends_a_letter_is_told_that_it_goes(
    ada: Application, recruiter: User, browse: Browse, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"
    page = browse(recruiter).post(address(ada, "/send"), typed(), follow=True).content.decode()
    assert "It goes in a moment." in page
    assert "is kept in" not in page


def test_without_a_mail_server_nobody_is_told_that_a_letter_goes(
    ada: Application, job: Job, recruiter: User, manager: User, browse: Browse, settings: Any
) -> None:
    settings.EMAIL_HOST = settings.MAIL_DROP = ""
    said: dict[User, str] = {}
    for who in (recruiter, manager):
        seen = max(Message.objects.values_list("pk", flat=True), default=0)
        letter = typed(token=f"form-{who.pk}", seen=str(seen))
        said[who] = browse(who).post(address(ada, "/send"), letter, follow=True).content.decode()
    way = '<a href="/messages/?show=outbox">the outbox</a>'
    assert f"It is kept in {way} until a mail server is set up." in said[recruiter]
    assert "It is kept in the outbox until a mail server is set up." in said[manager]
    assert way not in said[manager]
    assert not any("It goes in a moment." in page for page in said.values())
