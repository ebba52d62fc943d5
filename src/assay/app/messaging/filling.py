"""The values that stand in every letter: to whom, about which job, from whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from assay.app.messaging.models import MailSettings, Signature
from assay.app.pipeline.models import Application
from assay.app.postings.public_queries import find_public_title
from assay.core.messaging.rendering import first_name
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a letter comes from: the name, and what stands under it."""

    name: str
    signature: str


def sender_for(*, author: User | None) -> Sender:
    """Return how somebody signs; None is the hiring team, for letters that nobody pressed."""
    organisation = str(settings.ORGANISATION)
    if author is None:
        name = f"The hiring team at {organisation}"
        shared = MailSettings.objects.order_by("id").first()
        return Sender(name, (shared.signature if shared else "") or name)
    own = Signature.objects.filter(user=author).first()
    name = (own.sender_name if own else "") or author.name or f"The hiring team at {organisation}"
    return Sender(name, (own.text if own else "") or f"{name}\n{organisation}")


def common_values(*, application: Application, sender: Sender) -> Mapping[str, str]:
    """Return the values of the names that every letter knows.

    The job goes by the title that it was advertised under; only one that never was goes by its own.
    """
    name = str(application.person.name)
    return {
        "candidate_first_name": first_name(name=name),
        "candidate_name": name or "there",
        "job_title": find_public_title(job_id=application.job_id) or application.job.title,
        "organisation": str(settings.ORGANISATION),
        "sender_name": sender.name,
        "signature": sender.signature,
    }
