"""Registers clocks with Django."""

from collections.abc import Collection

from django.apps import AppConfig
from django.utils import timezone


class ClocksConfig(AppConfig):
    """Clocks: how long somebody may wait, on which calendar, and what happens when it is too long."""

    name = "assay.app.clocks"
    label = "clocks"

    def ready(self) -> None:
        """Listen for facts that changed."""
        from assay.app.clocks.actions.promised_ends import answer_decision
        from assay.app.deciding.announcing import decided
        from assay.app.pipeline.news import applications_changed

        applications_changed.connect(work_out_again, dispatch_uid="clocks")
        decided.connect(answer_decision, dispatch_uid="clocks.answer_decision")


def work_out_again(sender: object, *, application_ids: Collection[int], **more: object) -> None:
    """Work out the clocks of applications of which a fact changed, in the transaction that tells of it."""
    from assay.app.clocks.actions.syncing import sync

    del sender, more
    sync(application_ids=application_ids, now=timezone.now())
