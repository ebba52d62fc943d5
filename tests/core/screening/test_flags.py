"""Findings for a person's eyes, and that none of them moves the score."""

from collections.abc import Callable

import pytest

from assay.core.screening.result import ScreeningResult

Screener = Callable[..., ScreeningResult]


def kinds(result: ScreeningResult) -> set[str]:
    return {flag.kind.value for flag in result.flags}


def test_a_title_that_the_work_does_not_bear_out_is_a_question(screened: Screener, resume: Callable[..., str]) -> None:
    result = screened(resume("Prepared dashboards in Tableau.", title="Senior Machine Learning Engineer"))
    flag = next(flag for flag in result.flags if flag.kind == "title_inflation")
    assert "Ask for one model they shipped" in flag.message


def test_a_title_that_the_work_bears_out_is_not_flagged(screened: Screener, resume: Callable[..., str]) -> None:
    shown = (
        "Deployed the fraud model to 12 countries in 2021.",
        "Alerts on score drift caught 3 broken feeds within an hour.",
    )
    assert "title_inflation" not in kinds(screened(resume(*shown, title="Senior Machine Learning Engineer")))


@pytest.mark.parametrize("title", ["Aspiring Machine Learning Engineer", "Data Analyst"])
def test_modest_titles_are_not_flagged(screened: Screener, resume: Callable[..., str], title: str) -> None:
    assert "title_inflation" not in kinds(screened(resume("Prepared dashboards.", title=title)))


def test_a_senior_title_for_a_few_months_is_a_question(screened: Screener) -> None:
    text = (
        "Jo\nEXPERIENCE\nSenior ML Engineer, Acme 2021-01 - 2021-04\n"
        "- Deployed the fraud model to 12 countries in 2021.\n- Caught drift in 3 feeds within an hour.\n"
    )
    assert any("held for 4 months" in flag.message for flag in screened(text).flags)


def test_stuffing_is_flagged(screened: Screener, resume: Callable[..., str]) -> None:
    skills = (
        "Python, PyTorch, TensorFlow, Keras, XGBoost, LightGBM, MLflow, Kubeflow, Airflow, Docker, Kubernetes, Helm, "
        "Terraform, Argo CD, Prometheus, Grafana, Evidently, Feast, Kafka, Snowflake, BigQuery, dbt, Redis, SageMaker, "
        "Vertex AI, Azure ML, vLLM, Triton, ONNX, TensorRT, CUDA, OpenCV, LangChain, RAG, LoRA, feature store, Spark"
    )
    assert {"keyword_stuffing", "unsupported_skills"} <= kinds(screened(f"{resume('Wrote SQL.')}\nSKILLS\n{skills}\n"))


def test_overlapping_positions_are_shown(screened: Screener) -> None:
    text = "Jo\nEXPERIENCE\nEngineer, Acme 2019-01 - 2021-12\n- Wrote SQL.\nAnalyst, Orbit 2020-01 - 2022-01\n- SQL.\n"
    assert "overlapping_dates" in kinds(screened(text))


def test_thin_text_is_shown(screened: Screener) -> None:
    assert "thin_text" in kinds(screened("Jo Doe"))
