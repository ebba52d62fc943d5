"""Applications of whoever owns an e-mail address. For letters to that very address, so nobody's permission is asked."""

from assay.app.pipeline.models import Application, Person
from assay.app.pipeline.standing import with_address


def list_applications_of_address(*, email: str, most: int) -> tuple[tuple[int, str], ...]:
    """Return (id, job title) of the newest applications of everybody with this address, behind walls too."""
    people = with_address(people=Person.objects.filter(merged_into=None), email=email)
    rows = Application.objects.filter(person__in=people).order_by("-applied_at", "-id")
    return tuple(rows.values_list("id", "job__title")[:most])
