"""What clocks do by themselves: every minute what time alone changed, letters, promises, and recounts."""

from django.utils import timezone

from assay.app.clocks.actions.escalating import escalate
from assay.app.clocks.actions.promises import list_promises_to_watch, watch_promise
from assay.app.clocks.actions.recounting import TASK, begin_recount, go_on, has_recounted
from assay.app.clocks.actions.waking import wake
from assay.platform.queue.tasks import background_task, enqueue, repeated_task


@repeated_task(name="clocks.tick", cron="* * * * *")
def tick() -> None:
    """Work out again what time alone changed; the very first time, every application there is."""
    if not has_recounted():
        begin_recount(actor=None)
    wake(now=timezone.now())


@repeated_task(name="clocks.escalate", cron="*/5 * * * *")
def take_steps() -> None:
    """Tell those whose clocks are over."""
    escalate(now=timezone.now())


@repeated_task(name="clocks.promises", cron="*/5 * * * *")
def promises() -> None:
    """Look after promises, each in a task of its own, so that one that fails holds up no other."""
    for promise_id in list_promises_to_watch(now=timezone.now()):
        enqueue("clocks.promise", promise_id=promise_id)


@background_task(name="clocks.promise")
def promise(promise_id: int) -> None:
    """Look after one promise."""
    watch_promise(promise_id=promise_id, now=timezone.now())


@background_task(name=TASK)
def recount(recount_id: int) -> None:
    """Do the next piece of a recount and ask for the one after it."""
    if not go_on(recount_id=recount_id).is_done:
        enqueue(TASK, recount_id=recount_id)


# New years bring new holidays, and whatever went unnoticed is put right.
@repeated_task(name="clocks.daily", cron="10 3 * * *")
def daily() -> None:
    """Work out every running clock again."""
    begin_recount(actor=None)
