"""A small screening result to decide on."""

from assay.core.base.interval import Interval
from assay.core.screening.result import (
    Claim,
    CompetencyResult,
    Flag,
    FlagKind,
    MustHaveResult,
    ScreeningResult,
    ScreeningStatus,
    Span,
    Verdict,
)

TEXT = "WORK\nShipped a ranking model to 4M users.\n• Cut p95 from 210 to 80 ms\nKnows Kubernetes.\n"


def span(quote, *, text=TEXT):
    start = text.index(quote)
    return Span(quote, 1, start, start + len(quote))


def make_result(*, status=ScreeningStatus.SCREENED, score=62.0):
    shipped = span("Shipped a ranking model to 4M users.")
    faster = span("Cut p95 from 210 to 80 ms")
    return ScreeningResult(
        status=status,
        status_detail="" if status is ScreeningStatus.SCREENED else "The file is locked with a password.",
        rules_version="test-1",
        role_id="ml-engineer",
        role_version="1",
        score=score,
        interval=Interval(50.0, 71.0),
        must_haves=(
            MustHaveResult("deployed", "Has put a model in production", Verdict.MET, "Shipped one.", (shipped,)),
            MustHaveResult("oncall", "Has kept a model alive", Verdict.MISSING, "Nothing found.", ()),
        ),
        competencies=(
            CompetencyResult("serving", "Serving", 2.4, Interval(1.8, 3.0), 0.6, 3.0, 0.4, 22.0, (1, 2)),
            CompetencyResult("operations", "Operations", 0.0, Interval(0.0, 1.4), 0.3, 2.0, 0.6, 0.0, ()),
        ),
        claims=(
            Claim(1, "deployed", shipped, True, "A verb of shipping with a user count.", 0.9, 14.0, "Acme"),
            Claim(2, "latency", faster, True, "A number before and after.", 0.8, 8.0),
            Claim(3, "skill", span("Knows Kubernetes."), False, "No work is named.", 0.1, 0.0),
        ),
        flags=(Flag(FlagKind.VAGUE_CLAIMS, "One claim names no work.", (span("Knows Kubernetes."),)),),
    )
