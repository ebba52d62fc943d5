"""Writing an advert: begun from what is known, saved part by part, fixed by a click, never written over."""

import pytest
from django.http import Http404
from tests.app.pipeline.cast import make_job
from tests.app.postings.adverts import TODAY, whole_advert, write

from assay.app.postings.actions.drafts import EditConflict, FixRequest, create_advert, fix_finding, save_part
from assay.app.postings.checking import check_draft
from assay.app.postings.intake_words import say_intake
from assay.app.postings.models import Advert
from assay.app.postings.queries import get_advert, latest_for_requisition, list_adverts
from assay.app.postings.starting import start_draft
from assay.app.postings.writing import LONGEST_PART, PartError, mark_of
from assay.app.requisitions.actions.drafts import create_requisition
from assay.app.requisitions.prefill import Prefill
from assay.app.roles.actions import adopt_role
from assay.app.roles.catalogue import get_role
from assay.core.postings.advert import SectionKey
from assay.core.postings.blanks import find_blanks
from assay.core.requisitions.draft import RequisitionDraft
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event

ABOUT = SectionKey.ABOUT


def text_of(actor, advert_id, key=ABOUT):
    return getattr(get_advert(actor=actor, advert_id=advert_id).draft.advert, key.value)


def test_an_advert_from_a_role_holds_its_bar_and_asks_what_nobody_said(recruiter):
    version = adopt_role(actor=recruiter, role_key="ml-engineer")
    view = get_advert(actor=recruiter, advert_id=create_advert(actor=recruiter, as_of=TODAY, role_version_id=version))
    advert = view.draft.advert
    assert advert.title and advert.must_haves and advert.outcomes_90_days
    assert view.role_version_id == version
    assert find_blanks(advert.challenge)


def test_an_advert_of_a_requisition_is_seen_by_those_who_see_the_requisition(manager, recruiter, viewer, account):
    draft = RequisitionDraft(title="Arrival times", problem="Buses come when nobody expects them.", headcount=3)
    requisition = create_requisition(actor=manager, draft=draft)
    advert_id = create_advert(actor=manager, as_of=TODAY, requisition_id=requisition)
    view = get_advert(actor=recruiter, advert_id=advert_id)
    assert view.draft.advert.terms.openings == 3
    assert "Buses come" in view.draft.advert.problem
    assert [row.id for row in list_adverts(actor=viewer)] == []
    with pytest.raises(Http404):
        get_advert(actor=viewer, advert_id=advert_id)
    result = latest_for_requisition(requisition_id=requisition)
    assert result is not None
    assert result.headline.startswith("Draft, ")
    assert result.facts == {"published": "no"}


def test_what_was_answered_about_the_problem_is_not_asked_again():
    said = say_intake({"data": ("tables", "text"), "latency_ms": 100.0, "team": ("nobody",), "remote": "remote_near"})
    assert said == {
        "data": "The data: tables, text",
        "performance": "An answer within 100 ms.",
        "team": "You would be the first on this",
        "time_zone": "Remote: four or more hours together every day",
    }
    draft = start_draft(role=get_role("ml-engineer"), known=Prefill(), answers={"latency_ms": 100.0}, as_of=TODAY)
    assert "within 100 ms." in draft.advert.challenge
    assert say_intake({}) == {}


def test_who_may_read_may_not_write(recruiter, viewer):
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    assert get_advert(actor=viewer, advert_id=advert_id).may_edit is False
    with pytest.raises(Forbidden):
        write(viewer, advert_id, ABOUT, text="Mine now.")
    with pytest.raises(Forbidden):
        create_advert(actor=viewer, as_of=TODAY)


def test_an_advert_of_a_confidential_job_is_nobody_elses_business(recruiter, manager, account):
    job = make_job(recruiter, is_confidential=True)
    advert_id = create_advert(actor=recruiter, as_of=TODAY, job_id=job.pk)
    assert list_adverts(actor=manager) == ()
    with pytest.raises(Http404):
        get_advert(actor=manager, advert_id=advert_id)


def test_two_people_in_the_same_part_get_a_conflict_with_both_texts_and_nothing_is_lost(recruiter, manager):
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    seen = mark_of("")
    write(recruiter, advert_id, ABOUT, base=seen, text="We run buses.")
    with pytest.raises(EditConflict) as caught:
        write(manager, advert_id, ABOUT, base=seen, text="We run trams.")
    assert (caught.value.theirs, caught.value.yours, caught.value.by) == ("We run buses.", "We run trams.", "Rita")
    assert text_of(recruiter, advert_id) == "We run buses."
    write(manager, advert_id, ABOUT, base=mark_of("We run buses."), text="We run trams.")
    assert text_of(recruiter, advert_id) == "We run trams."


