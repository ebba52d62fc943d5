"""Which applications the candidate has had a hand in."""

from collections.abc import Collection

from assay.app.applying.models import CandidateRequest, Submission


def list_heard_from(*, application_ids: Collection[int]) -> frozenset[int]:
    """Return those of these applications whose candidate sent a form or asked for something, in one statement.

    No access check: the caller has asked.
    """
    ids = list(application_ids)
    forms = Submission.objects.filter(application_id__in=ids).order_by().values_list("application_id", flat=True)
    asked = CandidateRequest.objects.filter(application_id__in=ids).order_by().values_list("application_id", flat=True)
    return frozenset(one for one in forms.union(asked) if one is not None)
