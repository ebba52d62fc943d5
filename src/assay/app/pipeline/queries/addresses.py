"""Applications of whoever owns an e-mail address. For letters to that very address, so nobody's permission is asked."""

from assay.app.pipeline.models import Application, Person
from assay.app.pipeline.standing import with_address


def list_applications_of_address(*, email: str) -> tuple[int, ...]:
    """Return the applications of everybody with this address, the newest first, behind walls too.

    Among them may be some that their person knows nothing of: whoever writes leaves those out.
    """
    people = with_address(people=Person.objects.filter(merged_into=None), email=email)
    rows = Application.objects.filter(person__in=people).order_by("-applied_at", "-id")
    return tuple(rows.values_list("id", flat=True))
