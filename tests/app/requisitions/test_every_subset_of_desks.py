"""A request opens whatever the desks have said so far: nothing, one of them, all of them."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.test import Client

from assay.app.market.cost.actions import save_scenario
from assay.app.market.hiring_models.actions import save_comparison
from assay.app.market.pay.actions import save_band
from assay.app.market.pay.answering import PayQuestion, answer_pay
from assay.app.market.pay.output import to_mapping
from assay.app.postings.actions.drafts import create_advert
from assay.app.readiness.actions.assessments import AssessmentDraft, start_assessment
from assay.app.readiness.actions.sheets import GivenAnswer, hand_in
from assay.app.readiness.questions import load_questionnaire
from assay.app.requisitions.actions.drafts import create_requisition
from assay.app.requisitions.desks import DESKS, desk_results
from assay.app.roles.actions import make_role
from assay.app.roles.compiler_rules import load_compiler_rules
from assay.core.market.pay.placing import Band
from assay.core.requisitions.draft import RequisitionDraft
from assay.core.roles.compiling.intake import read_answers
from assay.platform.accounts.models import User
from assay.runtime.demo.requests import DemoRequest, load_requests

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
Fill = Callable[[User, int], object]


def whole() -> DemoRequest:
    """Return the request of the demo that went to every desk."""
    return next(one for one in load_requests().requests if one.band is not None and one.intake)


def assess(actor: User, requisition_id: int) -> None:
    draft = AssessmentDraft(subject="Arrivals", team="Operations", people=(actor.pk,))
    made = start_assessment(actor=actor, draft=draft, requisition_id=requisition_id)
    given = tuple(GivenAnswer(one.id, True, 3, "", 0) for one in load_questionnaire().questions)
    hand_in(actor=actor, assessment_id=made, given=given)


def write_role(actor: User, requisition_id: int) -> None:
    answers = read_answers(questions=load_compiler_rules().questions, raw=whole().intake).answers
    make_role(actor=actor, answers=answers, requisition_id=requisition_id)


def price(actor: User, requisition_id: int) -> None:
    band = whole().band
    assert band is not None
    question = PayQuestion(
        family=band.family,
        level=band.level,
        country=band.country,
        currency=band.currency,
        band=Band(low=float(band.low), high=float(band.high)),
    )
    answer = answer_pay(question=question, own=(), today=TODAY)
    save_band(
        actor=actor,
        title="Arrivals",
        note="",
        answer=answer,
        benchmark=to_mapping(answer),
        requisition_id=requisition_id,
    )


def work_out(actor: User, requisition_id: int) -> None:
    state = "place=NL&currency=EUR&months=24&base_1=80000&base_2=90000&base_3=100000"
    save_scenario(actor=actor, title="", state=state, requisition_id=requisition_id, today=TODAY)


def compare(actor: User, requisition_id: int) -> None:
    asked = whole()
    save_comparison(
        actor=actor,
        content={"months": asked.months, **asked.model},
        title="Arrivals",
        chosen=asked.chosen,
        reason="",
        requisition_id=requisition_id,
    )


FILLS: Mapping[str, Fill] = {
    "ready": assess,
    "role": write_role,
    "market": price,
    "cost": work_out,
    "model": compare,
    "posting": lambda actor, requisition_id: create_advert(actor=actor, as_of=TODAY, requisition_id=requisition_id),
}


@pytest.mark.parametrize(
    "keys", [(), *((key,) for key in DESKS), tuple(DESKS)], ids=lambda keys: " ".join(keys) or "none"
)
def test_a_request_opens_with_any_of_the_desks_results(
    manager: User, browse: Callable[[User], Client], keys: tuple[str, ...]
) -> None:
    made = create_requisition(actor=manager, draft=RequisitionDraft("Arrivals", problem="They are wrong."))
    for key in keys:
        FILLS[key](manager, made)
    assert set(desk_results(requisition_id=made)) == set(keys)
    desk = browse(manager)
    for address in ("", "brief", "brief.pdf", "edit", "people"):
        assert desk.get(f"/requisitions/{made}/{address}").status_code == 200, address
    for address in ("/define/", "/requisitions/?show=all"):
        assert "Arrivals" in desk.get(address).content.decode()
