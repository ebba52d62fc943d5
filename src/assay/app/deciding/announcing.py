"""The announcement of a decision, for whoever acts on it (the letter to the candidate).

Sent inside the transaction that stores the decision, with ``decision_id``, ``application_id``, ``kind``
(``DecisionKind``), ``undoes_id`` (of an undo, else None), ``actor`` (None for a candidate
who withdrew, and for a hold that ended on its day) and ``letter`` (what the
decider chose about telling the candidate: see ``LetterChoice``) and ``goes_on`` (of a transfer, the application that
goes on, else None). A listener that raises takes the decision back.
"""

from enum import StrEnum

from django.dispatch import Signal


class LetterChoice(StrEnum):
    """Whether the candidate is told by mail: after the usual delay, at once, or not by us."""

    USUAL = "usual"
    NOW = "now"
    NONE = "none"


decided = Signal()
