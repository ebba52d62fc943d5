"""The question of the cost desk as typed, read into a scenario; what is wrong stands beside its field, all at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from assay.app.market.cost.base_pay import BasePay, base_from_market, own_base
from assay.app.market.cost.boxes import PREFIX, InputRow, read_inputs
from assay.app.market.cost.catalogue import Ask, build_scenario, default_rows, find_place, usual_question
from assay.app.market.cost.reading import month_of, read_month, read_number, read_starts
from assay.core.market.cost.inputs import CostError, CostInput
from assay.core.market.cost.scenario import Scenario
from assay.core.market.draws import DistributionError
from assay.platform.numbers import read_whole

BASE_BOXES = ("base_1", "base_2", "base_3")
QUESTION = (
    "family", "level", "metro", *BASE_BOXES, "place", "currency", "months", "headcount", "juniors", "opens", "starts",
    "seed",
)  # fmt: skip
_LONGEST = 400
_MOST_DIGITS = 19
_WHOLE = {"months": "Months", "headcount": "Seats", "juniors": "Juniors", "seed": "Seed"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as typed. ``scenario`` leaves what is wrong at its default, ``None`` when there is no base pay.

    ``state`` is the query string that asks the same again; ``errors`` are by field.
    """

    typed: Mapping[str, str]
    rows: tuple[InputRow, ...]
    errors: Mapping[str, str]
    scenario: Scenario | None
    base: BasePay | None
    state: str
    currency: str

    @property
    def changed(self) -> int:
        """How many inputs differ from their defaults."""
        return sum(row.is_changed for row in self.rows)

    @property
    def all_errors(self) -> dict[str, str]:
        """Everything that is wrong, by field or input id."""
        return {**self.errors, **{row.id: row.error for row in self.rows if row.error}}


@dataclass(slots=True)
class _Draft:
    """What has been read so far."""

    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


def read_question(*, fields: Mapping[str, str], today: date) -> Reading:
    """Read the form, or a query string. Fields that are not there stand at their defaults."""
    usual = usual_question(today=today)
    given = {name: _clean(value) for name, value in fields.items() if name in QUESTION or name.startswith(PREFIX)}
    draft = _Draft(typed={**usual, **given})
    if "family" not in given and any(draft.typed[name].strip() for name in BASE_BOXES):
        draft.typed["family"] = ""
    currency, defaults = _defaults(draft)
    before = _before(fields, defaults)
    inputs = read_inputs(defaults=defaults, before=before, typed=draft.typed, currency=currency)
    base = _base(draft, currency)
    ask = _ask(draft, base, today, currency)
    scenario = None
    if base is not None:
        scenario = _built(draft, replace(ask, changes=inputs.changes), today)
    return Reading(
        typed=draft.typed,
        rows=inputs.rows,
        errors=draft.errors,
        scenario=scenario,
        base=base,
        state=_state(draft.typed, usual, inputs.rows),
        currency=currency,
    )


def _defaults(draft: _Draft) -> tuple[str, tuple[CostInput, ...]]:
    """Return the currency and the inputs of the place; a place or currency that is wrong falls back."""
    for name, fallback in (("place", "US"), ("currency", "")):
        try:
            return default_rows(place=draft.typed["place"], currency=draft.typed["currency"])
        except CostError as error:
            draft.errors.setdefault(error.field, str(error))
            draft.typed[name if name == error.field else error.field] = fallback
    return default_rows(place="US", currency="")


def _before(fields: Mapping[str, str], defaults: tuple[CostInput, ...]) -> tuple[CostInput, ...]:
    """Return the defaults of the place that the form was made for, when it was another one."""
    try:
        return default_rows(place=_clean(fields["was_place"]), currency=_clean(fields.get("was_currency", "")))[1]
    except (KeyError, CostError):
        return defaults


def _base(draft: _Draft, currency: str) -> BasePay | None:
    typed = draft.typed
    texts = [typed[name].strip() for name in BASE_BOXES]
    try:
        if any(texts):
            return own_base(
                tuple(read_number(text=text, field="base", label="Base pay a year") for text in texts if text)
            )
        if not typed["family"].strip():
            raise CostError(field="base", message="Give the base pay a year, or choose titles to take posted pay.")
        place = find_place(place=typed["place"]).id
        return base_from_market(
            family=typed["family"], level=typed["level"], country=place, metro=typed["metro"], currency=currency
        )
    except CostError as error:
        draft.errors["place" if error.field == "country" else error.field] = str(error)
        return None


def _ask(draft: _Draft, base: BasePay | None, today: date, currency: str) -> Ask:
    typed = draft.typed
    opens = month_of(today=today)
    starts: tuple[int, ...] = ()
    try:
        opens = read_month(text=typed["opens"], field="opens")
        starts = read_starts(text=typed["starts"], opens=opens)
    except CostError as error:
        draft.errors[error.field] = str(error)
    numbers = {name: _whole(draft, name) for name in _WHOLE}
    found = base or own_base(())
    return Ask(
        base=found.points,
        from_market=found.from_market,
        base_sources=found.sources,
        base_note=found.note,
        opens=opens,
        place=typed["place"],
        currency=currency,
        months=numbers["months"],
        headcount=1 if numbers["headcount"] is None else numbers["headcount"],
        juniors=numbers["juniors"],
        starts=starts,
        seed=numbers["seed"],
    )


def _whole(draft: _Draft, name: str) -> int | None:
    text = draft.typed[name].strip()
    if not text:
        return None
    size = read_whole(text.removeprefix("-"), most_digits=_MOST_DIGITS)
    if size is None:
        draft.errors[name] = f"{_WHOLE[name]}: “{text[:40]}” is not a whole number."
        return None
    return -size if text.startswith("-") else size


def _built(draft: _Draft, ask: Ask, today: date) -> Scenario | None:
    """Build the scenario, putting whatever it refuses back to its default, once for each field."""
    plain = Ask(base=(), opens=month_of(today=today))
    for _ in range(len(QUESTION)):
        try:
            return build_scenario(ask=ask)
        except (CostError, DistributionError) as error:
            draft.errors[error.field] = str(error)
            if error.field == "base" or not hasattr(plain, error.field):
                return None
            ask = replace(ask, **{error.field: getattr(plain, error.field)})
    return None


def _state(typed: Mapping[str, str], usual: Mapping[str, str], rows: tuple[InputRow, ...]) -> str:
    question = {name: typed[name] for name in QUESTION if typed[name] != usual[name]}
    boxes = {box.name: box.text for row in rows if row.is_changed for box in row.boxes if box.text != box.usual}
    return urlencode({**question, **boxes})


def _clean(text: str) -> str:
    return text.replace("\0", "")[:_LONGEST]
