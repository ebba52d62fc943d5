"""The only reader of profiles: gathers what was measured, leaves out what the reader may not see, and works it out."""

from collections.abc import Sequence

from assay.app.evidence.laying import lay_out
from assay.app.evidence.next_steps import worth_doing
from assay.app.evidence.rules import bars_of, belief_rules, musts_of, population_rules
from assay.app.evidence.view import ProfileView
from assay.app.interviewing.queries.visibility import hidden_rating_ids
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.roles.queries import get_role_version
from assay.app.screening.measured import MeasurementView, list_measurements
from assay.core.evidence.measurement import Observer
from assay.core.evidence.seen import Seen, SharedBy
from assay.core.evidence.standing import standing_of
from assay.core.pipeline.stage import StageGroup
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

_SENT_ON = (StageGroup.INTERVIEW, StageGroup.OFFER, StageGroup.HIRED)


def get_profile(*, actor: User, application_id: int) -> ProfileView:
    """Return what is known of an application from all that ``actor`` may see.

    A rating on a scorecard that is closed to them is left out of everything: the belief, the coverage, the next step.
    Raises ``Http404`` or ``Forbidden`` without access to the applicants of the job.
    """
    application = find_application(application_id=application_id)
    require(actor=actor, action=Action.SEE_APPLICANTS, resource=job_resource(job=application.job, user=actor))
    version = get_role_version(role_version_id=application.job.role_id)
    assert version is not None  # noqa: S101 - a job pins a version that is never deleted
    role = version.role
    everything = list_measurements(application_ids=[application_id]).get(application_id, ())
    open_to_actor = _open_to(actor, application_id, everything)
    bars, musts = bars_of(role=role), musts_of(role=role)
    standing = standing_of(
        bars=bars,
        musts=musts,
        seen=[seen_of(measured=item) for item in open_to_actor],
        seniority=role.seniority.value,
        is_sent_on=StageGroup(application.stage.group) in _SENT_ON,
        population=population_rules(),
        rules=belief_rules(),
    )
    return lay_out(
        application_id=application_id,
        role=role,
        standing=standing,
        measured=open_to_actor,
        is_sent_on=StageGroup(application.stage.group) in _SENT_ON,
        has_closed=len(open_to_actor) < len(everything),
        worth=worth_doing(
            application_id=application_id,
            job_id=application.job_id,
            role=role,
            standing=standing,
            bars=bars,
            musts=musts,
        ),
    )


def seen_of(*, measured: MeasurementView) -> Seen:
    """Return a measurement as the core weighs it, with what it shares with others."""
    is_document = measured.observer is Observer.RESUME_SCREEN
    shares = (
        (SharedBy.DOCUMENT, measured.document_id),
        (SharedBy.OBSERVER, measured.observed_by_id),
        (SharedBy.CONVERSATION, measured.interview_id),
    )
    return Seen(
        key=f"{measured.id}",
        competency=measured.competency,
        level=measured.level,
        reliability=measured.reliability,
        observer=measured.observer,
        is_whole=not is_document,
        shares=tuple((shared, f"{name}") for shared, name in shares if name is not None),
    )


def _open_to(actor: User, application_id: int, everything: Sequence[MeasurementView]) -> tuple[MeasurementView, ...]:
    if all(item.rating_id is None for item in everything):
        return tuple(everything)
    hidden = hidden_rating_ids(actor=actor, application_id=application_id)
    return tuple(item for item in everything if item.rating_id not in hidden)
