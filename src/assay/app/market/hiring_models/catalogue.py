"""The hiring-model desk as a value, made from the knowledge files."""

from functools import cache
from pathlib import Path

from assay.core.market.draws import Distribution, DistributionError, Fixed, LogNormal, Pert, Uniform
from assay.core.market.hiring_models.contradictions import Conflicts, FactConflict, HorizonConflict, StatementPair
from assay.core.market.hiring_models.criteria import Criterion
from assay.core.market.hiring_models.desk import Desk
from assay.core.market.hiring_models.model import (
    Basis,
    Grade,
    HiringModel,
    Input,
    ModelError,
    Risk,
    RiskLevel,
    StatedPrice,
    StatedTime,
)
from assay.core.market.hiring_models.signals import Signal, Towards
from assay.core.market.hiring_models.stability import Shaking
from assay.core.market.hiring_models.vetoes import Condition, Fact, Operator, Veto
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.market.hiring_models.notes import (
    CriteriaSheet,
    InputNote,
    ModelNote,
    ModelSheet,
    SignalSheet,
    VetoSheet,
)
from assay.knowledge.market.hiring_models.sheets import load_hiring_models

_POINTS = {"fixed": 1, "uniform": 2, "pert": 3, "lognormal": 3}


@cache
def load_desk(folder: Path | None = None) -> Desk:
    """Return the desk; files in ``folder`` are used instead of the shipped ones of the same name.

    Raises ``KnowledgeError`` naming the file and what to put right.
    """
    knowledge = load_hiring_models(folder)
    models, criteria = knowledge.models, knowledge.criteria
    return Desk(
        version=knowledge.version,
        models=tuple(_model(note, models) for note in models.models),
        criteria=_criteria(criteria),
        themes=criteria.themes,
        facts=tuple(Fact(note.id, note.label, note.help, note.options) for note in knowledge.vetoes.facts),
        vetoes=_vetoes(knowledge.vetoes),
        conflicts=_conflicts(criteria),
        signals=_signals(knowledge.signals),
        shaking=Shaking(
            draws=criteria.stability.draws,
            concentration=criteria.stability.concentration,
            close_below=criteria.stability.close_below,
        ),
        largest_weight=criteria.largest_weight,
        productive_hours=models.productive_hours.value,
        base_spread=(models.base_spread.low, models.base_spread.high),
        rate_follows_base=models.rate_follows_base.value,
    )


def distribution_of(*, kind: str, values: tuple[float, ...]) -> Distribution:
    """Return the distribution of a kind with its values. Raises ``DistributionError`` when they do not fit."""
    if len(values) != _POINTS[kind]:
        raise DistributionError(field="values", message=f"{kind} takes {_POINTS[kind]} values, not {len(values)}.")
    if kind == "fixed":
        return Fixed(values[0])
    if kind == "uniform":
        return Uniform(values[0], values[1])
    if kind == "pert":
        return Pert(values[0], values[1], values[2])
    return LogNormal(values[0], values[2], values[1])


def _model(note: ModelNote, sheet: ModelSheet) -> HiringModel:
    try:
        return HiringModel(
            id=note.id,
            label=note.label,
            about=note.about,
            best_for=note.best_for,
            fact_ids=note.fact_ids,
            contract=note.contract,
            contract_label=sheet.contracts[note.contract].label,
            basis=Basis(note.basis),
            inputs={name: _input(name, one, note.id) for name, one in note.inputs.items()},
            risks=tuple(
                Risk(one.id, sheet.risk_kinds[one.id].label, RiskLevel(one.level), one.text, one.fact_ids)
                for one in note.risks
            ),
            stated_times=tuple(
                StatedTime(one.what, one.low, one.high, one.unit, one.starts, one.ends, one.source, Grade(one.grade))
                for one in note.stated_times
            ),
            stated_prices=tuple(
                StatedPrice(one.what, one.low, one.high, one.unit, one.basis, one.source, Grade(one.grade))
                for one in note.stated_prices
            ),
        )
    except ModelError as error:
        raise KnowledgeError(f"models.yaml: {error}") from error


def _input(name: str, note: InputNote, model: str) -> Input:
    try:
        distribution = distribution_of(kind=note.kind, values=note.values)
    except DistributionError as error:
        raise KnowledgeError(f"models.yaml: input {name} of {model}: {error}") from error
    return Input(name, note.label, distribution, note.unit, Grade(note.grade), note.source)


def _criteria(sheet: CriteriaSheet) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(note.id, note.label, note.theme, note.statement, note.because, note.fits, note.fact_ids)
        for note in sheet.criteria
    )


def _vetoes(sheet: VetoSheet) -> tuple[Veto, ...]:
    return tuple(
        Veto(
            id=note.id,
            label=note.label,
            models=note.models,
            conditions=tuple(
                Condition(fact, Operator(operator), (value,) if isinstance(value, str) else tuple(value))
                for fact, operator, value in note.when
            ),
            says=note.says,
            law=note.law,
            lifts=note.lifts,
            reference=note.reference,
        )
        for note in sheet.vetoes
    )


def _conflicts(sheet: CriteriaSheet) -> Conflicts:
    return Conflicts(
        pairs=tuple(StatementPair(one.first, one.second, one.least, one.message) for one in sheet.contradictions),
        horizons=tuple(
            HorizonConflict(one.statement, one.least, one.months, one.side == "above", one.message)
            for one in sheet.horizon_conflicts
        ),
        facts=tuple(
            FactConflict(one.statement, one.least, one.fact, one.value, one.message) for one in sheet.fact_conflicts
        ),
    )


def _signals(sheet: SignalSheet) -> tuple[Signal, ...]:
    return tuple(
        Signal(
            id=note.id,
            label=note.label,
            towards=Towards(note.towards),
            how=note.how,
            unit=note.unit,
            is_at_most=note.direction == "at_most",
            threshold=None if isinstance(note.threshold, str) else note.threshold,
            fact_ids=note.fact_ids,
        )
        for note in sheet.signals
    )