def test_two_people_in_different_parts_do_not_disturb_each_other(recruiter, manager):
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    write(recruiter, advert_id, ABOUT, base=mark_of(""), text="We run buses.")
    write(manager, advert_id, SectionKey.GROWTH, base=mark_of(""), text="Ten days a year.")
    assert text_of(manager, advert_id) == "We run buses."
    assert text_of(manager, advert_id, SectionKey.GROWTH) == "Ten days a year."


def test_saving_what_stands_there_already_changes_nothing_whoever_does_it(recruiter, manager):
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    write(recruiter, advert_id, ABOUT, text="We run buses.")
    revision = Advert.objects.get(pk=advert_id).revision
    write(manager, advert_id, ABOUT, base="old", text="We run buses.\r\n")
    row = Advert.objects.get(pk=advert_id)
    assert (row.revision, row.updated_by_id) == (revision, recruiter.pk)


def test_the_audit_log_names_a_sitting_of_writing_once(recruiter, manager):
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    for word in ("We", "We run", "We run buses."):
        write(recruiter, advert_id, ABOUT, text=word)
    write(manager, advert_id, ABOUT, text="We run trams.")
    write(manager, advert_id, ABOUT, text="We run trams. And buses.")
    events = Event.objects.filter(object_type="advert", object_id=advert_id).order_by("sequence")
    assert [(event.verb, event.actor_id) for event in events] == [
        ("advert.begun", recruiter.pk),
        ("advert.edited", manager.pk),
    ]


def wish(shown: str, quote: str, rule_id: str, **changes) -> FixRequest:
    start = shown.index(quote)
    return FixRequest(rule_id, ABOUT, start, start + len(quote), quote, **changes)


def fixable(actor, advert_id):
    view = get_advert(actor=actor, advert_id=advert_id)
    found = check_draft(view.draft, role=None, as_of=TODAY).findings
    return next(one for one in found if one.section is ABOUT and one.replacement)


def test_a_fix_replaces_the_quoted_words_and_its_undo_brings_them_back(recruiter):
    text = "We want a rockstar here. You code."
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    write(recruiter, advert_id, ABOUT, text=text)
    finding = fixable(recruiter, advert_id)
    asked = wish(text, finding.quote, finding.rule_id)
    fixed = fix_finding(actor=recruiter, advert_id=advert_id, wanted=asked, base=mark_of(text), as_of=TODAY)
    assert fixed.is_applied
    assert text_of(recruiter, advert_id) == fixed.after == text.replace(finding.quote, finding.replacement)
    assert fixed.after[fixed.start : fixed.end] == finding.replacement
    write(recruiter, advert_id, ABOUT, base=mark_of(fixed.after), text=fixed.before)
    assert text_of(recruiter, advert_id) == text


def test_a_fix_finds_its_words_where_they_have_moved_and_saves_what_was_typed_with_it(recruiter):
    text = "We want a rockstar here. You code."
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    write(recruiter, advert_id, ABOUT, text=text)
    finding = fixable(recruiter, advert_id)
    typed = f"New words first. {text}"
    asked = wish(text, finding.quote, finding.rule_id, text=typed)
    fixed = fix_finding(actor=recruiter, advert_id=advert_id, wanted=asked, base=mark_of(text), as_of=TODAY)
    assert fixed.after == typed.replace(finding.quote, finding.replacement)


def test_a_fix_whose_words_are_gone_corrupts_nothing_and_keeps_what_was_typed(recruiter):
    text = "We want a rockstar here. You code."
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    write(recruiter, advert_id, ABOUT, text=text)
    finding = fixable(recruiter, advert_id)
    asked = wish(text, finding.quote, finding.rule_id, text="You only code.")
    fixed = fix_finding(actor=recruiter, advert_id=advert_id, wanted=asked, base=mark_of(text), as_of=TODAY)
    assert not fixed.is_applied
    assert text_of(recruiter, advert_id) == "You only code."


def test_a_part_that_is_too_long_is_refused_with_its_length(recruiter):
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    with pytest.raises(PartError, match=r"1,000,000"):
        write(recruiter, advert_id, ABOUT, text="x" * 1_000_000)
    write(recruiter, advert_id, ABOUT, text="é" * LONGEST_PART)
    saved = save_part(
        actor=recruiter,
        advert_id=advert_id,
        key=SectionKey.PAY,
        posted={"low": "9", "high": "x"},
        base=mark_of("low: \nhigh: \ncurrency: \nperiod: year\nbonus: \nequity: "),
        as_of=TODAY,
    )
    assert set(saved.errors) == {"high"}


def test_a_whole_advert_has_nothing_that_must_change(recruiter):
    row = Advert.objects.get(pk=whole_advert(recruiter))
    assert row.musts == 0
