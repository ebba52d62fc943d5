"""A small desk with plain numbers, for tests that reason about the rules and not about the field."""

from assay.core.market.draws import Fixed, LogNormal
from assay.core.market.hiring_models.contradictions import Conflicts, FactConflict, HorizonConflict, StatementPair
from assay.core.market.hiring_models.criteria import Criterion
from assay.core.market.hiring_models.desk import Desk, Question
from assay.core.market.hiring_models.model import NEEDED, Basis, Grade, HiringModel, Input
from assay.core.market.hiring_models.signals import Signal, Towards
from assay.core.market.hiring_models.stability import Shaking
from assay.core.market.hiring_models.vetoes import Condition, Fact, Operator, Veto

VALUES = {
    "search_weeks": 13.0, "ramp_months": 4.0, "efficiency": 1.0, "utilisation": 1.0, "leaving": 0.0, "gap_weeks": 0.0,
    "oversight": 0.0, "kept": 0.5, "loaded": 1.4, "equity": 0.0, "fee": 0.2, "rate": 100.0, "hours_week": 40.0,
    "weeks_year": 46.0, "platform": 0.0, "price_week": 1000.0, "price_month": 10000.0, "pay_ratio": 0.5,
    "contributions": 0.2, "fee_month": 500.0, "lead_share": 0.5, "pair_loss": 0.1,
}  # fmt: skip
BASES = {
    "full_time": Basis.EMPLOYEE,
    "freelance": Basis.HOURLY,
    "agency": Basis.MONTHLY,
    "managed": Basis.WEEKLY,
    "eor": Basis.ABROAD,
    "hybrid": Basis.MIX,
}
FITS = {
    "lasting": {"full_time": 2, "freelance": -2, "agency": -1, "managed": 0, "eor": 1, "hybrid": 1},
    "brief": {"full_time": -2, "freelance": 2, "agency": 1, "managed": 0, "eor": -1, "hybrid": 0},
    "cheap": {"full_time": -2, "freelance": 0, "agency": 0, "managed": 2, "eor": 1, "hybrid": 1},
}


def model(name: str, **values: float) -> HiringModel:
    numbers = VALUES | values
    inputs = {one: Input(one, one, Fixed(numbers[one]), "", Grade.ASSUMPTION, "a test") for one in NEEDED[BASES[name]]}
    return HiringModel(name, name.title(), "", "", (), "employee", "Contract", BASES[name], inputs, ())


ANSWERS = {"yes": "Yes", "no": "No"}
ABROAD = Condition("abroad", Operator.IS, ("yes",))
CLOSED = Condition("closed", Operator.IS_NOT, ("no",))
VETOES = (
    Veto("border", "Border", ("full_time", "freelance"), (ABROAD,), "No.", "Law 1", "Stay.", "F2"),
    Veto("both", "Both", ("managed",), (ABROAD, CLOSED), "No.", "Law 2", "Open it.", "F3"),
)


def criterion(name: str) -> Criterion:
    return Criterion(name, name.title(), "all", f"It is {name}.", "So.", FITS[name], ("F1",))


def desk(**changes: object) -> Desk:
    parts = {
        "version": "test 1",
        "models": tuple(model(name) for name in BASES),
        "criteria": tuple(criterion(name) for name in FITS),
        "themes": {"all": "All"},
        "facts": (Fact("abroad", "Abroad?", "", ANSWERS), Fact("closed", "Closed?", "", ANSWERS)),
        "vetoes": VETOES,
        "conflicts": Conflicts(
            (StatementPair("lasting", "brief", 0.75, "Both cannot be."),),
            (HorizonConflict("lasting", 0.75, 12, False, "Only {months}."),),
            (FactConflict("cheap", 0.75, "abroad", "no", "Cheap is abroad."),),
        ),
        "signals": (
            Signal("proven", "Proven", Towards.INSIDE, "Count.", "quarters", False, 2.0, ("F159",)),
            Signal("price", "Price", Towards.INSIDE, "Divide.", "USD", False, None, ("F159",)),
            Signal("empty", "Empty", Towards.OUTSIDE, "Count.", "weeks", False, 16.0, ("F250",)),
        ),
        "shaking": Shaking(draws=500, concentration=10, close_below=0.6),
        "largest_weight": 10.0,
        "productive_hours": 1840.0,
        "base_spread": (0.9, 1.1),
        "rate_follows_base": 0.6,
    }  # fmt: skip
    return Desk(**(parts | changes))  # type: ignore[arg-type]


def question(**changes: object) -> Question:
    parts = {
        "statements": {"lasting": 1.0},
        "facts": {"abroad": "no", "closed": "no"},
        "weights": {},
        "months": 24,
        "base": LogNormal(180_000, 220_000, 200_000),
        "changed": {},
        "thresholds": {},
        "seen": {},
    }
    return Question(**(parts | changes))  # type: ignore[arg-type]
