"""The first draft of an advert: built from a role and what the requisition's desks know, or left blank."""

from datetime import date

from django.conf import settings

from assay.app.postings.intake_words import say_intake, work_place_of
from assay.app.postings.writing import Draft
from assay.app.requisitions.prefill import Prefill
from assay.app.roles.vocabulary import load_vocabulary
from assay.core.postings.advert import Advert, Location, Pay, PayPeriod, Terms
from assay.core.postings.blanks import blank
from assay.core.postings.build import build_advert
from assay.core.roles.compiling.intake import Answers
from assay.core.roles.role import Role

_UNNAMED = "Assay"


def start_draft(*, role: Role | None, known: Prefill, answers: Answers, as_of: date) -> Draft:
    """Return the first draft. What nobody said stands in it as a question to the writer."""
    terms = Terms(
        organisation=_organisation(),
        locations=(Location(country=known.country, locality=_town(known)),) if known.country else (),
        work_place=work_place_of(answers),
        posted_on=as_of,
        openings=known.headcount or 1,
    )
    pay = Pay(low=known.base_low, high=known.base_high, currency=known.currency or "", period=PayPeriod.YEAR)
    if role is not None:
        labels = load_vocabulary().skills
        return Draft(build_advert(role=role, intake=say_intake(answers), pay=pay, terms=terms, skill_labels=labels))
    problem = known.problem or blank("Who has which problem today, and what would be better if it were solved?")
    return Draft(Advert(title=known.title or "New advert", problem=problem, pay=pay, terms=terms))


def _organisation() -> str:
    name = str(settings.ORGANISATION)
    return "" if name == _UNNAMED else name


def _town(known: Prefill) -> str:
    metro = known.metro or ""
    return metro.replace("-", " ").replace("_", " ").title() if metro.islower() else metro
