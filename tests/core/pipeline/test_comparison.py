from dataclasses import replace

from assay.core.base.interval import Interval
from assay.core.pipeline.comparison import MOST_QUOTES, compare_applicants, strongest_quotes
from assay.core.roles.role import CompetencyBar, MustHave, Role, Seniority
from assay.core.screening.result import (
    Claim,
    CompetencyResult,
    MustHaveResult,
    ScreeningResult,
    ScreeningStatus,
    Span,
    Verdict,
)

ROLE = Role(
    id="ml-engineer",
    version="1",
    title="ML engineer",
    problem="x",
    seniority=Seniority.MID,
    competencies=(CompetencyBar("serving", "Serving", 3, 1.0),),
    must_haves=(MustHave("shipped", "Has shipped", claim_kinds=("deployed",)),),
)


def claim(number: int, points: float, *, counted: bool = True, quote: str = "") -> Claim:
    span = Span(quote or f"quote {number}", 1, number * 10, number * 10 + 5)
    return Claim(number, "deployed", span, counted, "", 0.5, points)


def result(low: float, high: float, verdict: Verdict, claims: tuple[Claim, ...] = ()) -> ScreeningResult:
    return ScreeningResult(
        status=ScreeningStatus.SCREENED,
        status_detail="",
        rules_version="r1",
        role_id="ml-engineer",
        role_version="1",
        score=50,
        interval=Interval(40, 60),
        must_haves=(MustHaveResult("shipped", "Has shipped", verdict, "why", ()),),
        competencies=(
            CompetencyResult(
                "serving", "Serving", (low + high) / 2, Interval(low, high), 0.5, 3, 1, 50, tuple(c.id for c in claims)
            ),
        ),
        claims=claims,
    )


def test_rows_differ_when_verdicts_do_or_ranges_do_not_touch():
    apart = compare_applicants(role=ROLE, results=[result(0, 1, Verdict.MISSING), result(2, 3, Verdict.MET)])
    assert apart.must_haves[0].differs
    assert apart.levels[0].differs
    assert [cell.is_ahead for cell in apart.levels[0].cells] == [False, True]
    close = compare_applicants(role=ROLE, results=[result(0, 2, Verdict.MET), result(2, 3, Verdict.MET)])
    assert not close.must_haves[0].differs
    assert not close.levels[0].differs


def test_somebody_who_was_not_screened_has_empty_cells_and_changes_no_verdict():
    unread = replace(result(0, 1, Verdict.MISSING), status=ScreeningStatus.NEEDS_PERSON)
    compared = compare_applicants(role=ROLE, results=[None, unread, result(2, 3, Verdict.MET)])
    assert compared.levels[0].cells[:2] == (None, None)
    assert compared.must_haves[0].cells[:2] == (None, None)
    assert not compared.levels[0].differs
    assert not compared.must_haves[0].differs


def test_a_result_under_another_role_leaves_cells_empty_rather_than_guessing():
    foreign = replace(result(1, 2, Verdict.MET), must_haves=(), competencies=())
    compared = compare_applicants(role=ROLE, results=[foreign, foreign])
    assert compared.levels[0].cells == (None, None)


def test_the_strongest_quotes_are_those_that_moved_the_score_most_and_count():
    claims = (claim(1, 2), claim(2, 9), claim(3, 30, counted=False), claim(4, 5))
    quotes = strongest_quotes(result=result(1, 2, Verdict.MET, claims))
    assert [quotation.mark for quotation in quotes] == ["c2", "c4"]
    assert len(quotes) == MOST_QUOTES


def test_the_same_sentence_is_quoted_once():
    same = claim(1, 9)
    claims = (same, replace(claim(2, 8), span=same.span), claim(3, 1))
    quotes = strongest_quotes(result=result(1, 2, Verdict.MET, claims))
    assert [quotation.mark for quotation in quotes] == ["c1", "c3"]
