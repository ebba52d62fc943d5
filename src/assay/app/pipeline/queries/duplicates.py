"""Records that may be of one human: found by keys with an index, never by comparing everybody with everybody.

Who stands behind a confidential wall, or applied to a job that the person asking may not see, is never among them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.models import Application, DifferentPeople, Person
from assay.app.screening.queries import get_current_screening
from assay.core.pipeline.duplicates import (
    ContactRules,
    Likeness,
    Mailbox,
    PersonRecord,
    compare,
    email_key,
    name_key,
    phone_key,
    profile_keys,
)
from assay.knowledge.pipeline.sheets import load_contacts
from assay.platform.accounts.models import User

MOST_ALIKE = 20
MOST_PAIRS = 200
_MOST_FOUND = 2_000
_MOST_SHARING = 8

_LINK = r"regexp_replace(regexp_replace(lower(link.address), '^https?://(www\.)?', ''), '[/?#]+$', '')"
# Keys are grouped by a hash: sorting hundreds of thousands of texts by language takes seconds. What shares a hash alone
# is sorted out by the comparison that follows.
_PAIRS = f"""
    WITH person AS MATERIALIZED (
        SELECT id, name, email, phone, location, links FROM pipeline_person
        WHERE merged_into_id IS NULL AND walled_by_id IS NULL
    ), keyed AS MATERIALIZED (
        SELECT id, hashtextextended('mailbox ' || CASE
            WHEN lower(split_part(email, '@', 2)) = ANY(%s) THEN pipeline_email_key(email) ELSE lower(email)
        END, 0) AS key FROM person WHERE email <> ''
        UNION ALL
        SELECT id, hashtextextended('phone ' || pipeline_phone_key(phone), 0) FROM person WHERE length(phone) > 6
        UNION ALL
        SELECT id, hashtextextended('name ' || lower(name) || '|' || lower(split_part(location, ',', 1)), 0)
        FROM person WHERE name LIKE '%% %%' AND location <> ''
        UNION ALL
        SELECT person.id, hashtextextended('link ' || {_LINK}, 0)
        FROM person, LATERAL jsonb_array_elements_text(person.links) AS link(address)
        WHERE jsonb_typeof(person.links) = 'array' AND link.address ~* %s
    ), shared AS (
        SELECT (array_agg(id ORDER BY id DESC))[1:{_MOST_SHARING}] AS ids FROM keyed
        GROUP BY key HAVING count(*) > 1
        ORDER BY max(id) DESC LIMIT {_MOST_FOUND}
    )
    SELECT DISTINCT a.id AS first, b.id AS second
    FROM shared, unnest(shared.ids) AS a(id), unnest(shared.ids) AS b(id)
    WHERE a.id < b.id AND NOT EXISTS (
        SELECT 1 FROM pipeline_differentpeople d WHERE d.first_id = a.id AND d.second_id = b.id
    )
    ORDER BY second DESC, first LIMIT {_MOST_FOUND}
"""  # noqa: S608 - nothing of it is typed by anybody


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody who may be the same human as the person looked at, and why."""

    person_id: int
    name: str
    email: str
    phone: str
    location: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be of one human, the older one first."""

    first: PersonRecord
    second: PersonRecord
    likeness: Likeness


@cache
def contact_rules() -> ContactRules:
    """Return how addresses are compared, as the sheet says."""
    sheet = load_contacts()
    return ContactRules(
        mailboxes=tuple(Mailbox(note.domains, note.ignores_dots, note.ignores_tag) for note in sheet.mailboxes),
        profiles={note.host: note.before for note in sheet.profiles},
        phone_digits_least=sheet.phone_digits_least,
        phone_digits_compared=sheet.phone_digits_compared,
    )


def mergeable_people(*, actor: User) -> QuerySet[Person]:
    """Return the people all of whose applications ``actor`` may see, behind no wall and not yet taken into another."""
    applications = Application.objects.filter(person=OuterRef("pk"))
    hidden = applications.exclude(job__in=visible_jobs(user=actor))
    people = Person.objects.filter(merged_into=None, walled_by=None)
    return people.filter(Exists(applications), ~Exists(hidden))


def list_alike(*, actor: User, person_id: int) -> tuple[Alike, ...]:
    """Return who may be the same human as a person that ``actor`` may see, the strongest reasons first."""
    person = mergeable_people(actor=actor).filter(pk=person_id).first()
    if person is None:
        return ()
    others = mergeable_people(actor=actor).exclude(pk=person_id).filter(_shares_a_key(person))
    told_apart = DifferentPeople.objects.filter(Q(first=person_id) | Q(second=person_id)).values_list("first", "second")
    different = {pk for pair in told_apart for pk in pair}
    rows = [row for row in others.order_by("id")[: MOST_ALIKE * 2] if row.pk not in different]
    if not rows:
        return ()
    record = _record(person, with_employers=True)
    found = []
    for row in rows:
        other = _record(row, with_employers=name_key(name=row.name) == name_key(name=person.name))
        likeness = compare(first=record, second=other, rules=contact_rules())
        if likeness.reasons:
            found.append(Alike(row.pk, str(row), row.email, row.phone, row.location, likeness))
    found.sort(key=lambda one: (not one.likeness.is_strong, one.person_id))
    return tuple(found[:MOST_ALIKE])


def list_pairs(*, actor: User) -> tuple[Pair, ...]:
    """Return records that may be of one human, the newest first, at most two hundred pairs."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [_domains(), _profile_pattern()])
        found = cursor.fetchall()
    people = _records(actor, {pk for pair in found for pk in pair})
    pairs = []
    for first, second in found:
        if first in people and second in people:
            likeness = compare(first=people[first], second=people[second], rules=contact_rules())
            if likeness.reasons:
                pairs.append(Pair(people[first], people[second], likeness))
    pairs.sort(key=lambda pair: not pair.likeness.is_strong)
    return tuple(pairs[:MOST_PAIRS])


