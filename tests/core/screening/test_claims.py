"""Which statements count, as what, and what takes their weight away."""

from collections.abc import Callable

import pytest

from assay.core.screening.result import ScreeningResult

Screener = Callable[..., ScreeningResult]


def counted_kinds(result: ScreeningResult) -> set[str]:
    return {claim.kind for claim in result.claims if claim.counted}


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("deployed", "Rolled the ETA model out to 12 cities, one at a time, checking complaints after each."),
        ("served", "Scaled the embedding service from 200 to 9,000 requests per second with request batching."),
        ("monitored", "Daily PSI report per feature of the credit model; found the broken income field within hours."),
        ("retrained", "Weekly refit with a gate: the new churn model must beat the old one on the last 28 days."),
        ("incident", "On call for the fraud models; 23 pages in 2022, mean time to repair 35 minutes."),
        ("latency_cost", "Brought inference cost down from 11 to 3 cents per thousand calls by moving to int8."),
        ("impact_number", "Fraud losses fell by GBP 4.2m in the first year after my model replaced the vendor score."),
        ("data_pipeline", "Feature store with 420 features shared by six teams, values compared hourly."),
        ("experiment", "Ran 14 online experiments on the checkout ranker; five of them shipped."),
        ("ownership", "Took over an orphaned OCR model and kept it running for 70 clients for two years."),
        ("platform", "CI for models: each merge trains on a sample and runs 140 tests in GitLab CI/CD."),
    ],
)
def test_specific_statements_count_as_their_kind(
    screened: Screener, resume: Callable[..., str], kind: str, statement: str
) -> None:
    assert kind in counted_kinds(screened(resume(statement)))


@pytest.mark.parametrize(
    "statement",
    [
        "Completed an online course in which I deployed a model to 3 regions with Kubernetes.",
        "Kaggle: churn model in the top 3% of 2,400 teams.",
        "Familiar with deploying fraud models on SageMaker in 5 regions.",
        "Trained an image classifier on CIFAR-10 with 93% accuracy.",
        "Trained the pricing model for 30k products; the software team put it into production.",
        "Built a churn model with AUC 0.88 that was never deployed.",
        "Plan to deploy the ranking model to 12 countries.",
        "Proof of concept for predictive maintenance with 3 months of data, F1 0.78.",
        "Assisted senior engineers with the release of 2 fraud models.",
        "You will deploy models to 12 markets; must have: Kubernetes.",
        "In my spare time built a stock predictor with LSTM, 60% accuracy.",
        "Explored sales data in a Jupyter notebook, MAPE 14%.",
    ],
)
def test_work_that_was_learnt_planned_or_done_by_others_does_not_count(
    screened: Screener, resume: Callable[..., str], statement: str
) -> None:
    result = screened(resume(statement))
    assert result.score == 0
    assert all(claim.why.startswith("Not counted: ") for claim in result.claims)


def test_a_statement_without_a_model_counts_only_beside_one_that_names_it(
    screened: Screener, resume: Callable[..., str]
) -> None:
    alone = "Wrote runbooks and cut time to recover from 80 to 22 minutes."
    model = "Deployed the fraud model to 12 countries in 2021."
    assert counted_kinds(screened(resume(alone))) == set()
    together = screened(resume(model, alone))
    assert any(claim.counted and claim.span.quote == alone for claim in together.claims)


def test_from_prototype_to_service_is_not_a_prototype(screened: Screener, resume: Callable[..., str]) -> None:
    statement = "Took the claims model from prototype to a service with 40k predictions a day."
    assert "deployed" in counted_kinds(screened(resume(statement)))


def test_british_and_american_spellings_score_alike(screened: Screener, resume: Callable[..., str]) -> None:
    british = "Productionised the labelled-data pipeline and containerised 12 models, optimising cost by 30%."
    american = "Productionized the labeled-data pipeline and containerized 12 models, optimizing cost by 30%."
    assert screened(resume(british)).score == screened(resume(american)).score > 0


def test_must_haves_say_met_unclear_or_missing(screened: Screener, resume: Callable[..., str]) -> None:
    result = screened(
        resume("Deployed the fraud model to 12 countries in 2021.", "Responsible for monitoring drift of models.")
    )
    verdicts = {must.id: must.verdict.value for must in result.must_haves}
    assert verdicts == {"shipped": "met", "watches": "unclear", "answers": "missing", "renews": "missing"}
    missing = next(must for must in result.must_haves if must.id == "renews")
    assert missing.why == "Not found in this document. Ask about it."


def test_project_work_counts_less_than_work(screened: Screener) -> None:
    statement = "- Deployed the fraud model to 12 countries in 2021; caught drift twice.\n"
    work = screened(f"Jo Doe\nEXPERIENCE\nEngineer, Acme 2020 - 2022\n{statement}")
    project = screened(f"Jo Doe\nPROJECTS\nFraud engine 2020 - 2022\n{statement}")
    study = screened(f"Jo Doe\nACADEMIC PROJECTS\nFraud engine 2020 - 2022\n{statement}")
    assert work.score > project.score > study.score == 0


def test_the_same_evidence_at_two_employers_counts_for_more(screened: Screener) -> None:
    one = "- Deployed the fraud model to 12 countries in 2021.\n"
    two = "- Released the credit score to 300 branches in 2019.\n"
    same = screened(f"Jo\nEXPERIENCE\nEngineer, Acme 2018 - 2022\n{one}{two}")
    both = screened(f"Jo\nEXPERIENCE\nEngineer, Acme 2020 - 2022\n{one}Engineer, Orbit 2018 - 2020\n{two}")
    assert both.score > same.score
