"""Load the reading limits and say where they come from."""

from datetime import date
from functools import cache
from importlib.resources import files

import msgspec
import yaml

Number = int | float


class LimitSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a number comes from; ``gives`` names the limits it stands for."""

    id: str
    title: str
    date: date
    gives: tuple[str, ...]
    url: str | None = None


class LimitsSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is: its version, date and sources, and the plain numbers by name."""

    version: str
    as_of: date
    about: str
    sources: tuple[LimitSource, ...]
    limits: dict[str, Number | dict[str, Number | list[str]]]


@cache
def load_limits() -> LimitsSheet:
    """Read ``limits.yaml``; raises ``msgspec.ValidationError`` when the shipped file is not in its own shape."""
    text = files("assay.knowledge.documents").joinpath("limits.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), LimitsSheet)
