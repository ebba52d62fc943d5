"""A questionnaire small enough to think through: two dimensions of three questions, one hard stop, two conditions."""

from assay.core.base.source import Source
from assay.core.readiness.answers import Answer, Sheet
from assay.core.readiness.questionnaire import (
    Combining,
    ConditionRule,
    Dimension,
    HardStop,
    Lift,
    Person,
    Question,
    Questionnaire,
    Standing,
    VerdictRules,
)

SPONSOR = Person("sponsor", "Sponsor", "pays")
OWNER = Person("data_owner", "Data owner", "grants access")
FACT = Source("Facts of the field", "F013")


def question(key: str, dimension: str, weight: float = 1) -> Question:
    return Question(
        id=key,
        dimension=dimension,
        weight=weight,
        ask=f"How about {key}?",
        why="It matters.",
        levels=("none", "little", "some", "good", "very good"),
        example="For example.",
        knows_best=(OWNER,),
        lift=Lift(f"Mend {key}.", OWNER, 1, 2),
        sources=(FACT,),
        standing=Standing.JUDGEMENT,
    )


SMALL = Questionnaire(
    version="test",
    people=(SPONSOR, OWNER),
    dimensions=(
        Dimension("data", "The data", "Is there any?", prepare_below=1.5, hire_from=2.5),
        Dimension("team", "The team", "Is there one?", prepare_below=1.25, hire_from=2.5),
    ),
    questions=(
        question("access", "data", 2),
        question("history", "data"),
        question("quality", "data"),
        question("not_alone", "team", 2),
        question("review", "team"),
        question("partners", "team"),
    ),
    rules=VerdictRules(
        usual=Combining.LOWER_MEDIAN,
        at_hard_stop=Combining.LOWEST,
        talk_gap=2,
        minimum_answered=0.6,
        lift_to=3,
        most_conditions=2,
        most_actions=3,
        hard_stops=(HardStop("access", 0, "There is no way to the data.", (FACT,)),),
        conditions=(
            ConditionRule("history", 1, "Before the offer", (FACT,)),
            ConditionRule("not_alone", 1, "Before the first day", (FACT,)),
            ConditionRule("review", 0, "Before the first day", (FACT,)),
        ),
    ),
    sources=(FACT,),
)
IDS = tuple(one.id for one in SMALL.questions)


def sheet(respondent: str = "Ada", kind: Person | None = None, **levels: int | None) -> Sheet:
    return Sheet(respondent, {key: Answer(level) for key, level in levels.items()}, kind)


def every(level: int | None, **others: int | None) -> dict[str, int | None]:
    return {**dict.fromkeys(IDS, level), **others}
