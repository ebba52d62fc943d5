"""Letters that belong to no conversation we know: placed by a person, or put away. Files made documents by a person."""

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from assay.app.documents.actions import attach_document
from assay.app.messaging.actions.receiving import store_incoming
from assay.app.messaging.models import Attachment, UnmatchedMail
from assay.app.messaging.reading import read_letter
from assay.app.messaging.unplaced import may_see
from assay.app.pipeline.funnel import find_application, job_resource
from assay.core.messaging.matching import Match, MatchedBy
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.files.actions import store_bytes
from assay.platform.files.reading import read_stored
from assay.platform.mail.arrivals import NoSuchArrival, read_arrival


class AlreadyPlacedError(Exception):
    """Raised when somebody placed a letter in another conversation; says in which, and as which message."""

    def __init__(self, *, application_id: int, message_id: int) -> None:
        super().__init__("Somebody placed this letter a moment ago. It stands in this conversation.")
        self.application_id = application_id
        self.message_id = message_id


@transaction.atomic
def place_mail(*, actor: User, letter_id: int, application_id: int) -> int:
    """Put an unmatched letter into the conversation about an application and return the message's id.

    Raises ``Http404`` or ``Forbidden`` without access to the mail or the application, ``AlreadyPlacedError`` when it
    stands in another conversation. Twice places it once.
    """
    row = _find(actor, letter_id)
    application = find_application(application_id=application_id)
    require(actor=actor, action=Action.SEND_MESSAGES, resource=job_resource(job=application.job, user=actor))
    if row.placed_in is not None:
        lies_in = row.placed_in.thread.application_id
        if lies_in != application_id:
            raise AlreadyPlacedError(application_id=lies_in, message_id=row.placed_in.pk)
        return row.placed_in.pk
    try:
        arrived = read_arrival(arrival_id=row.arrival)
    except NoSuchArrival as error:
        raise Http404("There is no such letter.") from error
    message_id = store_incoming(
        arrived=arrived,
        letter=read_letter(source=arrived.source),
        place=Match(application_id, None, MatchedBy.PERSON),
        actor=actor,
    )
    UnmatchedMail.objects.filter(pk=letter_id).update(placed_in=message_id, handled_by=actor)
    return message_id


@transaction.atomic
def put_away(*, actor: User, letter_id: int) -> None:
    """Take an unmatched letter off the list; it is kept. Raises ``Http404`` or ``Forbidden``. Twice changes nothing."""
    row = _find(actor, letter_id)
    if row.put_away_at is None and row.placed_in_id is None:
        UnmatchedMail.objects.filter(pk=letter_id).update(put_away_at=timezone.now(), handled_by=actor)
        record(actor=actor, verb="mail.put_away", object_type="unmatched_mail", object_id=letter_id)


@transaction.atomic
def add_as_document(*, actor: User, attachment_id: int) -> int:
    """Make a file that came with a message a document of its application and return the document's id.

    It is read and screened only when somebody asks for it. Raises ``Http404`` or ``Forbidden`` without access.
    """
    row = Attachment.objects.select_related("message__thread").filter(pk=attachment_id).first()
    if row is None:
        raise Http404("There is no such file.")
    application_id = row.message.thread.application_id
    stored = store_bytes(content=read_stored(sha256=row.digest))
    document_id = attach_document(actor=actor, application_id=application_id, stored_file_id=stored.pk, name=row.name)
    Attachment.objects.filter(pk=attachment_id).update(document=document_id)
    return document_id


def _find(actor: User, letter_id: int) -> UnmatchedMail:
    require(actor=actor, action=Action.SEE_MAIL, resource=ORGANISATION)
    rows = UnmatchedMail.objects.select_for_update(of=("self",)).select_related("placed_in__thread")
    row = rows.filter(pk=letter_id).first()
    if row is None or not may_see(user=actor, mail=row):
        raise Http404("There is no such letter.")
    return row
