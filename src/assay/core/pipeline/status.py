"""The states that jobs, openings and applications can be in."""

from enum import StrEnum


class JobStatus(StrEnum):
    """Whether a job takes applicants."""

    OPEN = "open"
    CLOSED = "closed"


class OpeningState(StrEnum):
    """Whether a seat is still to be filled."""

    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"


class ApplicationStatus(StrEnum):
    """How an application stands. A held application is waiting on purpose and still alive."""

    ACTIVE = "active"
    HELD = "held"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    HIRED = "hired"

    @property
    def is_live(self) -> bool:
        """Tell whether somebody is still waiting for something."""
        return self in (ApplicationStatus.ACTIVE, ApplicationStatus.HELD)


class ScreeningState(StrEnum):
    """What screening knows about an application's documents."""

    WAITING = "waiting"
    SCREENED = "screened"
    NEEDS_PERSON = "needs_person"
    NO_DOCUMENT = "no_document"


class TeamRole(StrEnum):
    """A seat on a job's hiring team."""

    HIRING_MANAGER = "hiring_manager"
    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"
    INTERVIEWER = "interviewer"
    APPROVER = "approver"
