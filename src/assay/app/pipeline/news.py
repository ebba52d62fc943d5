"""News that a fact about applications changed, for whoever works something out from facts (clocks, work states).

Whoever writes such a fact (a stage, a hold, an interview, a scorecard, a message) tells of it in the same transaction;
listeners register in their ``AppConfig.ready``. The teller does not know who listens.
"""

from collections.abc import Collection

from django.dispatch import Signal

applications_changed = Signal()
job_changed = Signal()


def tell_changed(*, application_ids: Collection[int]) -> None:
    """Tell every listener, inside the caller's transaction. A listener that raises takes the write back with it."""
    if application_ids:
        applications_changed.send(sender=None, application_ids=tuple(application_ids))


def tell_job_changed(*, job_id: int) -> None:
    """Tell every listener that something all applications of a job rest on changed: its team, the kinds of its stages,
    its plan of interviews. Inside the caller's transaction, like ``tell_changed``."""
    job_changed.send(sender=None, job_id=job_id)
