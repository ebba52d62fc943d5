"""Two records of one human made one, and two again: applications move, fields are chosen, all of it is kept."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from assay.app.deciding.actions.joining import Joined, join_applications, part_applications
from assay.app.pipeline.models import Application, DifferentPeople, Person, PersonMerge
from assay.app.pipeline.news import tell_changed
from assay.app.pipeline.queries.duplicates import mergeable_people
from assay.app.pipeline.queries.persons import UNDO_LASTS, was_emptied
from assay.core.pipeline.facts import waits_since
from assay.core.pipeline.merging import (
    FIELDS,
    Change,
    HeldApplication,
    MergeRefusedError,
    plan_fields,
    plan_joinings,
    plan_restore,
    version_of,
)
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


class PeopleChangedError(MergeRefusedError):
    """Raised when one of the two is no longer as the writer saw it."""


@dataclass(frozen=True, slots=True)
class MergeChoice:
    """What somebody chose at the side-by-side: whose record stays, which fields come from the other, and the versions
    of both records that they saw."""

    survivor_id: int
    absorbed_id: int
    taken: frozenset[str]
    seen: Mapping[int, str]


@transaction.atomic
def merge_people(*, actor: User, choice: MergeChoice) -> int:
    """Make two records one and return the merge's id; sent twice by one person, it counts once.

    Applications move to the record that stays; of two to the same job the one that came in
    first goes on. Raises ``Forbidden`` for who
    may not merge, ``MergeRefusedError`` for two that cannot be merged (one is not known to ``actor`` with all that
    they applied to, both were hired for one job), ``PeopleChangedError`` when somebody was faster.
    """
    require(actor=actor, action=Action.MERGE_PEOPLE, resource=ORGANISATION)
    people = _lock_people({choice.survivor_id, choice.absorbed_id})
    twin = _sent_before(actor, choice)
    if twin is not None:
        return twin
    survivor, absorbed = _check_people(actor, people, choice)
    held = {person.pk: _lock_applications(person.pk) for person in (survivor, absorbed)}
    for person in (survivor, absorbed):
        if version_of(fields=_fields(person), applications=held[person.pk]) != choice.seen.get(person.pk):
            raise PeopleChangedError("Something about them changed while you looked. Look again, then merge.")
    joinings = plan_joinings(first=held[survivor.pk], second=held[absorbed.pk])
    changes = plan_fields(survivor=_fields(survivor), absorbed=_fields(absorbed), taken=choice.taken)
    joined = [join_applications(actor=actor, ends=one.ends, goes_on=one.goes_on) for one in joinings]
    moved = {"joined": [_kept(one) for one in joined]} | _move(survivor, absorbed, changes)
    merge = PersonMerge.objects.create(survivor=survivor, absorbed=absorbed, moved=moved, merged_by=actor)
    data = {"absorbed": absorbed.pk, "merge": merge.pk, "applications": moved["applications"]}
    record(actor=actor, verb="people.merged", object_type="person", object_id=survivor.pk, data=data)
    return merge.pk


@transaction.atomic
def undo_merge(*, actor: User, merge_id: int, now: datetime) -> tuple[str, ...]:
    """Make two records of one again, within 30 days, and return a sentence for each thing that stays as it is.

    What was moved goes back; what somebody changed since is left to them. Raises ``MergeRefusedError`` when it is too
    late, was done, they were erased, or another merge has to be undone first; ``Forbidden`` for who may not merge.
    """
    require(actor=actor, action=Action.MERGE_PEOPLE, resource=ORGANISATION)
    merge = PersonMerge.objects.filter(pk=merge_id).first()
    if merge is None:
        raise MergeRefusedError("There is no such merge.")
    people = _lock_people({merge.survivor_id, merge.absorbed_id})
    merge = PersonMerge.objects.select_for_update().get(pk=merge_id)
    survivor, absorbed = people[merge.survivor_id], people[merge.absorbed_id]
    _check_undo(actor, merge, survivor, now)
    _lock_applications(survivor.pk)
    stays = _move_back(merge.moved, survivor, absorbed, merge.merged_at)
    for one in merge.moved.get("joined", []):
        stays += part_applications(actor=actor, joined=_joined(one))
    merge.undone_by, merge.undone_at = actor, now
    merge.save(update_fields=["undone_by", "undone_at"])
    data = {"absorbed": absorbed.pk, "merge": merge.pk}
    record(actor=actor, verb="people.parted", object_type="person", object_id=survivor.pk, data=data)
    return tuple(stays)


@transaction.atomic
def tell_apart(*, actor: User, first_id: int, second_id: int) -> int:
    """Keep that two records that look alike are of two people, so that nobody is asked again; return what was kept.
    Twice counts once, and ``look_again`` takes it back."""
    first, second = _own_pair(actor, first_id, second_id)
    kept, is_new = DifferentPeople.objects.get_or_create(first_id=first, second_id=second, defaults={"said_by": actor})
    if is_new:
        data = {"other": second}
        record(actor=actor, verb="people.told_apart", object_type="person", object_id=first, data=data)
    return kept.pk


@transaction.atomic
def look_again(*, actor: User, first_id: int, second_id: int) -> None:
    """Forget that two records were said to be of two people, so that they are asked about again. Twice counts once."""
    first, second = _own_pair(actor, first_id, second_id)
    gone, _ = DifferentPeople.objects.filter(first_id=first, second_id=second).delete()
    if gone:
        data = {"other": second}
        record(actor=actor, verb="people.looked_at_again", object_type="person", object_id=first, data=data)


def _own_pair(actor: User, first_id: int, second_id: int) -> tuple[int, int]:
    """Return two records of whom ``actor`` sees everything, the older one first."""
    require(actor=actor, action=Action.MERGE_PEOPLE, resource=ORGANISATION)
    known = mergeable_people(actor=actor).filter(pk__in=[first_id, second_id]).count()
    if first_id == second_id or known != 2:
        raise MergeRefusedError(_NOT_YOURS)
    return min(first_id, second_id), max(first_id, second_id)


_NOT_YOURS = "These two cannot be merged or told apart by you: it takes somebody who sees everything they applied to."


def read_version(*, person_id: int) -> str:
    """Return the version of a person's record as it stands, for a form that will be sent back with it."""
    applications = _held(Application.objects.filter(person_id=person_id))
    return version_of(fields=_fields(Person.objects.get(pk=person_id)), applications=applications)


