"""A model that is ruled out, or that waits for an answer, is never announced without the word."""

from dataclasses import replace

import pytest

from assay.app.market.hiring_models.actions import save_comparison
from assay.app.market.hiring_models.answers import ask
from assay.app.market.hiring_models.catalogue import load_desk
from assay.app.market.hiring_models.output import to_text
from assay.app.market.hiring_models.queries import get_comparison, latest_for_requisition, list_comparisons
from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.core.market.hiring_models.comparison import compare_models
from assay.platform.access.roles import RequisitionSeat

OPEN = {"base": 203000, "months": 24, "statements": {"core": "yes", "long_horizon": "yes"}, "facts": {}}
CLOSED = {**OPEN, "facts": {"abroad": "no", "sanctioned": "no", "readiness": "hire"}}


def compared(content):
    asked = ask(content=content, desk=load_desk())
    return compare_models(desk=load_desk(), question=asked.question, seed=asked.seed)


def waiting_and_vetoed(comparison):
    found = {one.standing.status.value: one for one in comparison.ranking}
    return found["needs_answer"], found["vetoed"]


def test_the_command_says_that_the_first_model_still_waits_for_an_answer():
    comparison = compared(OPEN)
    first = comparison.ranking[0]
    assert first.standing.missing
    assert f"{first.label} (needs your answer)" in to_text(comparison=comparison, desk=load_desk()).split("\n\n")[0]


@pytest.mark.django_db
def test_the_page_says_it_in_its_heading_and_in_the_line_that_follows_the_form(hanna, browse):
    first = compared(OPEN).ranking[0]
    page = browse(hanna).get("/market/model/?base=203000&months=24&s.core=1&s.long_horizon=1").content.decode()
    assert f"<h2>{first.label} (needs your answer)" in page
    now = page.split('id="model-now"')[1].split("</p>")[0]
    assert f"{first.label} (needs your answer)" in now


@pytest.mark.django_db
def test_a_choice_that_was_ruled_out_or_open_keeps_the_word_wherever_it_is_listed(hanna, browse):
    waiting, vetoed = waiting_and_vetoed(compared(CLOSED))
    wanted = Requisition.objects.create(code="REQ-1", title="Ranking", created_by=hanna)
    RequisitionMember.objects.create(requisition=wanted, user=hanna, seat=RequisitionSeat.OWNER)
    for one, word in ((waiting, "needs your answer"), (vetoed, "ruled out")):
        number = save_comparison(
            actor=hanna, content=CLOSED, title="Seat", chosen=one.model, reason="So it is.", requisition_id=wanted.pk
        )
        said = f"{one.label} ({word})"
        assert list_comparisons(actor=hanna)[0].chosen == said
        assert get_comparison(actor=hanna, comparison_id=number).row.chosen == said
        assert latest_for_requisition(requisition_id=wanted.pk).headline == said
        assert f"Chosen: {said}." in browse(hanna).get(f"/market/model/{number}/").content.decode()


def test_a_clear_model_is_named_plainly():
    clear = next(one for one in compared(CLOSED).ranking if one.standing.status == "clear")
    assert clear.announced == clear.label
    assert replace(clear, standing=waiting_and_vetoed(compared(CLOSED))[1].standing).announced.endswith("(ruled out)")
