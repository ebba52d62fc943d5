"""The demo's requests as data, checked when they are read."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml


class DemoBand(msgspec.Struct, frozen=True):
    """What a seat pays, and for an open job its title and the budget for a year."""

    family: str
    level: str
    country: str
    currency: str
    low: int
    high: int
    job: str = ""
    budget: Decimal = Decimal(0)


class DemoRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One request: its words, and what each desk was told, as far as it has come."""

    title: str
    problem: str
    team: str
    location: str
    reason: str
    headcount: int = 1
    budget: Decimal | None = None
    currency: str = "GBP"
    submitted: bool = False
    team_subject: str = ""
    readiness: Mapping[str, Mapping[str, int]] = {}
    intake: Mapping[str, Any] = {}
    band: DemoBand | None = None
    months: int = 24
    model: Mapping[str, Any] = {}
    chosen: str = ""
    advert: bool = False


class DemoAdvert(msgspec.Struct, frozen=True):
    """The advert of an open job: its parts as texts, and its facts as they are typed."""

    job: str
    texts: Mapping[str, str]
    facts: Mapping[str, Mapping[str, str]]


class DemoRequests(msgspec.Struct, frozen=True):
    """Everything that the demo company asked for."""

    version: str
    bands: list[DemoBand]
    requests: list[DemoRequest]
    advert: DemoAdvert


@cache
def load_requests() -> DemoRequests:
    """Read ``requests.yaml``; a wrong field raises ``msgspec.ValidationError`` that names it."""
    text = files("assay.runtime.demo").joinpath("requests.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), DemoRequests)
