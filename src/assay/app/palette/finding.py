"""What somebody who types a few letters may mean: places, actions, jobs, people, requests, facts.

``>`` asks for actions alone, ``@`` for people alone, ``#17`` for an application by its number. Everything found is
something the asker may open: each source is the same query that its own page uses.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from assay.app.pipeline.queries.finding import find_application_name, find_by_name, find_jobs
from assay.app.requisitions.finding import find_requisitions
from assay.app.ui.shell import ShellItem, url_or_empty
from assay.knowledge.facts.sheets import load_facts
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.numbers import read_id
from assay.platform.text import clean_line

LONGEST = 80
MOST_EACH = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to open: its words, a note beside them, its icon and address."""

    label: str
    note: str
    icon: str
    href: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits under one heading."""

    title: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Deed:
    """Something that can be begun: words, icon, the page it begins on, and who may."""

    label: str
    icon: str
    page: str
    action: Action


_DEEDS = (
    _Deed("Define a new request to hire", "compass", "requisitions:define", Action.EDIT_PLANS),
    _Deed("Open a new job", "plus", "pipeline:new_job", Action.OPEN_JOB),
    _Deed("Compile a role from a problem", "scale", "roles:compile", Action.SEE_PLANS),
    _Deed("Look up pay", "banknote", "market:pay", Action.SEE_PLANS),
    _Deed("Work out what a seat costs", "calculator", "market:cost", Action.SEE_PLANS),
    _Deed("Compare ways to staff the work", "split", "market:model", Action.SEE_PLANS),
    _Deed("Check an advert", "megaphone", "postings:check", Action.SEE_PLANS),
    _Deed("Write an advert", "square-pen", "postings:new", Action.EDIT_PLANS),
    _Deed("Find people who are there twice", "merge", "pipeline:duplicates", Action.MERGE_PEOPLE),
    _Deed("Browse the question bank", "message-square", "interviewing:questions", Action.SEE_QUESTIONS),
    _Deed("Edit letter templates", "mail", "messaging:templates", Action.EDIT_TEMPLATES),
    _Deed("See how clocks are kept", "timer", "clocks:kept", Action.SEE_CLOCKS),
    _Deed("Edit calendars", "calendar-days", "clocks:calendars", Action.EDIT_CLOCKS),
    _Deed("Look up a fact", "quote", "facts:facts", Action.SEE_ROLES),
    _Deed("Invite somebody to Assay", "user-plus", "people:people", Action.MANAGE_PEOPLE),
)


def find(*, actor: User, text: str, places: Sequence[ShellItem]) -> tuple[HitGroup, ...]:
    """Return what ``text`` may mean, in groups; ``places`` is the rail as the actor sees it. Nothing typed: places."""
    typed = clean_line(text[:LONGEST], longest=LONGEST)
    words = typed.lstrip(">@#").strip()
    groups: Iterable[tuple[str, Callable[[], Iterable[Hit]]]]
    if typed.startswith(">"):
        groups = (("Do", lambda: _deeds(actor, words)),)
    elif typed.startswith("@"):
        groups = (("Candidates", lambda: _people(actor, words)),)
    elif typed.startswith("#"):
        groups = (("Applications", lambda: _application(actor, words)),)
    elif not typed:
        groups = (("Go to", lambda: _places(places, "")), ("Do", lambda: _deeds(actor, "")))
    else:
        groups = (
            ("Go to", lambda: _places(places, words)),
            ("Jobs", lambda: _jobs(actor, words)),
            ("Candidates", lambda: _people(actor, words)),
            ("Requests to hire", lambda: _requisitions(actor, words)),
            ("Facts", lambda: _fact(words)),
            ("Do", lambda: _deeds(actor, words)),
        )
    found = (HitGroup(title, tuple(source())) for title, source in groups)
    return tuple(group for group in found if group.hits)


def _places(places: Sequence[ShellItem], words: str) -> Iterable[Hit]:
    return (Hit(one.label, one.shortcut, one.icon, one.url) for one in places if _matches(one.label, words))


def _deeds(actor: User, words: str) -> Iterable[Hit]:
    for deed in _DEEDS:
        if _matches(deed.label, words) and ask(actor=actor, action=deed.action, resource=ORGANISATION).allowed:
            yield Hit(deed.label, "", deed.icon, url_or_empty(deed.page, settings.ROOT_URLCONF))


def _jobs(actor: User, words: str) -> Iterable[Hit]:
    for job in find_jobs(actor=actor, words=words, limit=MOST_EACH):
        yield Hit(job.title, "" if job.is_open else "closed", "briefcase", reverse("pipeline:job", args=[job.id]))


def _people(actor: User, words: str) -> Iterable[Hit]:
    for one in find_by_name(actor=actor, words=words, limit=MOST_EACH):
        yield Hit(one.name, f"{one.job_title}, {one.stage}", "user", reverse("review:application", args=[one.id]))


def _application(actor: User, words: str) -> Iterable[Hit]:
    application_id = read_id(words)
    if application_id is None:
        return
    try:
        name, job = find_application_name(actor=actor, application_id=application_id)
    except Http404:
        return
    yield Hit(name, job, "user", reverse("review:application", args=[application_id]))


def _requisitions(actor: User, words: str) -> Iterable[Hit]:
    for row in find_requisitions(actor=actor, words=words, limit=MOST_EACH):
        yield Hit(row.title or row.code, row.code, "stamp", reverse("requisitions:requisition", args=[row.id]))


def _fact(words: str) -> Iterable[Hit]:
    fact = load_facts().by_id().get(words.upper())
    if fact is not None:
        yield Hit(fact.id, fact.says, "quote", f"{reverse('facts:facts')}?q={fact.id}")


def _matches(label: str, words: str) -> bool:
    folded = label.casefold()
    return all(word in folded for word in words.casefold().split())
