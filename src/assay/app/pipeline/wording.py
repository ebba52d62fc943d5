"""The words that lists of applicants use for states, filters and flags."""

from collections.abc import Mapping, Sequence

from assay.core.pipeline.applicant_filter import ANY_STATUS, ApplicantOrder, MustHaveState, Waiting
from assay.core.pipeline.status import ApplicationStatus, ScreeningState
from assay.core.screening.result import FlagKind

Options = Sequence[tuple[str, str]]

STATUS_LABELS: Mapping[str, str] = {
    ApplicationStatus.ACTIVE: "Active",
    ApplicationStatus.HELD: "On hold",
    ApplicationStatus.REJECTED: "Rejected",
    ApplicationStatus.WITHDRAWN: "Withdrawn",
    ApplicationStatus.HIRED: "Hired",
}
SCREENING_LABELS: Mapping[str, str] = {
    ScreeningState.WAITING: "Being read",
    ScreeningState.NEEDS_PERSON: "Needs a person",
    ScreeningState.NO_DOCUMENT: "No document",
}
FLAG_LABELS: Mapping[str, str] = {
    FlagKind.HIDDEN_TEXT: "Hidden text",
    FlagKind.PROMPT_LIKE_TEXT: "Text aimed at machines",
    FlagKind.KEYWORD_STUFFING: "Keyword stuffing",
    FlagKind.TITLE_INFLATION: "Title above the evidence",
    FlagKind.UNSUPPORTED_SKILLS: "Skills without work",
    FlagKind.VAGUE_CLAIMS: "Vague claims",
    FlagKind.OVERLAPPING_DATES: "Overlapping dates",
    FlagKind.THIN_TEXT: "Very little text",
    FlagKind.REPEATED_TEXT: "Repeated text",
}
ORDER_LABELS: Mapping[ApplicantOrder, str] = {
    ApplicantOrder.BEST: "Best score first",
    ApplicantOrder.RELEVANCE: "Closest to the search",
    ApplicantOrder.NEWEST: "Newest first",
    ApplicantOrder.OLDEST: "Oldest first",
    ApplicantOrder.NAME: "Name, A to Z",
    ApplicantOrder.NAME_BACKWARD: "Name, Z to A",
    ApplicantOrder.WORST: "Lowest score first",
}
FILTER_OPTIONS: Mapping[str, Options] = {
    "status": [*((str(key), text) for key, text in STATUS_LABELS.items()), (ANY_STATUS, "Any status")],
    "musts": [
        ("", "Any must-haves"),
        (MustHaveState.ALL_MET, "All met"),
        (MustHaveState.NONE_MISSING, "None missing"),
        (MustHaveState.SOME_UNCLEAR, "Some unclear"),
        (MustHaveState.SOME_MISSING, "Some not found"),
    ],
    "waiting": [
        ("", "Waits for anyone"),
        (Waiting.REVIEW, "To review"),
        (Waiting.PERSON, "Needs a person"),
        (Waiting.SCREENING, "Being read"),
    ],
    "flag": [("", "Any flags"), *((str(key), text) for key, text in FLAG_LABELS.items())],
}
