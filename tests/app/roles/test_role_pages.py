import pytest
from tests.access_matrix import Member, find_surprises, list_routes

from assay.app.roles import urls
from assay.app.roles.actions import adopt_role, keep_intake
from assay.app.roles.models import RoleVersion
from assay.app.roles.queries import list_role_versions
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

FORM = {
    "title": "Routing engineer",
    "problem": "Arrival times are wrong.",
    "seniority": "senior",
    "level_serving": "3",
    "weight_serving": "30",
    "level_monitoring": "2.5",
    "weight_monitoring": "10",
    "must_label_1": "Has served a model",
    "must_kinds_1": ["served", "deployed"],
    "must_skills_1": "Kafka",
    "outcomes": "By day 30: one repair\n\nBy day 60: one release",
    "skills": "python, Kafka",
}


def test_every_address_lets_in_whom_the_policy_lets_in(manager, interviewer):
    adopt_role(actor=manager, role_key="ml-engineer")
    others = [User.objects.create_user(f"{role}@x.example", "a long password", role=role) for role in Role]
    cast = [Member(user.role, user) for user in others] + [Member("stranger")]
    routes = list(list_routes(urls.urlpatterns))
    assert len(routes) == 11
    intake_id = keep_intake(actor=manager, answers={"goal": "product"})
    arguments = {"role_key": "ml-engineer", "intake_id": intake_id}
    assert find_surprises(cast=cast, arguments=arguments, routes=routes) == []


def test_a_role_is_written_with_weights_of_any_size(manager, browse):
    answer = browse(manager).post("/roles/new", FORM)
    assert answer["Location"] == "/roles/routing-engineer/"
    role = list_role_versions(actor=manager, role_key="routing-engineer")[0].role
    assert [(bar.competency, bar.level, bar.weight) for bar in role.competencies] == [
        ("serving", 3.0, 0.75),
        ("monitoring", 2.5, 0.25),
    ]
    assert role.must_haves[0].claim_kinds == ("served", "deployed")
    assert role.must_haves[0].skills == ("kafka",)
    assert role.outcomes == ("By day 30: one repair", "By day 60: one release")


def test_what_was_typed_comes_back_with_what_to_change(manager, browse):
    answer = browse(manager).post("/roles/new", FORM | {"weight_serving": "much", "problem": "Kept words"})
    content = answer.content.decode()
    assert answer.status_code == 422
    assert "Serving at scale: give a weight above 0." in content
    assert "Kept words" in content
    assert 'aria-invalid="true"' in content
    assert not RoleVersion.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"must_skills_1": "cobol on rails"}, "is not a skill Assay can find"),
        ({"must_label_1": ""}, "say in a few words"),
        ({"level_serving": "", "level_monitoring": ""}, "at least one competency"),
        ({"title": "\0"}, "Give the role a title"),
        ({"level_serving": "NaN"}, "choose a level above 0"),
    ],
)
def test_each_mistake_is_named_in_words(manager, browse, change, message):
    answer = browse(manager).post("/roles/new", FORM | change)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_a_saved_form_opened_and_saved_again_changes_nothing_but_the_version(manager, browse):
    client = browse(manager)
    client.post("/roles/new", FORM)
    assert 'value="75"' in client.get("/roles/routing-engineer/edit").content.decode()
    client.post(
        "/roles/routing-engineer/edit", FORM | {"weight_serving": "75", "weight_monitoring": "25", "seen_version": "1"}
    )
    second, first = list_role_versions(actor=manager, role_key="routing-engineer")
    assert second.role.competencies == first.role.competencies
    content = client.get("/roles/routing-engineer/?version=2&since=1").content.decode()
    assert "These two versions say the same" in content


def test_the_differences_between_two_versions_are_shown(manager, browse):
    client = browse(manager)
    client.post("/roles/new", FORM)
    client.post("/roles/routing-engineer/edit", FORM | {"level_serving": "3.5", "seen_version": "1"})
    content = client.get("/roles/routing-engineer/?since=1").content.decode()
    assert "level 3, 75 % of the role" in content
    assert "level 3.5, 75 % of the role" in content


def test_a_shipped_role_shows_its_anchors_and_can_be_adopted(manager, browse):
    client = browse(manager)
    content = client.get("/roles/mlops-engineer/").content.decode()
    assert "starting point" in content
    assert 'class="anchors"' in content
    client.post("/roles/mlops-engineer/adopt")
    assert "version 1" in client.get("/roles/mlops-engineer/").content.decode()


def test_a_role_that_is_nowhere_is_not_found(manager, browse):
    client = browse(manager)
    for address in ("/roles/juggler/", "/roles/juggler/edit", "/roles/new?from=%00", "/roles/mlops-engineer/edit"):
        assert client.get(address).status_code == 404
    assert client.post("/roles/juggler/adopt").status_code == 404
    assert client.get("/roles/mlops-engineer/?version=99&since=-1").status_code == 200


def test_readers_see_no_way_to_change_a_role(interviewer, browse):
    content = browse(interviewer).get("/roles/ml-engineer/").content.decode()
    assert "/adopt" not in content
    assert "/roles/new" not in content
