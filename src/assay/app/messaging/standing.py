"""Whether an address may be written to, in words for whoever wants to."""

from django.db.models.functions import Lower

from assay.app.messaging.models import NoContact
from assay.core.messaging.states import MessageKind
from assay.platform.mail.addresses import is_address

NO_ADDRESS = "There is no e-mail address. Add one to the contact, or tell them another way."
BAD_ADDRESS = "The e-mail address is not one that mail can be sent to. Correct the contact."


def find_no_contact(*, address: str) -> NoContact | None:
    """Return the wish of an address to get no mail beyond what it is owed, if there is one."""
    return (
        NoContact.objects.select_related("added_by")
        .alias(lowered=Lower("address"))
        .filter(lowered=address.strip().lower(), lifted_at__isnull=True)
        .first()
    )


def why_not(*, address: str, kind: MessageKind) -> str:
    """Return why no letter of this kind goes to ``address``, or nothing when one may."""
    if not address.strip():
        return NO_ADDRESS
    if not is_address(address):
        return BAD_ADDRESS
    if kind.is_owed:
        return ""
    wish = find_no_contact(address=address)
    if wish is None:
        return ""
    if wish.is_own_wish:
        return f"{address} asked for no more mail on {wish.added_at:%-d %b %Y}. Only what they are owed still goes."
    return f"{address} is not to be contacted since {wish.added_at:%-d %b %Y}. Only what they are owed still goes."
