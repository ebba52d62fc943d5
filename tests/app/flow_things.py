"""One of each thing between an application and a decision, so that every address of it leads somewhere."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from tests.app.pipeline.cast import apply

from assay.app.applying.actions.links import issue_path
from assay.app.applying.models import CandidateRequest
from assay.app.clocks.models import Clock, Office
from assay.app.deciding.models import Bulk, BulkItem
from assay.app.interviewing.models import Interview, Panelist, PlannedInterview
from assay.app.messaging.addressing import unsubscribe_link
from assay.app.messaging.models import Attachment, Message, Thread, UnmatchedMail
from assay.app.messaging.wording import list_letters as list_templates
from assay.app.pipeline.models import Application, Person, PersonMerge, Stage
from assay.core.applying.states import RequestKind
from assay.core.clocks.kinds import ClockKind
from assay.core.deciding.bulk import BulkState
from assay.core.interviewing.states import InterviewState
from assay.core.messaging.states import Direction, MessageKind, MessageState
from assay.knowledge.interviewing.sheets import load_bank
from assay.platform.accounts.models import User
from assay.platform.files.actions import store_bytes
from assay.platform.mail.actions.arriving import store_arrival
from assay.platform.mail.actions.posting import post
from assay.platform.mail.models import Letter
from assay.platform.mail.states import LetterState

PDF = Path(__file__).parents[1] / "fixtures" / "documents" / "cols_0.pdf"


def make_flow_things(*, application: Application, panel: list[User], owner: User) -> dict[str, object]:
    """Make them around ``application``, with everybody in ``panel`` on its interview; named as the addresses do."""
    stage = Stage.objects.filter(job=application.job, group="interview").order_by("position")[0]
    retired = Stage.objects.create(
        job=application.job, name="Phone call", group="application", position=90, retired_at=timezone.now()
    )
    planned = PlannedInterview.objects.create(stage=stage, title="Systems", focus=["serving"])
    interview = _interview(application, stage, planned, panel, owner)
    message = _message(application)
    bulk = Bulk.objects.create(job=application.job, kind="hold", made_by=owner, state=BulkState.DONE)
    BulkItem.objects.create(bulk=bulk, application=application, seen_revision=application.revision)
    return {
        "stage_id": retired.pk,
        "planned_id": planned.pk,
        "interview_id": interview.pk,
        "thread_id": message.thread_id,
        "message_id": message.pk,
        "letter_id": _letter_in_doubt(),
        "mail_id": _unmatched(),
        "request_id": CandidateRequest.objects.create(
            application=application, kind=RequestKind.ACCOMMODATION, text="A quiet room, please."
        ).pk,
        "office_id": Office.objects.create(
            name="Leeds", country="GB", time_zone="Europe/London", hours={"0": [["09:00", "17:30"]]}
        ).pk,
        "clock_id": _broken_clock(application, owner),
        "bulk_id": bulk.pk,
        "person_id": application.person_id,
        "other_id": apply(application.job, "Ada Byron", email="ada@elsewhere.example").person_id,
        "merge_id": _merge(application.person, owner),
        "template_key": list_templates()[0].key,
        "question_id": load_bank().questions[0].id,
    }


def make_tokens(application: Application) -> dict[str, str]:
    """Make a secret for each kind of private address, named by how the address begins."""
    link = issue_path(application_id=application.pk)
    unsubscribe = unsubscribe_link(address="ada@applicant.example")
    return {"status/<str:token>": link.split("/")[-2], "unsubscribe/<str:token>": unsubscribe.split("/")[-2]}


def _merge(survivor: Person, owner: User) -> int:
    absorbed = Person.objects.create(name="A. Byron", merged_into=survivor)
    moved = {
        "joined": [],
        "fields": [],
        "links": {"before": survivor.links, "after": survivor.links},
        "applications": [],
        "absorbed": [],
    }
    return PersonMerge.objects.create(survivor=survivor, absorbed=absorbed, moved=moved, merged_by=owner).pk


def _interview(
    application: Application, stage: Stage, planned: PlannedInterview, panel: list[User], owner: User
) -> Interview:
    now = timezone.now()
    interview = Interview.objects.create(
        application=application,
        planned=planned,
        stage=stage,
        kit={"title": "Systems", "focus": ["serving"]},
        starts_at=now - timedelta(hours=2),
        ends_at=now - timedelta(hours=1),
        state=InterviewState.SCHEDULED,
        created_by=owner,
    )
    Panelist.objects.bulk_create(Panelist(interview=interview, user=user) for user in panel)
    return interview


def _message(application: Application) -> Message:
    now = timezone.now()
    thread = Thread.objects.create(
        application=application, subject="When could we talk?", token="abcdefgh", last_at=now, awaits_reply_since=now
    )
    source = b"From: ada@applicant.example\r\nMessage-ID: <one@applicant.example>\r\nSubject: When\r\n\r\nMonday?\r\n"
    message = Message.objects.create(
        thread=thread,
        direction=Direction.IN,
        kind=MessageKind.REPLY,
        state=MessageState.RECEIVED,
        sender="ada@applicant.example",
        recipient="jobs@assay.example",
        subject="When could we talk?",
        body="Monday?",
        arrival=store_arrival(source=source),
    )
    stored = store_bytes(content=PDF.read_bytes())
    Attachment.objects.create(
        message=message, name="cv.pdf", media_type="application/pdf", size=stored.size, digest=stored.sha256
    )
    return message


def _letter_in_doubt() -> int:
    letter = post(key="test:1", recipient="ben@applicant.example", subject="Hello", text="Hello.")
    Letter.objects.filter(pk=letter).update(state=LetterState.UNCERTAIN)
    return letter


def _unmatched() -> int:
    source = b"From: who@elsewhere.example\r\nMessage-ID: <two@elsewhere.example>\r\nSubject: Hi\r\n\r\nHi.\r\n"
    arrival = store_arrival(source=source)
    return UnmatchedMail.objects.create(
        arrival=arrival, sender="who@elsewhere.example", subject="Hi", body="Hi.", arrived_at=timezone.now()
    ).pk


def _broken_clock(application: Application, owner: User) -> int:
    now = timezone.now()
    return Clock.objects.create(
        application=application,
        kind=ClockKind.REVIEW,
        owner=owner,
        started_at=now - timedelta(days=9),
        stopped_at=now - timedelta(days=1),
        hours=72,
        yellow_at=now - timedelta(days=7),
        due_at=now - timedelta(days=6),
    ).pk
