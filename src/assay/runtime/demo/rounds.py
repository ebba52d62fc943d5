"""What the product does by itself while the story runs: letters go out, holds end, clocks and promises are watched."""

from django.db import connection
from django.utils import timezone

from assay.app.clocks.actions.escalating import escalate
from assay.app.clocks.actions.promises import list_promises_to_watch, watch_promise
from assay.app.clocks.actions.waking import wake
from assay.app.messaging.actions.releasing import release_due
from assay.app.screening.actions import SCREEN_TASK
from assay.app.sourcing.work import BEGIN, FILES
from assay.platform.mail.actions.arriving import HANDLE
from assay.platform.mail.actions.handing import begin_handing_over, claim_next, is_any_due, note_sent
from assay.platform.mail.actions.posting import SEND
from assay.runtime.demo.days import Days
from assay.runtime.demo.diary import Diary

_FIRST_DAY, _HOURS = 23, ("08:00", "12:00", "16:00")
_FORGET = "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = ANY(%s)"
_DONE_IN_THE_STORY = [SCREEN_TASK, HANDLE, SEND, BEGIN, FILES]


def post_letters() -> None:
    """Let every letter whose time has come go, as far as anybody here can see. No server hears of it: the addresses of
    the demo are those of nobody."""
    release_due()
    while is_any_due() and (claim := claim_next(by="demo")) is not None:
        if begin_handing_over(claim):
            note_sent(claim)


def note_rounds(*, diary: Diary, days: Days) -> None:
    """Look after clocks and promises three times on each working day since the first applicants came."""
    for day in range(_FIRST_DAY, -1, -1):
        for hour in _HOURS:
            at = days.moment(f"{day}d {hour}")
            if at <= days.now:
                diary.note(at=at, act=_look_after)


def forget_tasks() -> None:
    """Take from the queue what the story has done already, so that no worker does it once more today."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [_DONE_IN_THE_STORY])


def _look_after() -> None:
    now = timezone.now()
    wake(now=now)
    for promise_id in list_promises_to_watch(now=now):
        watch_promise(promise_id=promise_id, now=now)
    escalate(now=now)
    post_letters()
