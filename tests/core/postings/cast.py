"""A good advert, and changes of it, for the tests of postings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assay.app.postings.rules import load_rules
from assay.core.postings.advert import Advert, EmploymentType, Location, Pay, SectionKey, Terms, WorkPlace, with_section
from assay.core.postings.check import Circumstances, check_advert, check_text
from assay.core.postings.finding import CheckResult, Finding
from assay.core.roles.role import Role

TODAY = date(2026, 11, 21)
GOOD = Advert(
    title="Machine Learning Engineer, delivery times",
    problem="Customers of our bakeries wait because the promised time is wrong one day in five. You make it right.",
    challenge="9 million trips with gaps; a forecasting model that must answer in 80 ms erring by under 8 minutes.",
    stage_and_scale="The first version is live. We are scaling it from 140 shops to 600, and to 90,000 requests a day.",
    responsibilities=(
        "Rebuild the features that describe traffic and weather, together with the two people who own the data",
        "Run the weekly retraining and the gate before it, and say when a new model is not good enough to go out",
        "Watch the live errors and answer for them, one week in four, with the on-call week paid extra",
    ),
    must_haves=("Has put a model into production", "Writes Python that other people maintain"),
    nice_to_haves=("Has worked with maps",),
    outcomes_90_days=(
        "Day 30: ships one repair of the features",
        "Day 90: the error in new streets is a fifth lower",
    ),
    honest_challenges="There is no feature store, labels for late trips are noisy, and half of the tests are missing.",
    growth="Ten days a year for learning and one conference. The next step is to lead the group of three.",
    remote_and_time_zone="Hybrid: two days a week in Lisbon. We share 10:00 to 15:00 WET and write decisions down.",
    benefits=("26 days of leave", "Health insurance", "A pension plan"),
    how_we_hire="A call, a paid task of two hours, one talk about it. You hear from us within five working days.",
    about="We bring bread to doors in six towns. There are 80 of us, nine of them engineers.",
    pay=Pay(low=Decimal(62_000), high=Decimal(78_000), currency="EUR", bonus="Up to 5% a year."),
    terms=Terms(
        organisation="Brot & Sons",
        organisation_url="https://brot.example",
        locations=(Location(country="PT", locality="Lisbon"),),
        work_place=WorkPlace.HYBRID,
        employment_type=EmploymentType.FULL_TIME,
        posted_on=date(2026, 11, 20),
        apply_by=date(2027, 1, 15),
        how_to_apply="Send a CV, no letter is needed.",
        apply_url="https://brot.example/apply/7",
        reference="ML-7",
        is_existing_vacancy=True,
        software_statement="Software sorts applications; a person reads every one.",
    ),
)


def written(key: SectionKey, text: str) -> Advert:
    """The good advert with one section replaced."""
    return with_section(advert=GOOD, key=key, text=text)


def placed(*places: str, remote: bool = True, **terms: object) -> Advert:
    """The good advert as a remote job that people may do from these places."""
    changed = replace(
        GOOD.terms, locations=(), work_place=WorkPlace.REMOTE if remote else WorkPlace.ON_SITE, applicants_from=places
    )
    return replace(GOOD, terms=replace(changed, **terms))  # type: ignore[arg-type]


def check(advert: Advert, role: Role | None = None, **circumstances: object) -> CheckResult:
    """Check an advert today."""
    told = Circumstances(**circumstances)  # type: ignore[arg-type]
    return check_advert(advert=advert, rules=load_rules(), role=role, as_of=TODAY, circumstances=told)


def lint(text: str, as_of: date = TODAY, role: Role | None = None, **circumstances: object) -> CheckResult:
    """Check a pasted text."""
    told = Circumstances(**circumstances)  # type: ignore[arg-type]
    return check_text(text=text, rules=load_rules(), as_of=as_of, role=role, circumstances=told)


def rules_of(result: CheckResult) -> set[str]:
    """The ids of the rules that found something."""
    return {finding.rule_id for finding in result.findings}


def found(result: CheckResult, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in result.findings if finding.rule_id == rule]
