"""Applications by the hundred: one transaction, a handful of statements, one audit event that names every id."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from assay.app.pipeline.models import Application, Person
from assay.app.pipeline.news import tell_changed
from assay.core.pipeline.facts import waits_since
from assay.core.pipeline.status import ApplicationStatus, ScreeningState
from assay.core.screening.result import Contact
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

from ..funnel import find_job, job_resource
from ..queries.touched import list_touched
from ..standing import known_people, live_applications_by_email, wall_of
from .applications import RecordedApplication, first_stage
from .persons import hold_people, new_person

_INTAKE_LOCK = 7_201

_INSERT_PEOPLE = """
    INSERT INTO pipeline_person (name, email, phone, location, links, walled_by_id, created_at)
    SELECT name, email, phone, location, links::jsonb, %s::bigint, now()
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) AS new(name, email, phone, location, links)
    ORDER BY lower(email)
    ON CONFLICT DO NOTHING
    RETURNING lower(email), id
"""
_INSERT_APPLICATIONS = """
    INSERT INTO pipeline_application (
        person_id, job_id, stage_id, status, source, applied_at, recorded_at, submitted, screening_state, needs_review,
        must_haves_met, must_haves_missing, must_haves_total, flags, best_quote, entered_stage_at, revision, search
    )
    SELECT new.person_id, %s, %s, %s, new.source, new.applied_at, new.recorded_at, new.submitted::jsonb, %s, true,
        0, 0, 0, '[]'::jsonb, '', new.waits_since, 1,
        setweight(to_tsvector('simple', person.name || ' ' || person.email), 'A')
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::text[])
        WITH ORDINALITY AS new(person_id, source, applied_at, recorded_at, waits_since, submitted, position)
    JOIN pipeline_person AS person ON person.id = new.person_id
    ORDER BY new.position
    RETURNING person_id, id
"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Someone to add to a job: how to reach them, where they came from, when they applied and when we learnt of it, and
    what was handed in."""

    contact: Contact
    source: str
    applied_at: datetime
    recorded_at: datetime
    submitted: Mapping[str, object]


def hold_intake(*, job_id: int) -> None:
    """Let nobody else take applicants into this job until the transaction ends, so that nobody comes in twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_INTAKE_LOCK, job_id % 2**31])


@transaction.atomic
def record_applications(*, actor: User, job_id: int, arrivals: Sequence[Arrival]) -> tuple[RecordedApplication, ...]:
    """Do what ``record_application`` does for many people without documents; answers come in the order asked.

    One audit event names the ids of all that was made. Raises ``Http404`` or ``Forbidden`` like its little sister.
    """
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.ADD_APPLICANTS, resource=job_resource(job=job, user=actor))
    hold_intake(job_id=job_id)
    people, made_people = _find_or_make_people(job_id=job_id, arrivals=arrivals)
    existing = live_applications_by_email(job_id=job_id, emails={_address(arrival) for arrival in arrivals} - {""})
    made = _make_applications(job_id=job_id, arrivals=arrivals, people=people, existing=existing)
    tell_changed(application_ids=sorted(made.values()))
    if made or made_people:
        data = {"applications": sorted(made.values()), "people": sorted(made_people)}
        record(actor=actor, verb="applications.recorded", object_type="job", object_id=job_id, data=data)
    return tuple(
        RecordedApplication(
            application_id=made.get(index) or existing.get(_address(arrival)) or _made_before(index, people, made),
            person_id=people[index],
            made_person=index in made and people[index] in made_people,
            made_application=index in made,
        )
        for index, arrival in enumerate(arrivals)
    )


