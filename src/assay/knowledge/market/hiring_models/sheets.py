"""Read the four files on hiring models, and make sure that they agree with each other."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from assay.knowledge.loading import KnowledgeError, Sheet, folder_file, read_sheet
from assay.knowledge.market.hiring_models.notes import (
    CriteriaSheet,
    HiringModelKnowledge,
    ModelSheet,
    SignalSheet,
    VetoSheet,
)

_HERE = Path(__file__).parent


@cache
def load_hiring_models(folder: Path | None = None) -> HiringModelKnowledge:
    """Read the four files; those in ``folder`` are used instead of the shipped ones of the same name.

    Raises ``KnowledgeError`` naming the file and what to put right.
    """
    models = _read("models.yaml", ModelSheet, folder)
    criteria = _read("criteria.yaml", CriteriaSheet, folder)
    vetoes = _read("vetoes.yaml", VetoSheet, folder)
    signals = _read("signals.yaml", SignalSheet, folder)
    version = " ".join(
        f"{name} {sheet.version}"
        for name, sheet in (("models", models), ("criteria", criteria), ("vetoes", vetoes), ("signals", signals))
    )
    _check_models(models)
    _check_criteria(criteria, {model.id for model in models.models})
    _check_vetoes(vetoes, {model.id for model in models.models})
    _unique("signals.yaml", "signal", (note.id for note in signals.signals))
    return HiringModelKnowledge(version=version, models=models, criteria=criteria, vetoes=vetoes, signals=signals)


def _read(name: str, shape: type[Sheet], folder: Path | None) -> Sheet:
    return read_sheet(path=folder_file(name=name, shipped=_HERE, override=folder), shape=shape)


def _check_models(sheet: ModelSheet) -> None:
    _unique("models.yaml", "model", (model.id for model in sheet.models))
    for model in sheet.models:
        _known("models.yaml", f"contract of {model.id}", {model.contract}, set(sheet.contracts))
        _known("models.yaml", f"risks of {model.id}", {risk.id for risk in model.risks}, set(sheet.risk_kinds))


def _check_criteria(sheet: CriteriaSheet, models: set[str]) -> None:
    _unique("criteria.yaml", "criterion", (note.id for note in sheet.criteria))
    known = {note.id for note in sheet.criteria}
    _known("criteria.yaml", "themes", {note.theme for note in sheet.criteria}, set(sheet.themes))
    for note in sheet.criteria:
        if set(note.fits) != models or not all(-2 <= fit <= 2 for fit in note.fits.values()):
            message = f"criterion {note.id!r} needs one fit from -2 to 2 for each of: {', '.join(sorted(models))}."
            raise KnowledgeError(f"criteria.yaml: {message}")
    pairs = {name for note in sheet.contradictions for name in (note.first, note.second)}
    others = {note.statement for note in sheet.horizon_conflicts} | {note.statement for note in sheet.fact_conflicts}
    _known("criteria.yaml", "contradictions and conflicts", pairs | others, known)


def _check_vetoes(sheet: VetoSheet, models: set[str]) -> None:
    _unique("vetoes.yaml", "fact", (fact.id for fact in sheet.facts))
    _unique("vetoes.yaml", "veto", (veto.id for veto in sheet.vetoes))
    options = {fact.id: set(fact.options) for fact in sheet.facts}
    for veto in sheet.vetoes:
        _known("vetoes.yaml", f"models of veto {veto.id}", set(veto.models), models)
        for fact, _, value in veto.when:
            _known("vetoes.yaml", f"facts of veto {veto.id}", {fact}, set(options))
            values = {value} if isinstance(value, str) else set(value)
            _known("vetoes.yaml", f"values of {fact} in veto {veto.id}", values, options[fact])


def _unique(file: str, kind: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise KnowledgeError(f"{file}: {kind} {one!r} stands there twice. Rename or remove one.")
        seen.add(one)


def _known(file: str, place: str, used: set[str], known: set[str]) -> None:
    if strange := sorted(used - known):
        raise KnowledgeError(f"{file}: {place}: {', '.join(strange)} is not known. Known: {', '.join(sorted(known))}.")
