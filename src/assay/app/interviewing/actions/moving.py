"""The application goes along to the stage of an interview that is arranged: deciding's own action, or nothing."""

from assay.app.deciding.actions.deciding import ConflictingDecisionError, decide
from assay.app.interviewing.actions.refusal import ChangedMeanwhile, InterviewRefused
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError
from assay.platform.accounts.models import User


def move_along(*, actor: User, application_id: int, stage_id: int, seen_revision: int) -> int:
    """Move an application, as its decision, in the caller's transaction; return the decision's id.

    Raises ``InterviewRefused`` with the reason when the move is refused, ``ChangedMeanwhile`` when somebody else was
    faster, ``Forbidden`` for who may not decide.
    """
    try:
        return decide(
            actor=actor,
            application_id=application_id,
            kind=DecisionKind.MOVE,
            expected_revision=seen_revision,
            to_stage_id=stage_id,
        )
    except ConflictingDecisionError as error:
        raise ChangedMeanwhile(f"{error} The interview was not arranged either.") from error
    except IllegalDecisionError as error:
        raise InterviewRefused(f"{error} Nothing was stored: neither the move nor the interview.") from error
