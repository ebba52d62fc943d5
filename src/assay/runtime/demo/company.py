"""The demo company as data, checked when it is read."""

from functools import cache
from importlib.resources import files

import msgspec
import yaml


class Staff(msgspec.Struct, frozen=True):
    """One invented colleague and their role in the product."""

    name: str
    email: str
    role: str


class DemoJob(msgspec.Struct, frozen=True):
    """One job of the demo. ``mix`` counts the applicants of each kind."""

    role: str
    title: str
    location: str
    confidential: bool
    openings: int
    problem: str
    posting: str
    mix: dict[str, int]


class Bullets(msgspec.Struct, frozen=True):
    """Sentences for one kind of job: production work, partial work, side projects."""

    production: list[str]
    partial: list[str]
    projects: list[str]


class Company(msgspec.Struct, frozen=True):
    """Everything that the demo is made of."""

    organisation: str
    seed: int
    staff: list[Staff]
    jobs: list[DemoJob]
    first_names: list[str]
    last_names: list[str]
    towns: list[str]
    employers: list[str]
    schools: list[str]
    titles: dict[str, list[str]]
    bullets: dict[str, Bullets]
    shared: dict[str, list[str]]
    skills: dict[str, list[str]]


@cache
def load_company() -> Company:
    """Read ``company.yaml``; a wrong field raises ``msgspec.ValidationError`` that names it."""
    text = files("assay.runtime.demo").joinpath("company.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Company)
