"""One of each thing that the desks keep, so that every address of theirs leads somewhere."""

from collections.abc import Sequence

from django.utils import timezone
from tests.app.postings.adverts import whole_advert

from assay.app.market.cost.actions import save_scenario
from assay.app.market.hiring_models.actions import save_comparison
from assay.app.market.pay.actions import save_band
from assay.app.market.pay.answering import PayQuestion, answer_pay
from assay.app.market.pay.output import to_mapping
from assay.app.postings.actions.publishing import Wish, publish
from assay.app.postings.models import Advert, Publication
from assay.app.readiness.actions.assessments import AssessmentDraft, start_assessment
from assay.app.roles.actions import keep_intake
from assay.core.market.pay.placing import Band
from assay.platform.accounts.models import User

COST = "place=NL&currency=EUR&months=24&base_1=80000&base_2=90000&base_3=100000"


def make_desk_things(owner: User, *, people: Sequence[User], requisition_id: int | None = None) -> dict[str, object]:
    """Make them as ``owner``, with everybody in ``people`` asked about readiness; named as the addresses name them."""
    today = timezone.localdate()
    advert_id = whole_advert(owner, requisition_id=requisition_id)
    wish = Wish(Advert.objects.get(pk=advert_id).revision, is_confirmed=True)
    publish(actor=owner, advert_id=advert_id, wish=wish, as_of=today)
    asked = AssessmentDraft(subject="Arrival times", team="", people=tuple(person.pk for person in people))
    return {
        "assessment_id": start_assessment(actor=owner, draft=asked, requisition_id=requisition_id),
        "intake_id": keep_intake(actor=owner, answers={"goal": "product"}, requisition_id=requisition_id),
        "band_id": _band(owner, requisition_id),
        "scenario_id": save_scenario(
            actor=owner, title="A seat", state=COST, requisition_id=requisition_id, today=today
        ),
        "comparison_id": save_comparison(
            actor=owner,
            content={"base": 90000},
            title="A seat",
            chosen="full_time",
            reason="Ours.",
            requisition_id=requisition_id,
        ),
        "advert_id": advert_id,
        "slug": Publication.objects.get(advert=advert_id).slug,
    }


def _band(owner: User, requisition_id: int | None) -> int:
    question = PayQuestion("ml-engineer", "senior", "NL", currency="EUR", band=Band(80_000.0, 100_000.0))
    answer = answer_pay(question=question, own=(), today=timezone.localdate())
    return save_band(
        actor=owner,
        title="ML engineer",
        note="",
        answer=answer,
        benchmark=to_mapping(answer),
        requisition_id=requisition_id,
    )
