"""Typing a few letters finds what the asker may open, and nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.app.pipeline.cast import apply, make_job

from assay.app.palette.finding import find
from assay.app.pipeline.actions.applications import index_application
from assay.app.pipeline.models import Job
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

Browse = Callable[[User], Client]


def labels(user: User, text: str) -> dict[str, list[str]]:
    return {group.title: [hit.label for hit in group.hits] for group in find(actor=user, text=text, places=())}


def test_a_job_is_found_by_words_of_its_title_in_any_order(job: Job, recruiter: User) -> None:
    assert labels(recruiter, "engineer ml")["Jobs"] == ["ML engineer"]


def test_a_candidate_is_found_by_name_and_an_at_sign_looks_for_nobody_else(job: Job, recruiter: User) -> None:
    ada = apply(job, "Ada Lovelace")
    index_application(application_id=ada.pk, text="", skills=())
    assert labels(recruiter, "lovel")["Candidates"] == ["Ada Lovelace"]
    assert list(labels(recruiter, "@ada")) == ["Candidates"]


@pytest.mark.parametrize(
    "typed",
    [
        "jean-luc",
        "Jean-L",
        "luc",
        "o'brien",
        "O’Br",
        "brien jean",
        "jl.obrien+jobs@exam",
        "JL.OBrien+jobs@example.org",
        "jobs@e",
    ],
)
def test_names_with_marks_in_them_and_addresses_are_found_as_they_are_written(
    job: Job, recruiter: User, typed: str
) -> None:
    for name, address in (("Jean-Luc O'Brien", "jl.obrien+jobs@example.org"), ("Ada Lovelace", "ada@a.example")):
        index_application(application_id=apply(job, name, email=address).pk, text="", skills=())
    assert labels(recruiter, f"@{typed}")["Candidates"] == ["Jean-Luc O'Brien"]


def test_a_number_opens_that_application_and_a_foreign_one_opens_nothing(
    job: Job, recruiter: User, outsider: User
) -> None:
    ada = apply(job, "Ada Lovelace")
    assert labels(recruiter, f"#{ada.pk}") == {"Applications": ["Ada Lovelace"]}
    assert labels(outsider, f"#{ada.pk}") == {}


def test_what_can_be_done_is_what_the_asker_may_do(recruiter: User, interviewer: User) -> None:
    assert "Open a new job" in labels(recruiter, ">job")["Do"]
    assert "Open a new job" not in labels(interviewer, ">").get("Do", [])


def test_a_confidential_job_is_found_by_its_team_alone(account: Callable[..., User], recruiter: User) -> None:
    other = account("Rob", Role.RECRUITER)
    make_job(other, title="Secret laboratory", is_confidential=True)
    assert labels(other, "secret")["Jobs"] == ["Secret laboratory"]
    assert "Jobs" not in labels(recruiter, "secret")


def test_a_fact_is_found_by_its_id(recruiter: User) -> None:
    assert labels(recruiter, "f242")["Facts"] == ["F242"]


@pytest.mark.parametrize(
    "text", ["", " ", "\0", ">" * 90, "#9" * 60, "#99999999999999999999", "%_'\"<b>", "عربى", "🦊", "\\\\", "a\\'b:*"]
)
def test_whatever_is_typed_gets_an_answer(text: str, recruiter: User, browse: Browse) -> None:
    answer = browse(recruiter).get("/go", {"q": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_without_a_script_the_palette_is_a_page_with_a_form(recruiter: User, browse: Browse) -> None:
    page = browse(recruiter).get("/go").content.decode()
    assert 'role="search"' in page and "Open a new job" in page
