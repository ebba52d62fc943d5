"""In which time zone each interview of an application is told to its candidate."""

from collections.abc import Mapping

from assay.app.interviewing.models import Interview


def list_candidate_zones(*, application_id: int, office: str) -> Mapping[int, str]:
    """Return a zone for each interview: the candidate's where it is known, else the ``office``'s.

    Where no office is set (its zone is then UTC), the zone in which the time was agreed is used: nobody lives in UTC.
    No access check: for the candidate's own page.
    """
    rows = Interview.objects.filter(application_id=application_id).values_list("pk", "candidate_zone", "time_zone")
    return {pk: theirs or (office if office != "UTC" else agreed) for pk, theirs, agreed in rows}
