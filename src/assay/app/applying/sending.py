"""The page that thanks: what was stored, by when they hear, and how they get to their private page."""

from django.http import HttpResponse

from assay.app.applying.actions.links import issue_path
from assay.app.applying.actions.submitting import Receipt
from assay.app.applying.promised import in_words
from assay.app.applying.visitors import private_page
from assay.app.postings.public_queries import Door
from assay.platform.mail.queries import can_send


def receipt_page(*, receipt: Receipt, door: Door, zone: str) -> HttpResponse:
    """Thank somebody whose application is stored.

    Where mail can be sent, the private address goes by mail alone: it then proves whose address it is, and the page
    looks the same to a stranger who tried somebody else's. Without mail the page has to show one, which opens only
    what this very form sent: so it looks the same too, whether or not the address is known from another job.
    """
    path, is_mailed = "", can_send()
    if not is_mailed and receipt.application_id is not None:
        path = issue_path(application_id=receipt.application_id)
    context = {
        "receipt": receipt,
        "door": door,
        "promised": in_words(moment=receipt.promised_at, zone=zone),
        "path": path,
        "is_mailed": is_mailed,
    }
    return private_page("applying/thanks.html", context)