def read_records(*, actor: User, person_ids: Collection[int]) -> Mapping[int, PersonRecord]:
    """Return those of these people whom ``actor`` may merge, with the employers of their documents."""
    rows = mergeable_people(actor=actor).filter(pk__in=list(person_ids))
    return {row.pk: _record(row, with_employers=True) for row in rows}


def people_with_twins(*, person_ids: Collection[int]) -> frozenset[int]:
    """Return who of these shares a mailbox or a number with somebody else, in one statement, for marks on cards.

    A hint alone: what it leads to asks the policy who may be shown.
    """
    if not person_ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_TWINS, [list(person_ids)])
        return frozenset(pk for (pk,) in cursor.fetchall())


_OTHER = "o.id <> p.id AND o.merged_into_id IS NULL AND o.walled_by_id IS NULL"
_TWINS = f"""
    SELECT p.id FROM pipeline_person p
    WHERE p.id = ANY(%s) AND p.merged_into_id IS NULL AND p.walled_by_id IS NULL AND EXISTS (
        SELECT 1 FROM (
            SELECT o.id FROM pipeline_person o
            WHERE p.email <> '' AND o.email <> '' AND {_OTHER}
                AND pipeline_email_key(o.email) = pipeline_email_key(p.email)
            UNION ALL
            SELECT o.id FROM pipeline_person o
            WHERE p.phone <> '' AND o.phone <> '' AND pipeline_phone_key(p.phone) <> '' AND {_OTHER}
                AND pipeline_phone_key(o.phone) = pipeline_phone_key(p.phone)
        ) AS twin
        WHERE NOT EXISTS (
            SELECT 1 FROM pipeline_differentpeople d
            WHERE d.first_id = least(p.id, twin.id) AND d.second_id = greatest(p.id, twin.id)
        )
    )
"""  # noqa: S608 - nothing of it is typed by anybody


def _shares_a_key(person: Person) -> Q:
    """Return the condition that somebody shares a key with a person, each with an index behind it."""
    rules = contact_rules()
    shared = Q(pk__in=[])
    mailbox, number = email_key(email=person.email, rules=rules), phone_key(phone=person.phone, rules=rules)
    if mailbox:
        shared |= Q(pk__in=_ids("email <> '' AND pipeline_email_key(email)", mailbox))
    if number:
        shared |= Q(pk__in=_ids("phone <> '' AND pipeline_phone_key(phone)", number))
    if name_key(name=person.name):
        shared |= Q(pk__in=_ids("lower(name)", person.name.lower()))
    spellings = [
        f"{scheme}{www}{address}{slash}"
        for address in _addresses(profile_keys(links=tuple(map(str, person.links)), rules=rules))
        for scheme in ("https://", "http://", "")
        for www in ("", "www.")
        for slash in ("", "/")
    ]
    return shared | Q(links__has_any_keys=spellings) if spellings else shared


def _ids(condition: str, key: str) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM pipeline_person WHERE {condition} = %s"  # noqa: S608 - the conditions stand above
            f" AND merged_into_id IS NULL AND walled_by_id IS NULL ORDER BY id LIMIT {MOST_ALIKE * 2}",
            [key],
        )
        return tuple(pk for (pk,) in cursor.fetchall())


def _addresses(keys: Iterable[str]) -> tuple[str, ...]:
    """Return profiles with what stands between host and name put back."""
    profiles = contact_rules().profiles
    parts = [key.split("/", 1) for key in keys]
    return tuple(f"{host}/{profiles[host]}/{name}" if profiles[host] else f"{host}/{name}" for host, name in parts)


def _domains() -> list[str]:
    """Return the domains whose addresses have several spellings; reading all others by the rules would take seconds."""
    return [domain for box in contact_rules().mailboxes for domain in box.domains]


def _profile_pattern() -> str:
    hosts = contact_rules().profiles.items()
    return (
        r"^(https?://)?(www\.)?("
        + "|".join(host.replace(".", r"\.") + (f"/{before}" if before else "") for host, before in hosts)
        + r")/[^/]+/?([?#]|$)"
    )


def _records(actor: User, ids: Collection[int]) -> dict[int, PersonRecord]:
    rows: Iterable[Person] = mergeable_people(actor=actor).filter(pk__in=list(ids)) if ids else ()
    return {row.pk: _record(row, with_employers=False) for row in rows}


def _record(row: Any, *, with_employers: bool) -> PersonRecord:
    return PersonRecord(
        id=row.pk,
        name=row.name,
        email=row.email,
        phone=row.phone,
        location=row.location,
        links=tuple(map(str, row.links)),
        employers=_employers(row.pk) if with_employers else (),
    )


def _employers(person_id: int) -> tuple[str, ...]:
    latest = Application.objects.filter(person_id=person_id, screening_state="screened").order_by("-id")
    pk = latest.values_list("pk", flat=True).first()
    screening = None if pk is None else get_current_screening(application_id=pk)
    return tuple(item.employer for item in screening.result.employment if item.employer) if screening else ()
