"""Who may hold an interview of a job and hand in a card for it."""

from collections import defaultdict
from dataclasses import dataclass

from assay.app.pipeline.queries.jobs import JobView
from assay.platform.access.gate import ask
from assay.platform.access.policy import Action, Resource, ResourceKind
from assay.platform.access.roles import TeamRole
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class PanelChoice:
    """Somebody who can be asked to hold an interview: their seats in words, their time zone."""

    user_id: int
    name: str
    seat: str
    time_zone: str


def list_panel_choices(*, job: JobView) -> tuple[PanelChoice, ...]:
    """Return everybody whom the policy lets hand in a card on this job, its team first."""
    seats: dict[int, set[str]] = defaultdict(set)
    for member in job.team:
        seats[member.user_id].add(member.team_role)
    found = []
    for user in User.objects.filter(is_active=True).order_by("name", "email"):
        held = frozenset(seats.get(user.pk, set()))
        resource = Resource(ResourceKind.JOB, job.is_confidential, held)
        if ask(actor=user, action=Action.WRITE_SCORECARD, resource=resource).allowed:
            words = ", ".join(TeamRole(one).label.lower() for one in sorted(held)) or user.role.replace("_", " ")
            found.append((not held, PanelChoice(user.pk, user.display_name, words, user.time_zone)))
    return tuple(choice for _, choice in sorted(found, key=lambda one: one[0]))
