"""Decisions as people make them: at the revision and on the evidence that are on their screen."""

from datetime import date
from typing import Any

from assay.app.deciding.actions.deciding import EvidenceShown, decide
from assay.app.deciding.models import Decision
from assay.app.deciding.queries import evidence_on_screen
from assay.app.pipeline.models import Application
from assay.core.deciding.decision import DecisionKind, RejectReason
from assay.platform.accounts.models import User

STATE = ("stage_id", "status", "held_until", "needs_review")


def act(actor: User, application: Application, kind: DecisionKind, **more: Any) -> Decision:
    """Decide about the application as it is in the database now, unless a revision is given."""
    revision = more.pop("expected_revision", None) or Application.objects.get(pk=application.pk).revision
    more.setdefault("evidence_shown", None)
    pk = decide(actor=actor, application_id=application.pk, kind=kind, expected_revision=revision, **more)
    return Decision.objects.get(pk=pk)


def shown(application: Application, *keys: str) -> EvidenceShown:
    """What is on the screen, resting on these keys or else on the first item."""
    on_screen = evidence_on_screen(application_id=application.pk)
    return EvidenceShown(on_screen.screening_id, keys or (on_screen.items[0].key,))


def reject(actor: User, application: Application, **more: Any) -> Decision:
    """Reject on what the screen shows."""
    more.setdefault("reason", RejectReason.LEVEL_TOO_LOW)
    more.setdefault("evidence_shown", shown(application))
    return act(actor, application, DecisionKind.REJECT, **more)


def hold(actor: User, application: Application, until: date) -> Decision:
    """Put on hold."""
    return act(actor, application, DecisionKind.HOLD, held_until=until)


def state(application: Application) -> dict[str, Any]:
    """Where an application stands in the database."""
    return dict(Application.objects.filter(pk=application.pk).values(*STATE)[0])
