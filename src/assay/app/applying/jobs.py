"""What is done in the background: fresh private addresses; résumés nobody sent, tries and letters thrown away."""

from django.utils import timezone

from assay.app.applying.actions.counting import forget_tries
from assay.app.applying.actions.erasing import erase_what_went
from assay.app.applying.actions.renewing import send_fresh_links
from assay.app.applying.actions.resumes import sweep_resumes
from assay.platform.queue.tasks import background_task, repeated_task


@background_task(name="applying.fresh_links")
def fresh_links(email: str) -> None:
    """Write to an address that asked for its private addresses, if anybody applied with it."""
    send_fresh_links(email=email, now=timezone.now())


@repeated_task(name="applying.sweep", cron="17 * * * *")
def sweep() -> None:
    """Throw away what is over."""
    now = timezone.now()
    sweep_resumes(now=now)
    forget_tries(now=now)
    erase_what_went(now=now)
