"""The page that thanks: what was stored, by when they hear, and how they get to their private page."""

from django.conf import settings
from django.http import HttpResponse

from assay.app.applying.actions.links import issue_path
from assay.app.applying.actions.submitting import Receipt
from assay.app.applying.promised import in_words
from assay.app.applying.visitors import private_page
from assay.app.postings.public_queries import Door


def receipt_page(*, receipt: Receipt, door: Door, zone: str) -> HttpResponse:
    """Thank somebody whose application is stored.

    Where mail can be sent, the private address goes by mail alone: it then proves whose address it is, and the page
    looks the same to a stranger who tried somebody else's. Without mail the page has to show it.
    """
    path = ""
    if not settings.EMAIL_HOST and receipt.application_id is not None:
        path = issue_path(application_id=receipt.application_id)
    context = {
        "receipt": receipt,
        "door": door,
        "promised": in_words(moment=receipt.promised_at, zone=zone),
        "path": path,
        "is_mailed": bool(settings.EMAIL_HOST),
    }
    return private_page("applying/thanks.html", context)
