"""Lines, headings, wrapped statements, dates, contact and skills as they really look."""

from collections.abc import Callable

import pytest

from assay.core.screening.dates import find_period, months_between
from assay.core.screening.folding import fold
from assay.core.screening.inflection import noun_forms, verb_forms
from assay.core.screening.result import ScreeningResult
from assay.core.screening.rules import Rules, SectionKind
from assay.core.screening.sections import heading_kind

Screener = Callable[..., ScreeningResult]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("EXPERIENCE", SectionKind.WORK),
        ("Career History:", SectionKind.WORK),
        ("E X P E R I E N C E", SectionKind.WORK),
        ("== Work experience ==", SectionKind.WORK),
        ("2. Employment", SectionKind.WORK),
        ("Projects & Open Source", SectionKind.PROJECTS),
        ("Skills & Tools", SectionKind.SKILLS),
        ("Academic Projects", SectionKind.STUDY_PROJECTS),
        ("Honours and Awards", SectionKind.OTHER),
    ],
)
def test_headings_are_recognised(rules: Rules, text: str, kind: SectionKind) -> None:
    assert heading_kind(text=text, layout=rules.layout) is kind


@pytest.mark.parametrize("text", ["GOOGLE", "Experience with Kubernetes and more than that", "Acme Ltd, 2019 - 2020"])
def test_other_lines_are_not_headings(rules: Rules, text: str) -> None:
    assert heading_kind(text=text, layout=rules.layout) is None


@pytest.mark.parametrize(
    ("text", "started", "ended", "is_current"),
    [
        ("Acme  2019-03 - 2022-05", "2019-03", "2022-05", False),
        ("Acme, March 2019 – Present", "2019-03", None, True),
        ("Acme (03/2019 to 05/2022)", "2019-03", "2022-05", False),
        ("2019.03 - 2022.05 Acme", "2019-03", "2022-05", False),
        ("Sept. 2018 — Till date", "2018-09", None, True),
        ("Acme since 2020", "2020", None, True),
        ("Acme 2017-2020", "2017", "2020", False),
        ("Jan '19 - Dec '21", "2019-01", "2021-12", False),
    ],
)
def test_periods_are_read_in_many_forms(text: str, started: str, ended: str | None, is_current: bool) -> None:
    period = find_period(text)
    assert period is not None
    assert (period.started, period.ended, period.is_current) == (started, ended, is_current)


@pytest.mark.parametrize("text", ["cut cost from 11 to 3 cents", "versions 2.0 - 3.1", "40k predictions a day"])
def test_other_numbers_are_not_periods(text: str) -> None:
    assert find_period(text) is None


def test_months_need_both_months_written() -> None:
    assert months_between(started="2019-03", ended="2019-05") == 3
    assert months_between(started="2019", ended="2020-05") is None


def test_a_wrapped_statement_is_one_quote(screened: Screener) -> None:
    text = (
        "Jo Doe\nEXPERIENCE\nEngineer, Acme 2019 - 2022\n"
        "• Deployed the fraud model to 12 countries with a canary release and an automatic\n"
        "  rollback when the error rate passed 2%.\n"
        "• Wrote SQL.\n"
    )
    quotes = {claim.span.quote for claim in screened(text).claims if claim.counted}
    assert len(quotes) == 1
    assert " ".join(next(iter(quotes)).split()).endswith("automatic rollback when the error rate passed 2%.")


def test_statements_without_marks_are_read_line_by_line(screened: Screener) -> None:
    text = (
        "Jo Doe\nExperience\nEngineer\nAcme\nMarch 2019 - May 2022\n"
        "Deployed the fraud model to 12 countries in 2021.\n"
        "Retrained it every week; 14 versions promoted by a gate.\n"
    )
    quotes = {claim.span.quote for claim in screened(text).claims if claim.counted}
    assert quotes == {
        "Deployed the fraud model to 12 countries in 2021.",
        "Retrained it every week; 14 versions promoted by a gate.",
    }


def test_a_resume_without_headings_is_read_from_its_first_dated_line(screened: Screener) -> None:
    text = "Jo Doe\njo@example.org\nEngineer, Acme, 2019 - 2022\n- Deployed the fraud model to 12 countries in 2021.\n"
    assert screened(text).score > 0


def test_positions_keep_what_is_unknown_unknown(screened: Screener) -> None:
    first_job = "ML Engineer, Acme 2019-03 - 2022-05\n- Wrote SQL.\n"
    text = f"Jo Doe\nEXPERIENCE\n{first_job}Data Analyst, Orbit, since 2022\n- SQL\n"
    first, second = screened(text).employment
    assert (first.title, first.employer, first.started, first.ended) == ("ML Engineer", "Acme", "2019-03", "2022-05")
    assert (second.title, second.employer, second.started, second.is_current) == ("Data Analyst", "Orbit", "2022", True)


def test_a_name_in_a_markdown_heading_is_a_name(screened: Screener) -> None:
    assert screened("# Rosalind Achebe\n\nrosalind@mail.example\n\n## Experience\n").contact.name == "Rosalind Achebe"


def test_contact_is_read_from_the_top(screened: Screener) -> None:
    text = (
        "Aneesha Raman\nLeeds, UK | aneesha.raman@example.co.uk | +44 113 496 0000\n"
        "linkedin.com/in/aneesha\n\nExperience\nEngineer, Acme 2019 - 2022\n- Wrote SQL.\n"
    )
    contact = screened(text).contact
    assert (contact.name, contact.email, contact.phone) == (
        "Aneesha Raman",
        "aneesha.raman@example.co.uk",
        "+44 113 496 0000",
    )
    assert contact.location == "Leeds, UK"
    assert contact.links == ("linkedin.com/in/aneesha",)


def test_skills_are_supported_only_by_work(screened: Screener) -> None:
    work = "Jo\nEXPERIENCE\nEngineer, Acme 2019 - 2022\n- Moved scoring to Airflow for 12 markets.\n"
    text = f"{work}SKILLS\nAirflow, Terraform\n"
    skills = {skill.label: skill.supported for skill in screened(text).skills}
    assert skills == {"Apache Airflow": True, "Terraform": False}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Prophet of doom, ray of light, go on", []),
        ("Served it with Ray and Triton", ["Ray", "Triton Inference Server"]),
        ("Tools: Python, R, Go, Helm", ["Go", "Helm", "Python", "R"]),
        ("Wrote C++ and C# but not C", ["C#", "C++"]),
        ("scikit-learn, Scikit Learn and sklearn", ["scikit-learn"]),
    ],
)
def test_ordinary_words_are_skills_only_among_tools(rules: Rules, text: str, labels: list[str]) -> None:
    assert sorted({hit.skill.label for hit in rules.skills.find(text)}) == labels


def test_folding_makes_spellings_meet() -> None:
    assert fold("Optimised  A/B–tests, labelled behaviour") == fold("optimized a b tests, labeled behavior")


def test_words_are_inflected() -> None:
    assert verb_forms("roll out", irregular={}) == ("roll out", "rolls out", "rolled out", "rolling out")
    assert "shipped" in verb_forms("ship", irregular={})
    assert verb_forms("build", irregular={"build": ("built",)}) == ("build", "built")
    assert noun_forms("lottery model") == ("lottery model", "lottery models")