@transaction.atomic
def remove_applications(
    *, actor: User, job_id: int, application_ids: Collection[int], with_people: Collection[int], why: str
) -> frozenset[int]:
    """Take back applications that an import made, and those of their people whom it made too (``with_people``).

    Returns the ids that are gone. One that anybody has done something with since (``list_touched``) stays as it is.
    """
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.ADD_APPLICANTS, resource=job_resource(job=job, user=actor))
    held = Application.objects.select_for_update(of=("self",)).filter(job_id=job_id, pk__in=list(application_ids))
    people = dict(held.order_by("id").values_list("id", "person_id"))
    touched = list_touched(application_ids=people)
    people = {application_id: person for application_id, person in people.items() if application_id not in touched}
    Application.objects.filter(pk__in=list(people)).delete()
    alone = set(people.values()) & set(with_people)
    Person.objects.filter(pk__in=list(alone), applications__isnull=True).delete()
    if people:
        data = {"applications": sorted(people)}
        record(actor=actor, verb="applications.removed", object_type="job", object_id=job_id, why=why, data=data)
    return frozenset(people)


def _find_or_make_people(*, job_id: int, arrivals: Sequence[Arrival]) -> tuple[list[int], set[int]]:
    """Return the person's id for each arrival and the ids of the people who are new."""
    by_email = {_address(arrival): arrival for arrival in reversed(arrivals) if arrival.contact.email}
    known = known_people(job_id=job_id, emails=by_email.keys())
    new = [arrival for address, arrival in by_email.items() if address not in known]
    wall = wall_of(job_id=job_id)
    made = _insert_people(new, wall)
    known |= known_people(job_id=job_id, emails=[_address(arrival) for arrival in new])
    held = hold_people(person_ids=set(known.values()))
    known = {address: held[pk] for address, pk in known.items()}
    nameless = [index for index, arrival in enumerate(arrivals) if not arrival.contact.email]
    created = Person.objects.bulk_create([new_person(contact=arrivals[index].contact, wall=wall) for index in nameless])
    ids = {index: person.pk for index, person in zip(nameless, created, strict=True)}
    people = [ids[index] if index in ids else known[_address(arrival)] for index, arrival in enumerate(arrivals)]
    return people, made | set(ids.values())


def _insert_people(arrivals: Sequence[Arrival], wall: int | None) -> set[int]:
    if not arrivals:
        return set()
    people = [new_person(contact=arrival.contact, wall=wall) for arrival in arrivals]
    columns: list[list[str]] = [[getattr(person, field) for person in people] for field in _PLAIN_FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_PEOPLE, [wall, *columns, [json.dumps(person.links) for person in people]])
        return {row[1] for row in cursor.fetchall()}


_PLAIN_FIELDS = ("name", "email", "phone", "location")


def _make_applications(
    *, job_id: int, arrivals: Sequence[Arrival], people: Sequence[int], existing: Mapping[str, int]
) -> dict[int, int]:
    """Return the id of the application made for each arrival (by index); who already applies gets none."""
    first = {person_id: index for index, person_id in reversed(list(enumerate(people)))}
    wanted = [index for index in sorted(first.values()) if _address(arrivals[index]) not in existing]
    stage_id = first_stage(job_id=job_id).pk
    coming = [arrivals[index] for index in wanted]
    columns: list[list[Any]] = [
        [people[index] for index in wanted],
        [arrival.source for arrival in coming],
        [arrival.applied_at for arrival in coming],
        [arrival.recorded_at for arrival in coming],
        [waits_since(applied_at=one.applied_at, recorded_at=one.recorded_at) for one in coming],
        [json.dumps(arrival.submitted) for arrival in coming],
    ]
    if not wanted:
        return {}
    chosen: list[int | str] = [job_id, stage_id, ApplicationStatus.ACTIVE.value, ScreeningState.NO_DOCUMENT.value]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_APPLICATIONS, [*chosen, *columns])
        made = dict(cursor.fetchall())
    return {index: made[people[index]] for index in wanted}


def _made_before(index: int, people: Sequence[int], made: Mapping[int, int]) -> int:
    return next(made[other] for other in made if people[other] == people[index])


def _address(arrival: Arrival) -> str:
    return arrival.contact.email.lower()
