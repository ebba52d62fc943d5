"""Made-up data for the style guide: one candidate, one role, a queue. Nothing here is a real person."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from markupsafe import Markup

from assay.app.ui.charts import Bin
from assay.app.ui.plot_samples import PlotSamples
from assay.app.ui.shell import Shell, ShellItem
from assay.app.ui.tables import Column, sortable
from assay.core.base.interval import Interval
from assay.core.screening.result import CompetencyResult, Flag, FlagKind, Span


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A ranked applicant as the style guide shows one."""

    rank: int
    name: str
    work: str
    score: float
    low: float
    high: float
    met: int
    unclear: int
    missing: int
    stage: str
    clock: str
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """One entry of a history."""

    icon: str
    text: str
    at: datetime
    is_automatic: bool = False


SHELL = Shell(
    items=(
        ShellItem("jobs", "Jobs", "briefcase", "#jobs", "g j", True),
        ShellItem("candidates", "Candidates", "users", "#candidates", "g c", False),
        ShellItem("roles", "Roles", "scale", "#roles", "g r", False),
        ShellItem("people", "People", "user-cog", "#people", "g p", False),
        ShellItem("settings", "Settings", "settings", "#settings", "g s", False),
        ShellItem("audit", "Audit", "scroll-text", "#audit", "g a", False),
    ),
    user_name="Imke Vandersloot",
    organisation="Northlight Freight",
    account_url="#account",
    sign_out_url="#sign-out",
)

ROWS = (
    SampleRow(1, "Oluwaseun Adébáyọ̀", "Senior ML engineer, Tallyport", 84, 77, 90, 4, 0, 0, "New", "31 h left"),
    SampleRow(2, "Katarzyna Wiśniewska", "MLOps engineer, Brightwater", 79, 66, 88, 3, 1, 0, "New", "8 h left"),
    SampleRow(3, "Rafael Monteiro", "Data scientist, Casa Verde", 61, 44, 76, 2, 2, 0, "Review", "Paused"),
    SampleRow(
        4, "Priya Raghunathan", "ML engineer, Quillon Labs", 58, 50, 66, 3, 0, 1, "Review", "6 h over", is_broken=True
    ),
    SampleRow(5, "Jonas Lindqvist", "Analyst, Fjordbank", 27, 18, 41, 0, 1, 3, "New", "70 h left"),
)

COLUMNS = sortable(
    (
        Column("rank", "#", is_number=True),
        Column("name", "Candidate", is_sortable=True),
        Column("score", "Score and range", is_sortable=True),
        Column("musts", "Must-haves"),
        Column("stage", "Stage"),
        Column("clock", "Review clock", is_number=True, is_sortable=True),
    ),
    sort="-score",
    query="stage=new",
)

COMPETENCIES = (
    CompetencyResult("serving", "Serving models in production", 3.3, Interval(2.9, 3.7), 0.7, 3.0, 0.30, 27.0, (1, 2)),
    CompetencyResult("monitoring", "Monitoring and incidents", 2.4, Interval(1.7, 3.1), 0.5, 3.0, 0.25, 16.0, (3,)),
    CompetencyResult("pipelines", "Data pipelines", 2.8, Interval(2.2, 3.3), 0.6, 2.0, 0.20, 18.0, (4,)),
    CompetencyResult("modelling", "Modelling and evaluation", 3.0, Interval(2.5, 3.4), 0.6, 2.5, 0.15, 13.0, (5,)),
    CompetencyResult("ownership", "Ownership end to end", 1.1, Interval(0.4, 1.9), 0.4, 2.5, 0.10, 4.0, ()),
)

FLAGS = (
    Flag(
        FlagKind.HIDDEN_TEXT,
        "214 characters are white on white and not scored.",
        (Span("expert in", 2, 40, 49),),
    ),
    Flag(FlagKind.OVERLAPPING_DATES, "Two full-time positions overlap by seven months; ask which was which."),
)

EVENTS = (
    SampleEvent("arrow-right", "moved to Phone screen", datetime(2026, 3, 4, 14, 5, tzinfo=UTC)),
    SampleEvent("file-text", "corrected the e-mail address", datetime(2026, 3, 4, 13, 52, tzinfo=UTC)),
    SampleEvent("bot", "Screened under ml-engineer 1.2", datetime(2026, 3, 3, 9, 0, tzinfo=UTC), is_automatic=True),
    SampleEvent("upload", "Applied with 1 document", datetime(2026, 3, 3, 8, 59, tzinfo=UTC), is_automatic=True),
)

SAMPLE_TOKEN = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="sample">')

HISTOGRAM = tuple(
    Bin(f"{start}–{start + 9}", count, is_marked=start == 80)
    for start, count in zip(range(0, 100, 10), (1, 3, 7, 9, 12, 8, 6, 5, 3, 0), strict=True)
)


def guide_context(theme: str = "auto") -> dict[str, object]:
    """Return everything the style guide's template needs."""
    return {
        "shell": replace(SHELL, theme=theme),
        "messages": (),
        "csrf_input": SAMPLE_TOKEN,
        "rows": ROWS,
        "columns": COLUMNS,
        "competencies": COMPETENCIES,
        "flags": FLAGS,
        "events": EVENTS,
        "histogram": HISTOGRAM,
        "plots": PlotSamples(),
    }
