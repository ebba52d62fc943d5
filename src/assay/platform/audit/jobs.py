"""What the audit log does by itself: once a day it is checked, and its end is written down outside."""

import logging
from datetime import timedelta

from django.utils import timezone

from assay.platform.audit.checking import check_log, write_anchor
from assay.platform.audit.models import ChainCheck
from assay.platform.queue.tasks import repeated_task

_ONCE_IN = timedelta(hours=20)

_log = logging.getLogger(__name__)


# Asked every hour, so that a machine that sleeps at night does it in the day.
@repeated_task(name="audit.anchor_and_check", cron="20 * * * *")
def anchor_and_check() -> None:
    """Check first, then anchor: the end of a broken chain is anchored too, but the log says that it is broken."""
    if ChainCheck.objects.filter(checked_at__gt=timezone.now() - _ONCE_IN).exists():
        return
    report = check_log()
    if not report.is_whole:
        _log.critical("the audit log has %d faults; run: assay audit verify", report.fault_count)
    write_anchor()
