"""A fresh private address for whoever lost theirs, sent to the address that applied and nowhere else."""

from datetime import datetime, timedelta

from django.db import transaction

from assay.app.applying.actions.letters import write_fresh_link
from assay.app.applying.models import StatusLink, Submission
from assay.app.pipeline.queries.addresses import list_applications_of_address
from assay.platform.audit.actions import record

_MOST = 5
_PAUSE = timedelta(minutes=10)


@transaction.atomic
def send_fresh_links(*, email: str, now: datetime) -> int:
    """Write one letter for each of the newest applications with this address; returns how many. Asks no one.

    Only for those that their person knows of: somebody who was looked up and never applied is told nothing. An
    application whose owner got an address in the last minutes gets no other, so that nobody floods a mailbox.
    """
    sent = []
    for application_id, title in _known_to_their_person(email)[:_MOST]:
        rows = StatusLink.objects.filter(application_id=application_id)
        newest = rows.order_by("-id").values_list("pk", "created_at").first()
        if newest is not None and newest[1] > now - _PAUSE and rows.count() > 1:
            continue
        wish = f"fresh-link:{application_id}:{newest[0] if newest else 0}"
        if write_fresh_link(application_id=application_id, wish=wish, title=title) is not None:
            sent.append(application_id)
    for application_id in sent:
        record(actor=None, verb="status_link.sent", object_type="application", object_id=application_id)
    return len(sent)


def _known_to_their_person(email: str) -> list[tuple[int, str]]:
    """Return (id, title of the advert or nothing) of applications that came through a form or got a link before."""
    ids = list_applications_of_address(email=email)
    forms = dict(Submission.objects.filter(application_id__in=ids).values_list("application_id", "fields"))
    linked = set(StatusLink.objects.filter(application_id__in=ids).values_list("application_id", flat=True))
    return [
        (one, str(forms.get(one, {}).get("title", "")))
        for one in ids
        if (one in forms or one in linked) and "erased" not in forms.get(one, {})
    ]
