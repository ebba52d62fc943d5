"""How many interviews the plan of a stage holds, for those who work out what is still missing."""

from collections.abc import Collection, Mapping

from django.db.models import Count

from assay.app.interviewing.models import PlannedInterview


def count_planned(*, job_ids: Collection[int]) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """Return (stage, count) of each stage with planned interviews of these jobs, by job. No access check."""
    if not job_ids:
        return {}
    rows = (
        PlannedInterview.objects.filter(stage__job_id__in=list(job_ids), retired_at=None)
        .values_list("stage__job_id", "stage_id")
        .annotate(count=Count("id"))
        .order_by("stage_id")
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for job_id, stage_id, count in rows:
        found.setdefault(job_id, []).append((stage_id, count))
    return {job_id: tuple(pairs) for job_id, pairs in found.items()}
