"""Background work of messages."""

from assay.app.messaging.actions.following import RECOUNT
from assay.app.messaging.actions.releasing import recount_thread, release_due
from assay.platform.queue.tasks import background_task, repeated_task


@repeated_task(name="messaging.release_due", cron="* * * * *")
def release_due_messages() -> None:
    """Give every message whose time has come to the outbox."""
    release_due()


@background_task(name=RECOUNT)
def recount_conversation(thread_id: int) -> None:
    """Work out again who waits in a conversation."""
    recount_thread(thread_id=thread_id)
