"""The desk's form, read into answers; what was typed is kept, right or wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from assay.app.market.hiring_models.answers import DEFAULT_MONTHS, DEFAULT_SEED
from assay.core.market.hiring_models.desk import Desk
from assay.core.market.hiring_models.question import QuestionError

TRUTHS = (("0", "Not true"), ("0.5", "Partly"), ("1", "True"), ("", "Don't know"))
_LONGEST_FIELD = 60
_FIRST_TYPED = {"base": "base", "months": "months", "seed": "seed"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields, by their names: ``base``, ``months``, ``s.core``, ``f.place``, ``w.core``,
    ``c.freelance.rate`` (a number to change), ``t.proven_value`` (a threshold) and ``v.proven_value`` (what is seen).
    """

    fields: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return what stands in a field, nothing when it is empty."""
        return self.fields.get(name, "")

    def query(self) -> str:
        """Return the fields that are not empty as a query string, always in the same order."""
        query = QueryDict(mutable=True)
        for name in sorted(self.fields):
            if self.fields[name]:
                query[name] = self.fields[name]
        return query.urlencode()


def read_typed(*, fields: QueryDict, desk: Desk, known: Mapping[str, str]) -> Typed:
    """Return the desk's fields out of a query; ``known`` stands where a field was not sent at all."""
    names = {*_FIRST_TYPED}
    names |= {f"s.{one.id}" for one in desk.criteria} | {f"w.{one.id}" for one in desk.criteria}
    names |= {f"f.{one.id}" for one in desk.facts}
    names |= {f"c.{model.id}.{name}" for model in desk.models for name in model.inputs}
    names |= {f"{kind}.{one.id}" for one in desk.signals for kind in "tv"}
    sent = {name: str(fields.get(name, "")) for name in names if name in fields}
    typed = {name: value.replace("\0", "").strip()[:_LONGEST_FIELD] for name, value in sent.items()}
    return Typed({**{name: value for name, value in known.items() if value and name not in typed}, **typed})


def answers_of(*, typed: Typed) -> dict[str, Any]:
    """Return the fields as a mapping of answers. Raises ``QuestionError`` naming a field that holds no number."""
    content: dict[str, Any] = {
        "base": _number(typed, "base", "Base pay", 0.0),
        "months": round(_number(typed, "months", "The horizon", DEFAULT_MONTHS)),
        "seed": round(_number(typed, "seed", "The seed", DEFAULT_SEED)),
        "statements": {name: value for name, value in _group(typed, "s.").items() if value},
        "facts": {name: value for name, value in _group(typed, "f.").items() if value},
        "weights": _numbers(typed, "w."),
        "change": _numbers(typed, "c."),
    }
    signals: dict[str, dict[str, float]] = {}
    for prefix, key in (("t.", "threshold"), ("v.", "seen")):
        for name, value in _numbers(typed, prefix).items():
            signals.setdefault(name, {})[key] = value
    content["signals"] = signals
    return content


def fields_of(*, content: Mapping[str, Any]) -> dict[str, str]:
    """Return answers as the desk's fields, to go on from an answer that was kept."""
    base = content.get("base", "")
    fields = {
        "base": f"{base[1] if isinstance(base, list) else base:g}" if base else "",
        "months": str(content.get("months", DEFAULT_MONTHS)),
        "seed": str(content.get("seed", DEFAULT_SEED)),
    }
    for prefix, key in (("s.", "statements"), ("f.", "facts"), ("w.", "weights"), ("c.", "change")):
        fields |= {f"{prefix}{name}": _written(value) for name, value in content.get(key, {}).items()}
    for name, one in content.get("signals", {}).items():
        fields |= {f"t.{name}": _written(one.get("threshold")), f"v.{name}": _written(one.get("seen"))}
    return {name: value for name, value in fields.items() if value}


def _written(value: object) -> str:
    if isinstance(value, list):
        return _written(value[1])
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


def _group(typed: Typed, prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in typed.fields.items() if name.startswith(prefix)}


def _numbers(typed: Typed, prefix: str) -> dict[str, float]:
    return {name: _number(typed, prefix + name, "This", 0.0) for name, value in _group(typed, prefix).items() if value}


def _number(typed: Typed, name: str, label: str, default: float) -> float:
    text = typed.get(name).replace(",", "").replace("\u202f", "").replace(" ", "").replace("_", "")
    if not text:
        return default
    try:
        value = float(text)
        round(value)
    except (ValueError, OverflowError):
        message = f"{label} is not a number: “{typed.get(name)}”. Write digits, such as 150 or 0.5."
        raise QuestionError(field=name, message=message) from None
    return value
