from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.pipeline.cast import apply, make_job

from assay.app.pipeline.actions.applications import index_application, record_application
from assay.app.pipeline.models import Application, Person
from assay.app.pipeline.queries.people import list_people
from assay.core.screening.result import Contact


def names(actor, text: str = "") -> list[str]:
    return [row.name for row in list_people(actor=actor, text=text).rows]


def test_people_are_listed_once_with_the_applications_that_may_be_seen(job, recruiter, manager):
    second = make_job(recruiter, title="Second job")
    first_application = apply(job, "Ada", email="ada@x.example", score=70)
    Application.objects.create(
        person=first_application.person,
        job=second,
        stage=second.stages.all()[0],
        applied_at=first_application.applied_at,
    )
    seen_by_recruiter = list_people(actor=recruiter, text="").rows
    assert [(row.name, {p.job_title for p in row.pursuits}) for row in seen_by_recruiter] == [
        ("Ada", {"ML engineer", "Second job"})
    ]
    seen_by_manager = list_people(actor=manager, text="").rows
    assert [{p.job_title for p in row.pursuits} for row in seen_by_manager] == [{"ML engineer"}]


def test_somebody_without_a_job_sees_no_people_and_finds_none(job, outsider):
    index_application(application_id=apply(job, "Ada").pk, text="kafka", skills=[])
    assert names(outsider) == []
    assert names(outsider, "kafka") == []


def test_nobody_sees_the_people_of_a_confidential_job_they_are_not_on(account, recruiter):
    from assay.platform.access.roles import Role

    other = account("Rolf", Role.RECRUITER)
    secret = make_job(other, title="Secret", is_confidential=True)
    index_application(application_id=apply(secret, "Ada").pk, text="kafka", skills=[])
    assert names(recruiter) == names(recruiter, "kafka") == []
    assert names(other) == names(other, "kafka") == ["Ada"]


def test_a_search_finds_people_by_name_skill_and_word(job, recruiter):
    index_application(application_id=apply(job, "Ada Lovelace").pk, text="Deployed engines.", skills=["Kafka"])
    index_application(application_id=apply(job, "Grace Hopper").pk, text="Wrote compilers.", skills=[])
    assert (
        names(recruiter, "lovelace") == names(recruiter, "kafka") == names(recruiter, "deploying") == ["Ada Lovelace"]
    )
    assert names(recruiter, "compilers or engines") == ["Ada Lovelace", "Grace Hopper"]
    assert names(recruiter, "cobol") == []


def test_a_person_without_a_name_goes_by_their_address(job, recruiter):
    apply(job, "", email="quiet@x.example")
    assert names(recruiter) == ["quiet@x.example"]


def test_a_page_of_people_takes_two_queries_however_many_there_are(job, recruiter, django_assert_num_queries):
    for number in range(60):
        apply(job, f"Person {number:02}")
    with django_assert_num_queries(2):
        assert len(list_people(actor=recruiter, text="").rows) == 50


@pytest.mark.django_db
@settings(max_examples=10, deadline=None)
@given(given_names=st.lists(st.sampled_from(["Ada", "ada", "Åsa", "Zoë", "", "李"]), max_size=130))
def test_paging_shows_everybody_once_in_order_both_ways(given_names, job, recruiter):
    Application.objects.all().delete()
    Person.objects.all().delete()
    for name in given_names:
        apply(job, name)
    pages = [list_people(actor=recruiter, text="")]
    while pages[-1].next:
        pages.append(list_people(actor=recruiter, text="", at=pages[-1].next))
    seen = [row.id for page in pages for row in page.rows]
    assert len(seen) == len(set(seen)) == len(given_names)
    at = pages[-1]
    for earlier in reversed(pages[:-1]):
        at = list_people(actor=recruiter, text="", at=at.previous)
        assert at.rows == earlier.rows
    assert at.previous == ""


def test_an_address_finds_its_person_in_any_case_and_an_impossible_one_finds_nobody(job, recruiter):
    def arrive(email: str) -> int:
        found = record_application(
            actor=recruiter,
            job_id=job.pk,
            contact=Contact(name="Ada", email=email),
            source="",
            applied_at=datetime(2026, 11, 1, tzinfo=UTC),
            recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
            submitted={},
        )
        return found.person_id

    assert arrive("Ada@Work.example") == arrive("ada@work.EXAMPLE")
    endless = "a" * 300 + "@work.example"
    assert arrive(endless) != arrive(endless)
