"""Reports of mail servers that a letter of ours did not arrive."""

from assay.core.messaging.incoming import DeliveryReport
from assay.platform.mail.actions.deciding import note_bounce


def note_report(*, report: DeliveryReport) -> bool:
    """Mark the letters that a report names as bounced; tell whether it named any of ours.

    The outbox notes it and tells ``follow_letter``. Whoever knows a letter's id can make such a report up, so it
    changes nothing but how that letter is shown.
    """
    found = [note_bounce(message_id=one, words=report.words) for one in report.message_ids]
    return any(letter is not None for letter in found)
