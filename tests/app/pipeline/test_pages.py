import re
from urllib.parse import urlencode

import pytest
from tests.access_matrix import Member, find_surprises, list_routes
from tests.app.pipeline.cast import advance, apply, apply_many, make_job, screened

from assay.app.pipeline import urls
from assay.app.pipeline.actions.applications import index_application
from assay.app.pipeline.actions.jobs import save_filter
from assay.app.pipeline.models import Job
from assay.app.pipeline.queries.jobs import get_job
from assay.app.sourcing.models import ImportBatch
from assay.core.pipeline.status import JobStatus, ScreeningState
from assay.core.sourcing.import_state import BatchState
from assay.platform.access.roles import Role
from assay.platform.audit.models import Event


def links(response) -> list[str]:
    return re.findall(r'href="([^"]+)"', response.content.decode().replace("&amp;", "&"))


@pytest.mark.parametrize("is_confidential", [False, True])
def test_every_address_lets_in_whom_the_policy_lets_in(
    account, recruiter, manager, interviewer, outsider, is_confidential
):
    from assay.app.pipeline.actions.jobs import Seat
    from assay.core.pipeline.status import TeamRole

    team = [
        Seat(recruiter.pk, TeamRole.RECRUITER),
        Seat(manager.pk, TeamRole.HIRING_MANAGER),
        Seat(interviewer.pk, TeamRole.INTERVIEWER),
    ]
    job = make_job(recruiter, team=team, is_confidential=is_confidential)
    save_filter(actor=recruiter, job_id=job.pk, name="Kept", query="min=1")
    cast = [
        Member("recruiter on the team", recruiter, frozenset({"recruiter"})),
        Member("manager", manager, frozenset({"hiring_manager"})),
        Member("interviewer", interviewer, frozenset({"interviewer"})),
        Member("viewer without a seat", outsider),
        Member("recruiter elsewhere", account("Rolf", Role.RECRUITER)),
        Member("manager elsewhere", account("Mara", Role.HIRING_MANAGER)),
        Member("administrator", account("Adam", Role.ADMIN)),
        Member("stranger"),
    ]
    of_jobs = {"job_id", "filter_id", "stage_id"}
    routes = [route for route in list_routes(urls.urlpatterns) if set(route.parameters) <= of_jobs]
    assert len(routes) >= 14
    view = get_job(actor=recruiter, job_id=job.pk)
    arguments = {"job_id": job.pk, "filter_id": view.filters[0].id, "stage_id": view.stages[0].id}
    assert find_surprises(cast=cast, arguments=arguments, is_confidential=is_confidential, routes=routes) == []


def test_a_list_page_takes_at_most_four_queries_besides_the_sign_in_however_many_rows(
    job, recruiter, browse, django_assert_num_queries
):
    client = browse(recruiter)
    for rows in (1, 120):
        apply_many(job, [float(n % 100) for n in range(rows)])
        with django_assert_num_queries(2 + 4):
            response = client.get(f"/jobs/{job.pk}/")
        assert response.status_code == 200
    assert "1 to 50 of 121" in response.content.decode()


def test_every_number_on_the_job_list_leads_to_what_it_counts(job, recruiter, browse):
    apply(job, "To review", score=50)
    apply(job, "Unread", screening_state=ScreeningState.NEEDS_PERSON, needs_review=False)
    client = browse(recruiter)
    listed = links(client.get("/jobs/"))
    for query, name in (("status=any", "To review"), ("waiting=review", "To review"), ("waiting=person", "Unread")):
        address = f"/jobs/{job.pk}/?{query}"
        assert address in listed
        assert name in client.get(address).content.decode()


def test_clicking_a_bar_narrows_the_list_to_what_it_counts(job, recruiter, browse):
    apply(job, "Perfect Score", score=100)
    apply(job, "Eighty Nine", score=89.9)
    client = browse(recruiter)
    page = client.get(f"/jobs/{job.pk}/")
    assert "?view=table&min=90&below=101" in links(page)
    narrowed = client.get(f"/jobs/{job.pk}/?min=90&below=101").content.decode()
    assert "Perfect Score" in narrowed
    assert "Eighty Nine" not in narrowed


