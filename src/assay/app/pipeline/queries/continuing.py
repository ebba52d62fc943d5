"""As what an application goes on: transferred to another job, or joined with another when two records became one."""

from django.db.models import Q

from assay.app.pipeline.models import Application
from assay.core.pipeline.status import ApplicationStatus


def goes_on_as(*, application_id: int, follows_joins: bool) -> int:
    """Return the application that an application goes on as, itself when it did not go elsewhere. Asks no one.

    ``follows_joins`` also follows two applications of one human to one job that were made one by a merge.
    """
    seen = {application_id}
    here = application_id
    while True:
        further = _next(here, follows_joins=follows_joins)
        if further is None or further in seen:
            return here
        seen.add(further)
        here = further


def list_one_pursuit(*, application_id: int, follows_joins: bool = True) -> tuple[int, ...]:
    """Return all applications that are one pursuit with this one, itself among them, oldest first. Asks no one."""
    seen = {application_id}
    waiting = [application_id]
    while waiting:
        here = waiting.pop()
        beside = {_next(here, follows_joins=follows_joins), *_before(here, follows_joins=follows_joins)}
        fresh = {one for one in beside if one is not None} - seen
        seen |= fresh
        waiting += fresh
    return tuple(sorted(seen))


def _next(application_id: int, *, follows_joins: bool) -> int | None:
    """Return the application that the transfer made, else the one that goes on after a join."""
    made = Application.objects.filter(transferred_from=application_id).values_list("pk", flat=True).first()
    if made is not None or not follows_joins:
        return made
    row = Application.objects.filter(pk=application_id, status=ApplicationStatus.TRANSFERRED).first()
    if row is None:
        return None
    others = Application.objects.filter(person_id=row.person_id, job_id=row.job_id).exclude(pk=row.pk)
    went_on = others.filter(~Q(status=ApplicationStatus.TRANSFERRED) | Q(transferred_to__isnull=False))
    live = went_on.filter(status__in=[ApplicationStatus.ACTIVE, ApplicationStatus.HELD, ApplicationStatus.HIRED])
    found = live.order_by("pk").first() or went_on.order_by("-entered_stage_at", "-pk").first()
    return found.pk if found is not None else None


def _before(application_id: int, *, follows_joins: bool) -> tuple[int, ...]:
    row = Application.objects.get(pk=application_id)
    came = () if row.transferred_from_id is None else (row.transferred_from_id,)
    if not follows_joins:
        return came
    ended = Application.objects.filter(
        person_id=row.person_id, job_id=row.job_id, status=ApplicationStatus.TRANSFERRED, transferred_to__isnull=True
    ).exclude(pk=application_id)
    joined = (one for one in ended.values_list("pk", flat=True) if _next(one, follows_joins=True) == application_id)
    return (*came, *joined)
