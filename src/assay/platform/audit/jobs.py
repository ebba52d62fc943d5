"""What the audit log does by itself: every night it is checked, and its end is written down outside."""

import logging

from assay.platform.audit.checking import check_log, write_anchor
from assay.platform.queue.tasks import repeated_task

_log = logging.getLogger(__name__)


@repeated_task(name="audit.anchor_and_check", cron="20 1 * * *")
def anchor_and_check() -> None:
    """Check first, then anchor: the end of a broken chain is anchored too, but the log says that it is broken."""
    report = check_log()
    if not report.is_whole:
        _log.critical("the audit log has %d faults; run: assay audit verify", report.fault_count)
    write_anchor()