def _lock_people(ids: Collection[int]) -> dict[int, Person]:
    return {row.pk: row for row in Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}


def _lock_applications(person_id: int) -> tuple[HeldApplication, ...]:
    list(Application.objects.select_for_update().filter(person_id=person_id).order_by("pk").values_list("pk"))
    return _held(Application.objects.filter(person_id=person_id))


def _held(rows: Any) -> tuple[HeldApplication, ...]:
    fields = ("pk", "job_id", "job__title", "status", "revision", "applied_at", "recorded_at")
    return tuple(
        HeldApplication(
            pk, job, title, ApplicationStatus(status), rev, waits_since(applied_at=applied, recorded_at=recorded)
        )
        for pk, job, title, status, rev, applied, recorded in rows.order_by("pk").values_list(*fields)
    )


def _fields(person: Person) -> dict[str, str]:
    return {field: getattr(person, field) for field in FIELDS}


def _sent_before(actor: User, choice: MergeChoice) -> int | None:
    same = PersonMerge.objects.filter(
        survivor=choice.survivor_id, absorbed=choice.absorbed_id, merged_by=actor, undone_at=None
    )
    return same.values_list("pk", flat=True).first()


def _check_people(actor: User, people: Mapping[int, Person], choice: MergeChoice) -> tuple[Person, Person]:
    survivor, absorbed = people.get(choice.survivor_id), people.get(choice.absorbed_id)
    if survivor is None or absorbed is None or survivor.pk == absorbed.pk:
        raise MergeRefusedError("Choose two different records.")
    if survivor.merged_into_id is not None or absorbed.merged_into_id is not None:
        raise PeopleChangedError("Somebody was faster: one of the two is already part of another record.")
    if mergeable_people(actor=actor).filter(pk__in=[survivor.pk, absorbed.pk]).count() != 2:
        raise MergeRefusedError(_NOT_YOURS)
    return survivor, absorbed


