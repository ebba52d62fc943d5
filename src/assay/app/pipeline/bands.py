"""The scores of a job's applicants as ten bars, each of which narrows the list to what it counts."""

from dataclasses import dataclass, replace

from assay.app.pipeline.queries.numbers import BAND_WIDTH, BANDS, JobNumbers
from assay.core.pipeline.applicant_view import ApplicantView, write_applicant_view
from assay.core.pipeline.status import ApplicationStatus

TALLEST = 44


@dataclass(frozen=True, slots=True)
class ScoreBar:
    """One bar: what it covers, how many it counts, its height in pixels, and where a click on it leads."""

    label: str
    count: int
    height: float
    is_chosen: bool
    query: str


def score_bars(*, numbers: JobNumbers, view: ApplicantView) -> tuple[ScoreBar, ...]:
    """Return the bars for active applicants. Choosing a bar keeps the rest of the filter; choosing it again lets go."""
    most = max(*numbers.bands, 1)
    return tuple(_bar(band, numbers.bands[band], most, view) for band in range(BANDS))


def _bar(band: int, count: int, most: int, view: ApplicantView) -> ScoreBar:
    chosen = view.filter
    low = band * BAND_WIDTH
    is_last = band == BANDS - 1
    below = low + BAND_WIDTH + is_last
    is_chosen = (chosen.score_from, chosen.score_below) == (low, below)
    wanted = (None, None) if is_chosen else (low, below)
    narrowed = replace(chosen, score_from=wanted[0], score_below=wanted[1], status=ApplicationStatus.ACTIVE)
    return ScoreBar(
        label=f"{low}–{100 if is_last else low + BAND_WIDTH - 1}",
        count=count,
        height=max(1.5, round(count / most * TALLEST, 1)) if count else 0.0,
        is_chosen=is_chosen,
        query=write_applicant_view(view=replace(view, filter=narrowed)),
    )
