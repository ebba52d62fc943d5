"""Taking out of an application all that tells whose it was. Where and when it went stays, without a name."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from assay.app.pipeline.models import Application, Person, PersonMerge

_ERASED = {"name": "", "email": "", "phone": "", "location": "", "links": []}


@transaction.atomic
def erase_application(*, application_id: int, now: datetime) -> bool:
    """Empty what was submitted and the search index of an application, and its person when nothing else needs them.

    Whoever calls this has checked access and writes the audit event. Returns whether the person was emptied too.
    """
    Application.objects.filter(pk=application_id).update(
        submitted={"erased": now.isoformat()},
        search=None,
        best_quote="",
        best_quote_page=None,
        flags=[],
        revision=F("revision") + 1,
    )
    person = Person.objects.select_for_update().get(applications=application_id)
    others = Application.objects.filter(Q(person=person) | Q(person__merged_into=person)).exclude(pk=application_id)
    if any("erased" not in submitted for submitted in others.values_list("submitted", flat=True)):
        return False
    Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person)).update(**_ERASED)
    for merge in PersonMerge.objects.filter(Q(survivor=person) | Q(absorbed=person)):
        merge.moved = {key: value if _is_ids(value) else type(value)() for key, value in merge.moved.items()}
        merge.save(update_fields=["moved"])
    return True


def _is_ids(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, int) for one in value)
