"""A few applicants side by side: what the documents of each show for every must-have and competency of the role."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.roles.role import CompetencyBar, MustHave, Role
from assay.core.screening.result import Claim, CompetencyResult, ScreeningResult, ScreeningStatus, Span, Verdict

MOST_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote and the id under which its document marks it."""

    span: Span
    mark: str


@dataclass(frozen=True, slots=True)
class MustHaveCell:
    """What one applicant's documents show for one must-have."""

    verdict: Verdict
    why: str
    quotes: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class LevelCell:
    """The level (0-4) one applicant shows in one competency; ``is_ahead`` when surely above the lowest beside it."""

    level: float
    low: float
    high: float
    quotes: tuple[Quotation, ...]
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class MustHaveRow:
    """One must-have across applicants; ``None`` for somebody who was not screened. ``differs`` when verdicts do."""

    must_have: MustHave
    cells: tuple[MustHaveCell | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One competency across applicants; ``differs`` when the likely ranges of two of them do not touch."""

    bar: CompetencyBar
    cells: tuple[LevelCell | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Applicants side by side, in the order they were given."""

    must_haves: tuple[MustHaveRow, ...]
    levels: tuple[LevelRow, ...]


def compare_applicants(*, role: Role, results: Sequence[ScreeningResult | None]) -> Comparison:
    """Return the results side by side under ``role``. A result that needs a person counts as not screened."""
    screened = [result if result and result.status is ScreeningStatus.SCREENED else None for result in results]
    return Comparison(
        must_haves=tuple(_must_have_row(note, screened) for note in role.must_haves),
        levels=tuple(_level_row(bar, screened) for bar in role.competencies),
    )


def strongest_quotes(*, result: ScreeningResult, claim_ids: Sequence[int] | None = None) -> tuple[Quotation, ...]:
    """Return the quotes of the counted claims that moved the score most, of ``claim_ids`` only when given."""
    claims = [claim for claim in result.claims if claim.counted and (claim_ids is None or claim.id in claim_ids)]
    best = sorted(claims, key=lambda claim: (-claim.points, -claim.strength, claim.id))
    return tuple(_of_claim(claim) for claim in _without_repeats(best)[:MOST_QUOTES])


def _without_repeats(claims: Sequence[Claim]) -> list[Claim]:
    return list({claim.span: claim for claim in reversed(claims)}.values())[::-1]


def _must_have_row(note: MustHave, results: Sequence[ScreeningResult | None]) -> MustHaveRow:
    cells = tuple(_must_have_cell(note, result) for result in results)
    verdicts = {cell.verdict for cell in cells if cell}
    return MustHaveRow(must_have=note, cells=cells, differs=len(verdicts) > 1)


def _must_have_cell(note: MustHave, result: ScreeningResult | None) -> MustHaveCell | None:
    found = next((item for item in result.must_haves if item.id == note.id), None) if result else None
    if found is None:
        return None
    quotes = tuple(Quotation(span, f"m-{note.id}") for span in dict.fromkeys(found.spans))
    return MustHaveCell(verdict=found.verdict, why=found.why, quotes=quotes[:MOST_QUOTES])


def _level_row(bar: CompetencyBar, results: Sequence[ScreeningResult | None]) -> LevelRow:
    found = [_competency(bar, result) for result in results]
    lowest_high = min((item.interval.high for item in found if item), default=0.0)
    cells = tuple(
        _level_cell(item, result, lowest_high) if item and result else None
        for item, result in zip(found, results, strict=True)
    )
    return LevelRow(bar=bar, cells=cells, differs=any(cell.is_ahead for cell in cells if cell))


def _competency(bar: CompetencyBar, result: ScreeningResult | None) -> CompetencyResult | None:
    return next((item for item in result.competencies if item.competency == bar.competency), None) if result else None


def _level_cell(item: CompetencyResult, result: ScreeningResult, lowest_high: float) -> LevelCell:
    return LevelCell(
        level=item.level,
        low=item.interval.low,
        high=item.interval.high,
        quotes=strongest_quotes(result=result, claim_ids=item.claim_ids),
        is_ahead=item.interval.low > lowest_high,
    )


def _of_claim(claim: Claim) -> Quotation:
    return Quotation(span=claim.span, mark=f"c{claim.id}")