def test_a_job_says_what_goes_on_in_its_background_until_nothing_does(job, recruiter, browse):
    client = browse(recruiter)
    quiet = client.get(f"/jobs/{job.pk}/progress").content.decode()
    assert "hx-get" not in quiet
    apply(job, "Ada")
    assert "1 application still waiting" in client.get(f"/jobs/{job.pk}/progress").content.decode()
    batch = ImportBatch.objects.create(job=job, state=BatchState.RUNNING, created_by=recruiter)
    moving = client.get(f"/jobs/{job.pk}/progress").content.decode()
    assert f"/imports/{batch.pk}/" in moving
    assert "<progress" in moving


def test_filters_answer_htmx_with_the_list_alone(job, recruiter, browse):
    apply(job, "Ada", score=50)
    client = browse(recruiter)
    partial = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "Ada" in partial
    assert "<html" not in partial
    restored = client.get(
        f"/jobs/{job.pk}/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    ).content.decode()
    assert "<html" in restored


@pytest.mark.parametrize(
    "query",
    ["stage=x&status=nonsense&min=-1&at=%00", "at=W10&q=%22", "min=99999999999999999999", "stage=9007199254740993"],
)
def test_no_address_of_a_list_breaks_it(job, recruiter, browse, query):
    apply(job, "Ada", score=50)
    assert browse(recruiter).get(f"/jobs/{job.pk}/?{query}").status_code == 200
    assert browse(recruiter).get(f"/candidates/?{query}").status_code == 200
    assert browse(recruiter).get(f"/jobs/?before={query}").status_code == 200


def test_names_and_quotes_are_escaped(job, recruiter, browse):
    apply(job, "<script>alert(1)</script>", score=50, best_quote="<img src=x>", best_quote_page=1)
    for path in (f"/jobs/{job.pk}/", "/candidates/", f"/jobs/{job.pk}/shortlist"):
        content = browse(recruiter).get(path).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x>" not in content


def test_empty_lists_say_what_to_do_next(job, recruiter, outsider, browse):
    client = browse(recruiter)
    assert "Drop a folder of résumés" in client.get(f"/jobs/{job.pk}/").content.decode()
    assert "Nobody found" in client.get("/candidates/?q=cobol").content.decode()
    assert "Choose two to four" in client.get(f"/jobs/{job.pk}/compare").content.decode()
    assert "The shortlist is empty" in client.get(f"/jobs/{job.pk}/shortlist").content.decode()
    apply(job, "Ada", score=5)
    assert "Nobody matches" in client.get(f"/jobs/{job.pk}/?q=cobol").content.decode()
    assert "whose hiring team you are on" in browse(outsider).get("/jobs/").content.decode()


def test_a_job_is_opened_from_a_shipped_role_which_becomes_the_organisations_own(recruiter, browse):
    client = browse(recruiter)
    assert "/jobs/new?role=" in client.get("/jobs/new").content.decode() or "?role=mlops-engineer" in links(
        client.get("/jobs/new")
    )
    form = client.get("/jobs/new?role=mlops-engineer").content.decode()
    assert "MLOps" in form
    answer = client.post(
        "/jobs/new",
        {
            "role": "mlops-engineer",
            "title": "Platform",
            "problem": "Models go stale.",
            "openings": "2",
            "confidential": "on",
            "plan": "short",
            "user_1": recruiter.pk,
            "seat_1": "hiring_manager",
        },
    )
    opened = Job.objects.get()
    assert answer["Location"] == f"/jobs/{opened.pk}/"
    view = get_job(actor=recruiter, job_id=opened.pk)
    assert (view.role_key, view.role_version, view.openings, view.is_confidential) == ("mlops-engineer", 1, 2, True)
    assert [stage.name for stage in view.stages] == ["New", "Shortlist", "Interview", "Offer", "Hired"]
    assert [member.team_role for member in view.team] == ["hiring_manager"]


def test_a_form_that_cannot_be_saved_comes_back_with_what_was_typed_and_what_to_change(recruiter, browse, job):
    answer = browse(recruiter).post(
        f"/jobs/{job.pk}/edit", {"title": " ", "problem": "Kept words", "openings": "one", "location": "Porto"}
    )
    content = answer.content.decode()
    assert answer.status_code == 422
    assert "Give the job a title" in content
    assert "Kept words" in content
    assert "Porto" in content


def test_closing_and_opening_again_asks_for_a_reason(recruiter, browse, job):
    client = browse(recruiter)
    assert client.post(f"/jobs/{job.pk}/status", {"why": ""}).status_code == 422
    for _ in range(2):
        client.post(f"/jobs/{job.pk}/status", {"why": "No budget.", "to": "closed"})
    job.refresh_from_db()
    assert job.status == JobStatus.CLOSED
    assert "This job is closed" in client.get(f"/jobs/{job.pk}/").content.decode()
    client.post(f"/jobs/{job.pk}/status", {"why": "It came back.", "to": "open"})
    job.refresh_from_db()
    assert job.status == JobStatus.OPEN


def test_the_team_form_removes_adds_and_refuses(recruiter, manager, browse, job):
    client = browse(recruiter)
    refused = client.post(f"/jobs/{job.pk}/team", {"user_1": manager.pk, "seat_1": "interviewer"})
    assert refused.status_code == 422
    client.post(
        f"/jobs/{job.pk}/team", {"user_1": "", "seat_1": "recruiter", "user_2": manager.pk, "seat_2": "recruiter"}
    )
    assert [member.name for member in get_job(actor=recruiter, job_id=job.pk).team] == ["Hanna"]


def test_a_list_is_kept_found_again_and_forgotten(recruiter, browse, job):
    apply(job, "Ada", score=80)
    client = browse(recruiter)
    answer = client.post(f"/jobs/{job.pk}/filters", {"name": "Strong", "min": "70", "sort": "name", "nonsense": "x"})
    assert answer["Location"] == f"/jobs/{job.pk}/?{urlencode({'view': 'table', 'min': '70', 'sort': 'name'})}"
    page = client.get(answer["Location"]).content.decode()
    assert "Strong" in page
    forget = re.search(r'action="([^"]+/forget)"', page)
    assert forget is not None
    client.post(forget[1])
    assert get_job(actor=recruiter, job_id=job.pk).filters == ()


def test_the_comparison_page_shows_each_quote_with_a_link_to_its_source(recruiter, browse, job):
    first, second = screened(job, "Ada"), screened(job, "Bo", lines=["Familiar with Kafka."])
    response = browse(recruiter).get(f"/jobs/{job.pk}/compare?a={first.pk}&a={second.pk}")
    assert response.status_code == 200
    assert any(re.fullmatch(rf"/applications/{first.pk}/#(c\d+|m-\w+)", link) for link in links(response))


def test_exports_are_files_with_a_name_and_are_audited(manager, browse, job):
    advance(screened(job, "Ada"))
    for ending, media_type, start in (
        ("csv", "text/csv; charset=utf-8", b'\xef\xbb\xbf"rank"'),
        ("pdf", "application/pdf", b"%PDF"),
    ):
        response = browse(manager).get(f"/jobs/{job.pk}/shortlist.{ending}")
        assert response["Content-Type"] == media_type
        assert re.search(rf'filename="shortlist-ml-engineer-[\d-]+\.{ending}"', response["Content-Disposition"])
        assert response.content.startswith(start)
    assert Event.objects.filter(verb="shortlist.exported").count() == 2


def test_candidates_are_found_by_words_and_lead_to_their_applications(recruiter, browse, job):
    one = apply(job, "Ada Lovelace", score=50)
    index_application(application_id=one.pk, text="Deployed engines", skills=[])
    response = browse(recruiter).get("/candidates/?q=engine")
    assert "Ada Lovelace" in response.content.decode()
    assert f"/applications/{one.pk}/" in links(response)
