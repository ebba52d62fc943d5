"""Demands: too many, too long, impossible, or not the role's."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.postings.cast import check, found, lint, rules_of, written

from assay.app.postings.rules import load_rules
from assay.app.roles.catalogue import get_role
from assay.core.postings.advert import SectionKey


@pytest.mark.parametrize(
    "text",
    [
        "12+ years of PyTorch experience",
        "at least 8 years of experience with LangChain",
        "15 years experience in Kubernetes",
        "Ten years of experience with Hugging Face Transformers",
        "10+ years of hands-on experience with generative AI",
    ],
)
def test_more_years_than_a_tool_has_been_public_is_a_must(text: str) -> None:
    finding = found(lint(f"Requirements:\n- {text}\n"), "impossible-years")[0]
    assert finding.severity == "must" and "public since" in finding.why


@pytest.mark.parametrize(
    "text",
    [
        "10 years of PyTorch experience",
        "3+ years of experience with PyTorch",
        "12+ years of software engineering experience, including 2+ years with LangChain",
        "15 years of experience in machine learning, with a strong knowledge of Kubernetes",
        "20 years of Python experience",
        "Our company has 30 years of history and uses PyTorch",
        "15+ years in data science; LLMs are a plus",
    ],
)
def test_years_that_belong_to_something_older_are_possible(text: str) -> None:
    assert found(lint(f"Requirements:\n- {text}\n"), "impossible-years") == []


def test_the_day_of_the_check_decides_what_is_possible() -> None:
    text = "Requirements:\n- 5 years of experience with LangChain"
    assert found(lint(text, as_of=date(2026, 1, 1)), "impossible-years")
    assert not found(lint(text, as_of=date(2027, 6, 1)), "impossible-years")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted({tool.label for tool in load_rules().demands.tools.values()})), st.integers(1, 40))
def test_years_are_impossible_exactly_when_they_exceed_the_tools_age(label: str, years: int) -> None:
    tool = load_rules().demands.tools[label.casefold()]
    result = lint(f"Requirements:\n- {years} years of {label} experience", as_of=date(2026, 11, 21))
    assert bool(found(result, "impossible-years")) == (years > 2026 - tool.year)


def test_more_than_five_must_haves_are_too_many_and_five_are_not() -> None:
    lines = "\n".join(f"Has done thing number {number}" for number in range(6))
    assert "too-many-must-haves" in rules_of(check(written(SectionKey.MUST_HAVES, lines)))
    fewer = lines.rsplit("\n", 1)[0]
    assert "too-many-must-haves" not in rules_of(check(written(SectionKey.MUST_HAVES, fewer)))


def test_a_must_have_with_a_tool_that_the_role_does_not_ask_for_is_beyond_it() -> None:
    advert = written(SectionKey.MUST_HAVES, "Has run Kubernetes in production\nKnows CatBoost and Neo4j")
    finding = found(check(advert, role=get_role("ml-engineer")), "beyond-role")[0]
    assert finding.quote == "Knows CatBoost and Neo4j"
    assert "CatBoost, Neo4j" in finding.why
    assert "beyond-role" not in rules_of(check(advert))


def test_five_specialisms_at_once_are_several_jobs_in_one() -> None:
    asked = "Requirements:\n- computer vision\n- LLMs and RAG\n- recommendation systems\n- Terraform\n- React front-end"
    finding = found(lint(asked), "unicorn")[0]
    assert "computer vision" in finding.why and "web front ends" in finding.why
    assert "unicorn" not in rules_of(lint("Requirements:\n- computer vision\n- Terraform\n- CUDA"))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Bachelor's degree in Computer Science", "Bachelor's degree in Computer Science or equivalent experience"),
        ("PhD in machine learning required", "PhD in machine learning required or equivalent experience"),
    ],
)
def test_a_degree_as_a_filter_can_be_opened_with_a_click(text: str, after: str) -> None:
    findings = check(written(SectionKey.MUST_HAVES, text)).findings
    assert [each.replacement for each in findings if each.rule_id.endswith("-filter")] == [after]


@pytest.mark.parametrize(
    "text",
    [
        "Bachelor's degree or equivalent experience",
        "BS or MS in Computer Science, or relevant industry experience",
        "A PhD is not required",
        "Master's degree preferred",
        "A high degree of ownership",
        "Some degree of patience",
    ],
)
def test_open_degrees_and_other_degrees_are_left_alone(text: str) -> None:
    assert not {"degree-filter", "doctorate-filter"} & rules_of(check(written(SectionKey.MUST_HAVES, text)))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("What you need", 2),
        ("REQUIREMENTS:", 2),
        ("## Minimum qualifications", 2),
        ("**You have:**", 2),
        ("Nice to have", 0),
    ],
)
def test_lists_under_the_headings_of_any_advert_are_read_as_demands(heading: str, expected: int) -> None:
    result = lint(f"{heading}\n- one thing\n- another thing\n\nBenefits\n- leave\n- insurance\n")
    assert next(each.value for each in result.measures if each.id == "must-haves") == expected