def _move(survivor: Person, absorbed: Person, changes: Collection[Change]) -> dict[str, Any]:
    """Move everything to the record that stays and return what was moved."""
    applications = list(Application.objects.filter(person=absorbed).order_by("pk").values_list("pk", flat=True))
    earlier = list(Person.objects.filter(merged_into=absorbed).order_by("pk").values_list("pk", flat=True))
    Application.objects.filter(pk__in=applications).update(person=survivor, revision=F("revision") + 1)
    Person.objects.filter(pk__in=[*earlier, absorbed.pk]).update(merged_into=survivor)
    links_before = list(survivor.links)
    survivor.links = list(dict.fromkeys([*survivor.links, *absorbed.links]))
    for change in changes:
        setattr(survivor, change.field, change.after)
    survivor.save(update_fields=[*FIELDS, "links"])
    tell_changed(application_ids=applications)
    return {
        "applications": applications,
        "absorbed": earlier,
        "fields": [asdict(change) for change in changes],
        "links": {"before": links_before, "after": survivor.links},
    }


def _kept(one: Joined) -> dict[str, Any]:
    return {
        "application": one.ends,
        "goes_on": one.goes_on,
        "decision": one.decision_id,
        "documents": list(one.document_ids),
    }


def _joined(kept: Mapping[str, Any]) -> Joined:
    """Return what was joined; merges of before it was kept do not know which documents came along."""
    documents = tuple(kept.get("documents", ()))
    return Joined(kept["application"], kept.get("goes_on", 0), kept["decision"], documents)


def _check_undo(actor: User, merge: PersonMerge, survivor: Person, now: datetime) -> None:
    if merge.undone_at is not None:
        raise PeopleChangedError("This merge was undone before.")
    if mergeable_people(actor=actor).filter(pk=survivor.pk).count() != 1:
        if survivor.merged_into_id is not None:
            raise MergeRefusedError("This record was itself taken into another. Undo that merge first.")
        raise MergeRefusedError(_NOT_YOURS)
    if now >= merge.merged_at + UNDO_LASTS:
        raise MergeRefusedError("A merge can be undone for 30 days; this one is older.")
    if was_emptied(moved=merge.moved):
        raise MergeRefusedError("They were erased since, and with them what was whose: this merge stays.")


def _move_back(moved: Mapping[str, Any], survivor: Person, absorbed: Person, merged_at: datetime) -> list[str]:
    """Move back what was moved and return a sentence for each thing that stays."""
    changes = [Change(**change) for change in moved["fields"]]
    back, kept = plan_restore(changes=changes, now=_fields(survivor))
    for change in back:
        setattr(survivor, change.field, change.before)
    stays = [f"The {change.field} stays: it was changed since." for change in kept]
    if survivor.links == moved["links"]["after"]:
        survivor.links = moved["links"]["before"]
    survivor.save(update_fields=[*FIELDS, "links"])
    mine = Application.objects.filter(pk__in=moved["applications"], person=survivor)
    ids = list(mine.values_list("pk", flat=True))
    mine.update(person=absorbed, revision=F("revision") + 1)
    if len(ids) < len(moved["applications"]):
        stays.append("An application that was moved elsewhere since stays there.")
    newer = Application.objects.filter(person=survivor, recorded_at__gt=merged_at).exclude(pk__in=ids).count()
    if newer:
        stays.append(f"Applications that came in since ({newer}) stay with {survivor}.")
    Person.objects.filter(pk__in=moved["absorbed"], merged_into=survivor).update(merged_into=absorbed)
    stays += _stand_alone(absorbed)
    tell_changed(application_ids=ids)
    return stays


def _stand_alone(absorbed: Person) -> list[str]:
    absorbed.merged_into = None
    try:
        with transaction.atomic():
            absorbed.save(update_fields=["merged_into"])
    except IntegrityError:
        absorbed.email = ""
        absorbed.save(update_fields=["merged_into", "email"])
        return [f"{absorbed} has no e-mail address now: somebody else has taken it since."]
    return []
