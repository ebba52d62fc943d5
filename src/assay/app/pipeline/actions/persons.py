"""A person found by their address, or made from what a document or a form said about how to reach them."""

from collections.abc import Collection

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from assay.app.pipeline.models import Person
from assay.app.pipeline.standing import known_to, wall_of, with_address
from assay.core.screening.result import Contact

LONGEST_EMAIL = 254
_HOLD = """
    SELECT id, coalesce(merged_into_id, id) FROM pipeline_person WHERE id = ANY(%s) ORDER BY id FOR SHARE
"""


def new_person(*, contact: Contact, wall: int | None) -> Person:
    """Return a person who is not stored yet, behind the wall of the job ``wall`` if there is one."""
    return Person(
        name=contact.name[:200],
        email=contact.email[:LONGEST_EMAIL],
        phone=contact.phone[:60],
        location=contact.location[:200],
        links=list(contact.links),
        walled_by_id=wall,
    )


def find_or_make_person(*, job_id: int, contact: Contact) -> tuple[Person, bool]:
    """Return who applies to a job and whether they are new. An address that is too long to be one finds nobody.

    Who was found to be the same as somebody else comes in as that one.
    """
    email = contact.email if len(contact.email) <= LONGEST_EMAIL else ""
    if email:
        known = with_address(people=known_to(job_id=job_id), email=email)
        found = known.order_by(F("merged_into").asc(nulls_first=True), "id").first()
        if found is not None:
            return Person.objects.get(pk=hold_people(person_ids=[found.pk])[found.pk]), False
    person = new_person(contact=contact, wall=wall_of(job_id=job_id))
    person.email = email
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        return with_address(people=known_to(job_id=job_id), email=email).get(merged_into=None), False
    return person, True


def hold_people(*, person_ids: Collection[int]) -> dict[int, int]:
    """Let nobody merge these people until the transaction ends; return by whom each now goes, mostly by itself.

    Taken before their applications are written or locked: a merge takes its locks in the same order.
    """
    held: dict[int, int] = {}
    waiting = set(person_ids)
    while waiting:
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [sorted(waiting)])
            held |= dict(cursor.fetchall())
        waiting = set(held.values()) - set(held)
    return {pk: held[held[pk]] for pk in person_ids if pk in held}
