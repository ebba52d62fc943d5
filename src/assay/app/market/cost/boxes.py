"""The inputs as rows of a form: what stands in their boxes, what is said about them, what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assay.app.market.cost.reading import read_number
from assay.core.base.source import Source
from assay.core.market.cost.inputs import CostError, CostInput, Unit, change_input, spread_words
from assay.core.market.draws import Chance, Distribution, Fixed, LogNormal, Pert, Uniform, round_figures

PREFIX = "in_"
_NAMES: Mapping[type[Distribution], tuple[str, ...]] = {
    Fixed: ("value",),
    Chance: ("chance",),
    Uniform: ("low", "high"),
    Pert: ("low", "likeliest", "high"),
    LogNormal: ("a tenth below", "half below", "a tenth above"),
}
_SUFFIX = {
    Unit.SHARE: "% of base",
    Unit.FRACTION: "%",
    Unit.RATE: "% a year",
    Unit.CHANCE: "%",
    Unit.MULTIPLE: "× base",
    Unit.MONTHS: "months",
    Unit.WEEKS: "weeks",
    Unit.HOURS: "hours",
    Unit.COUNT: "people",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One number of an input in the form; ``usual`` is what stands there when nothing was changed."""

    name: str
    label: str
    text: str
    usual: str


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input in the form; ``error`` is empty when what was typed makes sense."""

    id: str
    label: str
    group: str
    suffix: str
    boxes: tuple[Box, ...]
    words: str
    grade: str
    grade_label: str
    sources: tuple[Source, ...]
    note: str
    is_changed: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class ReadInputs:
    """The inputs as typed: rows for the form, the numbers of those that were changed and make sense."""

    rows: tuple[InputRow, ...]
    changes: Mapping[str, tuple[float, ...]]


def read_inputs(
    *, defaults: Iterable[CostInput], before: Iterable[CostInput], typed: Mapping[str, str], currency: str
) -> ReadInputs:
    """Read every input's boxes. What equals its default, or its default ``before`` the place changed, is unchanged."""
    earlier = {one.id: one for one in before}
    changes: dict[str, tuple[float, ...]] = {}
    rows = []
    for given in defaults:
        row, values = _read(given, earlier.get(given.id, given), typed, currency)
        rows.append(row)
        if values is not None:
            changes[given.id] = values
    return ReadInputs(rows=tuple(rows), changes=changes)


def box_text(value: float, unit: Unit) -> str:
    """Return a number as it stands in a box: per cent without the sign, money without the currency."""
    if unit.is_percent:
        return f"{round_figures(100 * value, figures=4):g}"
    return f"{value:,.0f}" if unit.is_money else f"{round_figures(value, figures=6):g}"


def _read(
    given: CostInput, earlier: CostInput, typed: Mapping[str, str], currency: str
) -> tuple[InputRow, tuple[float, ...] | None]:
    usual = [box_text(point, given.unit) for point in given.points]
    names = [f"{PREFIX}{given.id}_{number}" for number in range(1, len(usual) + 1)]
    before = [box_text(point, earlier.unit) for point in earlier.points]
    texts = [typed.get(name, "").strip() or default for name, default in zip(names, usual, strict=True)]
    if len(before) == len(usual) and all(text in pair for text, *pair in zip(texts, usual, before, strict=True)):
        return _row(given, _boxes(given, names, usual, usual), currency), None
    boxes = _boxes(given, names, texts, usual)
    try:
        values = tuple(_value(text, given) for text in texts)
        changed = change_input(given=given, values=values[:1] if len(set(values)) == 1 else values)
    except CostError as error:
        return _row(given, boxes, currency, is_changed=True, error=str(error)), None
    return _row(changed, boxes, currency, is_changed=True), changed.points


def _value(text: str, given: CostInput) -> float:
    value = read_number(text=text, field=given.id, label=given.label)
    return value / 100 if given.unit.is_percent and not text.endswith("%") else value


def _boxes(given: CostInput, names: list[str], texts: list[str], usual: list[str]) -> tuple[Box, ...]:
    labels = _NAMES[type(given.distribution)]
    return tuple(Box(*parts) for parts in zip(names, labels, texts, usual, strict=True))


def _row(
    given: CostInput, boxes: tuple[Box, ...], currency: str, *, is_changed: bool = False, error: str = ""
) -> InputRow:
    money = currency if given.unit is Unit.MONEY else f"{currency} a year"
    return InputRow(
        id=given.id,
        label=given.label,
        group=given.group,
        suffix=money if given.unit.is_money else _SUFFIX[given.unit],
        boxes=boxes,
        words=spread_words(given=given, currency=currency),
        grade=given.grade.value,
        grade_label=given.grade.label,
        sources=given.sources,
        note=given.note,
        is_changed=is_changed,
        error=error,
    )
