"""What is said when something about interviews cannot be stored as it was sent."""


class InterviewRefused(ValueError):
    """Raised for what was filled in wrongly; ``field`` names the field as forms do, empty for the whole form."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class ChangedMeanwhile(InterviewRefused):
    """Raised when somebody else stored a change after the writer looked. Nothing of the writer's was stored."""
