"""The parts an answer is made of: their names, how each is worked out in words, and which inputs it rests on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComponentNote:
    """One part: its id, name, formula in words, and the ids of its inputs."""

    id: str
    label: str
    formula: str
    inputs: tuple[str, ...]


YEARLY = (
    ComponentNote("base", "Base pay", "base pay a year", ("base",)),
    ComponentNote("bonus", "Bonus", "base × bonus paid", ("base", "bonus")),
    ComponentNote(
        "contributions",
        "Employer's contributions",
        "what the law asks of the employer on base and bonus",
        ("base", "bonus", "contributions", "unemployment"),
    ),
    ComponentNote("benefits", "Insurance and retirement", "base × insurance and retirement", ("base", "benefits")),
    ComponentNote("management", "Manager's time", "base × manager's time", ("base", "management")),
    ComponentNote(
        "tools",
        "Tools and learning",
        "software + cloud + remote set-up + courses",
        ("software", "cloud", "remote", "learning"),
    ),
    ComponentNote(
        "equipment", "Equipment", "computer and desk × 12 ÷ months they last", ("equipment", "equipment_life")
    ),
)
_PAY = ("base", "bonus", "contributions", "unemployment", "benefits", "management", "growth")
_HOUR = ("base", "hours_year")
OWNERSHIP = (
    ComponentNote(
        "working",
        "Pay for work done",
        "base, bonus, contributions, benefits and manager's time for the months the seat is filled and at work, "
        "with a rise each anniversary",
        (*_PAY, "fill_weeks", "attrition"),
    ),
    ComponentNote(
        "ramp",
        "Pay during ramp and misfits",
        "the same pay for half of each ramp, and for what a misfit does not deliver",
        (*_PAY, "ramp", "misfit", "misfit_months", "misfit_output", "attrition"),
    ),
    ComponentNote(
        "tools",
        "Tools and learning",
        "software + cloud + remote set-up + courses, for the years the seat is filled",
        ("software", "cloud", "remote", "learning"),
    ),
    ComponentNote(
        "equipment",
        "Equipment",
        "computer and desk, bought at the start and whenever worn out",
        ("equipment", "equipment_life"),
    ),
    ComponentNote(
        "hiring",
        "Recruiting",
        "agency's fee × first year's base where an agency fills the seat, own recruiting where not",
        ("agency", "agency_fee", "own_recruiting", "base"),
    ),
    ComponentNote(
        "interviewing",
        "Interviewers' time",
        "candidates interviewed × hours each × cost of a colleague's hour",
        ("interviewed", "interview_hours", *_HOUR),
    ),
    ComponentNote(
        "onboarding",
        "Bringing somebody in",
        "colleagues' hours × cost of a colleague's hour",
        ("onboarding_hours", *_HOUR),
    ),
    ComponentNote(
        "replacement",
        "Filling the seat again",
        "expected leavers and misfits × recruiting, interviews and bringing in; for misfits also parting pay and work "
        "put right",
        ("attrition", "misfit", "severance", "rework", "agency", "agency_fee", "own_recruiting", "base"),
    ),
)
BUDGET = (
    ComponentNote(
        "salaries", "Salaries", "base pay of the months worked, with a rise each anniversary", ("base", "growth")
    ),
    ComponentNote(
        "on_top",
        "Paid on top",
        "bonus, contributions and benefits on those salaries",
        ("bonus", "contributions", "unemployment", "benefits", "growth"),
    ),
    ComponentNote(
        "tools",
        "Tools, equipment, learning",
        "tools and courses of the months worked; equipment when somebody starts and when it is worn out",
        ("software", "cloud", "remote", "learning", "equipment", "equipment_life"),
    ),
    ComponentNote(
        "hiring",
        "Hiring",
        "recruiting and interviews in the quarter somebody starts; colleagues bringing them in",
        ("agency", "agency_fee", "own_recruiting", "interviewed", "interview_hours", "onboarding_hours"),
    ),
    ComponentNote(
        "backfill",
        "Filling seats again",
        "expected leavers over the months worked and misfits over the first year × what filling a seat costs; nothing "
        "is taken off for the weeks a seat is empty",
        ("attrition", "misfit", "severance", "rework"),
    ),
    ComponentNote("contingency", "Reserve", "the sum of the above × reserve", ("contingency",)),
)
