"""The words that lists of applicants use for states, filters and flags."""

from collections.abc import Mapping, Sequence

from assay.core.pipeline.applicant_filter import ANY_STATUS, NO, YES, ApplicantOrder, MustHaveState, Waiting
from assay.core.pipeline.applicant_view import ViewColumn, ViewKind
from assay.core.pipeline.clock_state import ClockState
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus, ScreeningState
from assay.core.pipeline.work_state import WorkState
from assay.core.screening.result import FlagKind

Options = Sequence[tuple[str, str]]

STATUS_LABELS: Mapping[str, str] = {
    ApplicationStatus.ACTIVE: "Active",
    ApplicationStatus.HELD: "On hold",
    ApplicationStatus.REJECTED: "Rejected",
    ApplicationStatus.WITHDRAWN: "Withdrawn",
    ApplicationStatus.TRANSFERRED: "Transferred",
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
GROUP_LABELS: Mapping[str, str] = {
    StageGroup.APPLICATION: "Application",
    StageGroup.ASSESSMENT: "Assessment",
    StageGroup.INTERVIEW: "Interviews",
    StageGroup.OFFER: "Offer",
    StageGroup.HIRED: "Hired",
}
WORK_LABELS: Mapping[str, str] = {
    WorkState.REVIEW: "Needs review",
    WorkState.SCHEDULING: "Needs scheduling",
    WorkState.INTERVIEW: "Interview ahead",
    WorkState.FEEDBACK: "Needs feedback",
    WorkState.DECISION: "Needs decision",
    WorkState.OFFER: "Offer to make",
    WorkState.CANDIDATE: "Waits for the candidate",
    WorkState.HELD: "On hold",
    WorkState.PROGRESS: "Nothing owed",
    WorkState.DONE: "Done",
}
CLOCK_LABELS: Mapping[str, str] = {
    ClockState.RED: "Past due",
    ClockState.YELLOW: "Due soon",
    ClockState.CALM: "In time",
    ClockState.PAUSED: "Paused",
    ClockState.NONE: "No clock",
}
VIEW_LABELS: Mapping[ViewKind, str] = {
    ViewKind.BOARD: "Board",
    ViewKind.TABLE: "Table",
    ViewKind.STAGES: "By stage",
}
COLUMN_LABELS: Mapping[ViewColumn, str] = {
    ViewColumn.SCORE: "Score and range",
    ViewColumn.MUSTS: "Must-haves",
    ViewColumn.FLAGS: "Flags",
    ViewColumn.STAGE: "Stage",
    ViewColumn.WORK: "Waits for",
    ViewColumn.DAYS: "Days in stage",
    ViewColumn.CLOCK: "Clock",
    ViewColumn.SOURCE: "Source",
    ViewColumn.APPLIED: "Applied",
}
ORDER_LABELS: Mapping[ApplicantOrder, str] = {
    ApplicantOrder.BEST: "Best score first",
    ApplicantOrder.RELEVANCE: "Closest to the search",
    ApplicantOrder.CLOCK: "Most overdue first",
    ApplicantOrder.LONGEST_IN_STAGE: "Longest in its stage first",
    ApplicantOrder.NEWEST: "Newest first",
    ApplicantOrder.OLDEST: "Oldest first",
    ApplicantOrder.NAME: "Name, A to Z",
    ApplicantOrder.NAME_BACKWARD: "Name, Z to A",
    ApplicantOrder.WORST: "Lowest score first",
    ApplicantOrder.CLOCK_BACKWARD: "Most time left first",
    ApplicantOrder.SHORTEST_IN_STAGE: "Newest in its stage first",
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
    "work": [("", "Any work"), *((str(key), text) for key, text in WORK_LABELS.items())],
    "clock": [("", "Any clock"), *((str(key), text) for key, text in CLOCK_LABELS.items())],
    "internal": [("", "Inside or outside"), (YES, "Internal"), (NO, "From outside")],
    "flag": [("", "Any flags"), *((str(key), text) for key, text in FLAG_LABELS.items())],
}


def flag_words(flags: Sequence[str]) -> str:
    """Say all the flags of a document in one line."""
    return ", ".join(FLAG_LABELS.get(flag, flag) for flag in flags)
