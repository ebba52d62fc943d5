"""The words for what a person is in the organisation, and what they are on one job's hiring team."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the organisation. Every account has exactly one."""

    ADMIN = "admin"
    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    APPROVER = "approver"
    VIEWER = "viewer"

    @property
    def label(self) -> str:
        """The word shown to people."""
        return self.value.replace("_", " ").capitalize()


class TeamRole(StrEnum):
    """What a person is on the hiring team of one job. Somebody may be several things."""

    HIRING_MANAGER = "hiring_manager"
    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"
    INTERVIEWER = "interviewer"
    APPROVER = "approver"

    @property
    def label(self) -> str:
        """The word shown to people."""
        return self.value.replace("_", " ").capitalize()


class RequisitionSeat(StrEnum):
    """What a person is at one requisition."""

    OWNER = "owner"
    COLLABORATOR = "collaborator"
    APPROVER = "approver"

    @property
    def label(self) -> str:
        """The word shown to people."""
        return self.value.capitalize()


ROLE_MEANING: dict[Role, str] = {
    Role.ADMIN: "Runs the installation: people, settings, audit, and every job that is not confidential.",
    Role.RECRUITER: "Runs jobs: every job that is not confidential, and confidential jobs whose team they are on.",
    Role.HIRING_MANAGER: "Reviews and decides on the jobs whose team they are on.",
    Role.INTERVIEWER: "Reads the applicants of the jobs whose team they are on; does not see others' decisions.",
    Role.APPROVER: "Reads the jobs whose team they are on and approves what is put before them.",
    Role.VIEWER: "Reads the jobs whose team they are on; changes nothing.",
}
