"""What the inbox does by itself: the daily letters, a task for each reader so that nobody's trouble is another's."""

from django.utils import timezone

from assay.app.inbox.actions.digests import due_readers, send_digest
from assay.platform.accounts.models import User
from assay.platform.queue.tasks import background_task, enqueue, repeated_task


@background_task(name="inbox.digest")
def digest(user_id: int) -> None:
    """Write one reader's letter, if it is still due."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        send_digest(user=user, now=timezone.now())


# Every quarter of an hour: some zones begin their hours between ours.
@repeated_task(name="inbox.digests", cron="*/15 * * * *")
def digests() -> None:
    """Ask for the letters that are due."""
    for user_id in due_readers(now=timezone.now()):
        enqueue(name="inbox.digest", user_id=user_id)
