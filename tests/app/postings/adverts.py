"""What tests of adverts share: a whole advert in which nothing must change, saved part by part as people do."""

from datetime import date

from assay.app.postings.actions.drafts import create_advert, save_part
from assay.app.postings.queries import get_advert
from assay.app.postings.writing import mark_of, part_text
from assay.core.postings.advert import SectionKey
from assay.platform.accounts.models import User

TODAY = date(2026, 11, 21)
WORDS = {
    SectionKey.TITLE: "Machine learning engineer, arrival times",
    SectionKey.PROBLEM: "Our buses arrive when nobody expects them. Two million riders a day wait too long for it.",
    SectionKey.CHALLENGE: "You will predict arrivals for 40,000 stops from a year of positions, in under 100 ms.",
    SectionKey.STAGE_AND_SCALE: "A first model runs for one town. You will bring it to nine more.",
    SectionKey.RESPONSIBILITIES: "Train and serve the arrival model\nWatch it and repair it with two colleagues",
    SectionKey.MUST_HAVES: "You have put a model into production\nYou have watched one there and repaired it",
    SectionKey.OUTCOMES_90_DAYS: "By day 30: one release\nBy day 90: half the error in one more town",
    SectionKey.HONEST_CHALLENGES: "Positions of older buses are missing for hours, and tests are few.",
    SectionKey.GROWTH: "Ten days a year and a budget to learn, and a say in what comes next.",
    SectionKey.REMOTE_AND_TIME_ZONE: "Two days a week in Utrecht, the rest where you like in the Netherlands. CET.",
    SectionKey.BENEFITS: "28 days of leave\nPension, half of it paid by us",
    SectionKey.HOW_WE_HIRE: "A talk of 30 minutes, a paid task of three hours, a day with us. Two weeks in all.",
    SectionKey.HOW_TO_APPLY: "Send a résumé to jobs@bus.example. You hear from us within five days.",
    SectionKey.ABOUT: "We run the buses of nine towns. We are 400 people.",
}
FACTS = {
    SectionKey.PAY: {"low": "72000", "high": "88000", "currency": "EUR", "period": "year", "bonus": "No bonus."},
    SectionKey.PLACES: {"work_place": "hybrid", "locations": "Utrecht, NL"},
    SectionKey.TERMS: {
        "organisation": "Bus Company",
        "employment_type": "FULL_TIME",
        "apply_by": "2027-01-31",
        "apply_url": "https://bus.example/apply",
        "openings": "1",
        "is_existing_vacancy": "yes",
        "screens": "no",
        "employees": "400",
    },
}


def write(actor: User, advert_id: int, key: SectionKey, *, base: str | None = None, **posted: str) -> None:
    """Save one part as the desk does; ``base`` defaults to the mark of what stands there."""
    mark = mark_of(part_text(get_advert(actor=actor, advert_id=advert_id).draft, key)) if base is None else base
    save_part(actor=actor, advert_id=advert_id, key=key, posted=posted, base=mark, as_of=TODAY)


def whole_advert(actor: User, *, requisition_id: int | None = None, job_id: int | None = None) -> int:
    """Write an advert in which nothing must change and return its id."""
    advert_id = create_advert(actor=actor, as_of=TODAY, requisition_id=requisition_id, job_id=job_id)
    for key, text in WORDS.items():
        write(actor, advert_id, key, text=text)
    for key, posted in FACTS.items():
        write(actor, advert_id, key, **posted)
    write(actor, advert_id, SectionKey.NICE_TO_HAVES, text="")
    return advert_id
