"""What is thrown away by the clock: résumés nobody sent, counts of tries, letters of those who were erased."""

from django.utils import timezone

from assay.app.applying.actions.counting import forget_tries
from assay.app.applying.actions.erasing import erase_what_went
from assay.app.applying.actions.resumes import sweep_resumes
from assay.platform.queue.tasks import repeated_task


@repeated_task(name="applying.sweep", cron="17 * * * *")
def sweep() -> None:
    """Throw away what is over."""
    now = timezone.now()
    sweep_resumes(now=now)
    forget_tries(now=now)
    erase_what_went(now=now)
