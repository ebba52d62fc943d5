"""What the demo's people did and when, as data, checked when it is read."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import yaml

_Decided = Literal["advance", "move", "reject", "hold", "slip", "withdraw"]
_Said = Literal["arrange", "card", "mail", "reply", "ask", "explain"]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happened to an applicant at a moment; ``days.Days`` says how moments are written.

    ``to`` is a stage. ``talk`` counts the interviews of the job's plan. ``on`` is when an interview takes place.
    ``who`` holds roles: the panel of an interview, the author of a card, who explains. ``why`` is a reason as the
    product knows it, ``text`` are somebody's words and ``about`` the subject of a letter or the kind of a clock.
    """

    at: str
    do: _Decided | _Said
    to: str = ""
    talk: int = 0
    on: str = ""
    who: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    why: str = ""
    about: str = ""
    text: str = ""
    days: int = 0


class Applicant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One applicant: which sort of history, in which form it came (empty for any), and what happened then."""

    kind: str
    form: str = ""
    steps: tuple[Step, ...] = ()


class Import(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Applicants whom the recruiter brought in together, and from where."""

    at: str
    source: str
    people: tuple[Applicant, ...]


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An applicant who filled in the form of the careers page."""

    at: str
    who: Applicant


class JobStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one job went: opened, its band approved, interviews planned, applicants. ``draft`` is when
    an import is begun that nobody has started. ``twin`` is when somebody applies once more under another address."""

    job: str
    opened: str
    approved: tuple[str, str]
    planned: str
    draft: str
    published: str = ""
    twin: str = ""
    imports: tuple[Import, ...] = ()
    sent: tuple[Sent, ...] = ()


class RequestStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a request was begun, answered by each person, taken through the desks, and handed in for approval."""

    begun: str
    answered: Mapping[str, str]
    worked_out: str
    submitted: str
    approved: str


class Story(msgspec.Struct, frozen=True):
    """Everything that happened. ``first_day`` is how many working days ago the staff came."""

    version: str
    first_day: int
    requests: Mapping[str, RequestStory]
    jobs: tuple[JobStory, ...]


@cache
def load_story() -> Story:
    """Read ``story.yaml``; a wrong field raises ``msgspec.ValidationError`` that names it."""
    text = files("assay.runtime.demo").joinpath("story.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Story)
