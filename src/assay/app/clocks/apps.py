"""Registers clocks with Django."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils import timezone

if TYPE_CHECKING:
    from assay.platform.accounts.models import User


class ClocksConfig(AppConfig):
    """Clocks: how long somebody may wait, on which calendar, and what happens when it is too long."""

    name = "assay.app.clocks"
    label = "clocks"

    def ready(self) -> None:
        """Listen for facts that changed."""
        from assay.app.clocks.actions.promised_ends import answer_decision
        from assay.app.deciding.announcing import decided
        from assay.app.pipeline.news import applications_changed, job_changed
        from assay.platform.accounts.models import User

        applications_changed.connect(work_out_again, dispatch_uid="clocks")
        job_changed.connect(recount_job, dispatch_uid="clocks.job")
        post_save.connect(pass_clocks_on, sender=User, dispatch_uid="clocks.account")
        decided.connect(answer_decision, dispatch_uid="clocks.answer_decision")


def work_out_again(sender: object, *, application_ids: Collection[int], **more: object) -> None:
    """Work out the clocks of applications of which a fact changed, in the transaction that tells of it."""
    from assay.app.clocks.actions.syncing import sync

    del sender, more
    sync(application_ids=application_ids, now=timezone.now())


def recount_job(sender: object, *, job_id: int, **more: object) -> None:
    """Work out the clocks of a job again, in pieces, when its team or its plan changed."""
    from assay.app.clocks.actions.recounting import begin_recount

    del sender, more
    begin_recount(actor=None, job_id=job_id)


def pass_clocks_on(
    sender: object, *, instance: "User", update_fields: Collection[str] | None = None, **more: object
) -> None:
    """Give the clocks of an account that is switched off to whoever is next on the team; and back, switched on."""
    from assay.app.clocks.actions.recounting import recount_later
    from assay.app.pipeline.queries.waits import list_jobs_of_member

    del sender, more
    if update_fields is not None and "is_active" in update_fields:
        recount_later(job_ids=list_jobs_of_member(user_id=instance.pk))
