"""What a candidate's page can do beyond this job, and the letters and withdrawals that its dialogs send."""

from django.urls import reverse
from tests.app.deciding.acts import state
from tests.app.pipeline.cast import make_job

from assay.app.deciding.announcing import LetterChoice, decided
from assay.app.deciding.models import Decision
from assay.app.pipeline.models import Application
from assay.platform.audit.models import Event


def tab(application, name="other"):
    return reverse("review:application", args=[application.pk]) + f"?tab={name}"


def test_an_applicant_is_transferred_on_the_page_and_brought_back_by_its_toast(ada, recruiter, browse):
    other = make_job(recruiter, title="Platform engineer")
    browser = browse(recruiter)
    page = browser.get(tab(ada)).content.decode()
    assert "Transfer there" in page
    assert "Platform engineer" in page
    fields = {"job": other.pk, "revision": 1, "note": "Better there"}
    done = browser.post(reverse("review:transfer", args=[ada.pk]), fields, follow=True)
    shown = done.content.decode()
    decision = Decision.objects.get(application=ada)
    assert "transferred to another job" in shown
    assert reverse("review:undo", args=[decision.pk]) in shown
    newer = Application.objects.get(job=other)
    assert "this one came from there" in browser.get(tab(newer)).content.decode()
    assert "this one went on there" in browser.get(tab(ada)).content.decode()
    browser.post(reverse("review:undo", args=[decision.pk]))
    assert state(ada)["status"] == "active"


def test_what_cannot_be_transferred_is_told_above_the_tab(ada, recruiter, browse):
    browser = browse(recruiter)
    for job_id in (ada.job_id, "", "\0", "9" * 30):
        done = browser.post(reverse("review:transfer", args=[ada.pk]), {"job": job_id, "revision": 1}, follow=True)
        assert "hoose" in done.content.decode()
    late = browser.post(reverse("review:transfer", args=[ada.pk]), {"job": ada.job_id, "revision": 99}, follow=True)
    assert "not stored" in late.content.decode()
    assert state(ada)["status"] == "active"


def test_an_applicant_is_considered_for_a_second_job_on_the_page(ada, recruiter, browse):
    other = make_job(recruiter, title="Platform engineer")
    done = browse(recruiter).post(reverse("review:consider", args=[ada.pk]), {"job": other.pk}, follow=True)
    assert "considered here as well" in done.content.decode()
    assert Application.objects.filter(job=other, person=ada.person).exists()


def test_a_colleague_is_marked_as_one_and_the_log_knows_by_whom(ada, recruiter, browse):
    browser = browse(recruiter)
    for answer in ("yes", "yes", "no"):
        browser.post(reverse("review:internal", args=[ada.pk]), {"internal": answer})
    verbs = list(
        Event.objects.filter(verb__startswith="application.marked").order_by("sequence").values_list("verb", flat=True)
    )
    assert verbs == ["application.marked_internal", "application.marked_external"]
    assert not Application.objects.get(pk=ada.pk).is_internal


def test_a_withdrawal_is_sent_from_the_page_with_its_reason(ada, recruiter, browse):
    browser = browse(recruiter)
    assert "Took another offer" in browser.get(tab(ada, "evidence")).content.decode()
    target = reverse("review:decide", args=[ada.pk])
    refused = browser.post(target, {"kind": "withdraw", "revision": 1, "reason": "level_too_low"})
    assert refused.status_code == 422
    browser.post(target, {"kind": "withdraw", "revision": 1, "reason": "pay"})
    assert Decision.objects.get().reason == "pay"
    assert state(ada)["status"] == "withdrawn"


def test_the_letter_that_was_chosen_is_announced_with_the_rejection(ada, recruiter, browse):
    heard = []

    def listen(**news):
        heard.append(news["letter"])

    decided.connect(listen)
    try:
        page = browse(recruiter).get(tab(ada, "evidence")).content.decode()
        assert "No letter from Assay" in page
        fields = {"kind": "reject", "revision": 1, "reason": "level_too_low", "letter": "none"}
        screening = page.split('name="screening" value="')[1].split('"')[0]
        evidence = page.split('name="evidence" value="')[1].split('"')[0]
        fields |= {"screening": screening, "evidence": evidence}
        browse(recruiter).post(reverse("review:decide", args=[ada.pk]), fields)
    finally:
        decided.disconnect(listen)
    assert heard == [LetterChoice.NONE]
