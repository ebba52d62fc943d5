"""Parts with their explanation: formula, inputs, sources, and the grade of the weakest input they rest on."""

from collections.abc import Mapping

from assay.core.base.source import Source
from assay.core.market.cost.answer import Component, money_spread
from assay.core.market.cost.components import ComponentNote
from assay.core.market.cost.inputs import CostInput, Grade
from assay.core.market.cost.scenario import Scenario
from assay.core.market.draws import Array

_WEAKEST_FIRST = tuple(Grade)


def explain_parts(
    *, notes: tuple[ComponentNote, ...], parts: Mapping[str, Array], scenario: Scenario
) -> tuple[Component, ...]:
    """Return each part with its spread, its share of the sum at the mean, and what it rests on."""
    given = {one.id: one for one in (scenario.base, *scenario.inputs)}
    whole = sum(float(values.mean()) for values in parts.values())
    return tuple(
        _component(note, parts[note.id], whole, [given[name] for name in note.inputs if name in given], scenario)
        for note in notes
    )


def _component(
    note: ComponentNote, values: Array, whole: float, inputs: list[CostInput], scenario: Scenario
) -> Component:
    law = scenario.law if note.id in ("contributions", "on_top") else ()
    grades = [*(one.grade for one in inputs), *(line.grade for line in law)]
    origins = [*(one.sources for one in inputs), *(line.sources for line in law)]
    sources: dict[Source, None] = {source: None for origin in origins for source in origin}
    return Component(
        id=note.id,
        label=note.label,
        formula=note.formula,
        inputs=tuple(one.id for one in inputs),
        grade=min(grades, key=_WEAKEST_FIRST.index),
        sources=tuple(sources),
        cost=money_spread(values),
        share=float(values.mean()) / whole if whole else 0.0,
    )
