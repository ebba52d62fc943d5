from dataclasses import replace

import pytest

from assay.app.roles.actions import adopt_role, revise_role, write_role
from assay.app.roles.catalogue import get_role
from assay.app.roles.catalogue import list_roles as list_shipped
from assay.app.roles.choosing import find_choice, list_choices
from assay.app.roles.models import RoleVersion
from assay.app.roles.queries import get_role_version, list_own_roles, list_role_versions, list_starting_points
from assay.app.roles.vocabulary import load_vocabulary
from assay.core.roles.draft import RoleError, compile_role, draft_of
from assay.knowledge.roles.sheets import UnknownRole
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event


def draft(**changes):
    return replace(draft_of(role=get_role("ml-engineer")), title="Routing engineer", **changes)


@pytest.mark.parametrize("role", list_shipped(), ids=lambda role: role.id)
def test_every_shipped_role_can_be_written_in_the_form(role):
    again = compile_role(draft=draft_of(role=role), key=role.id, version=1, vocabulary=load_vocabulary())
    assert replace(again, must_haves=role.must_haves, competencies=role.competencies) == replace(role, version="1")
    assert [note.label for note in again.must_haves] == [note.label for note in role.must_haves]


def test_adopting_a_shipped_role_stores_it_whole_as_version_one(manager):
    version_id = adopt_role(actor=manager, role_key="ml-engineer")
    view = get_role_version(role_version_id=version_id)
    assert view.role == replace(get_role("ml-engineer"), version="1")
    assert (view.role_key, view.version, view.written_by) == ("ml-engineer", 1, "Hanna")
    assert adopt_role(actor=manager, role_key="ml-engineer") == version_id
    assert Event.objects.filter(verb="role.adopted").count() == 1


def test_a_role_that_does_not_ship_cannot_be_adopted(manager):
    with pytest.raises(UnknownRole):
        adopt_role(actor=manager, role_key="juggler")


def test_a_revision_is_a_new_version_and_the_old_one_stays_as_it_was(manager):
    first_id, key = write_role(actor=manager, draft=draft())
    before = get_role_version(role_version_id=first_id)
    second_id = revise_role(actor=manager, role_key=key, draft=draft(problem="Something else."), seen_version=1)
    assert get_role_version(role_version_id=first_id) == before
    assert get_role_version(role_version_id=second_id).role.version == "2"
    assert [view.version for view in list_role_versions(actor=manager, role_key=key)] == [2, 1]


def test_whoever_saw_an_older_version_is_asked_to_look_again(manager):
    _, key = write_role(actor=manager, draft=draft())
    revise_role(actor=manager, role_key=key, draft=draft(), seen_version=1)
    with pytest.raises(RoleError, match="version 2"):
        revise_role(actor=manager, role_key=key, draft=draft(), seen_version=1)
    assert RoleVersion.objects.count() == 2


def test_roles_of_the_same_title_get_keys_of_their_own(manager):
    keys = [write_role(actor=manager, draft=draft())[1] for _ in range(3)]
    assert keys == ["routing-engineer", "routing-engineer-2", "routing-engineer-3"]
    assert write_role(actor=manager, draft=replace(draft(), title="ML engineer"))[1] == "ml-engineer-2"
    assert write_role(actor=manager, draft=replace(draft(), title="工程师"))[1] == "role"
    assert write_role(actor=manager, draft=replace(draft(), title="New"))[1] == "new-2"


def test_an_interviewer_writes_no_role(interviewer):
    for act in (
        lambda: adopt_role(actor=interviewer, role_key="ml-engineer"),
        lambda: write_role(actor=interviewer, draft=draft()),
        lambda: revise_role(actor=interviewer, role_key="ml-engineer", draft=draft(), seen_version=0),
    ):
        with pytest.raises(Forbidden):
            act()
    assert not RoleVersion.objects.exists()


def test_a_draft_that_cannot_be_a_role_leaves_nothing_behind(manager):
    with pytest.raises(RoleError):
        write_role(actor=manager, draft=draft(competencies=()))
    assert not RoleVersion.objects.exists()
    assert not Event.objects.filter(verb="role.written").exists()


def test_an_adopted_role_is_no_longer_a_starting_point(manager):
    shipped = len(list_starting_points())
    adopt_role(actor=manager, role_key="ml-engineer")
    assert len(list_starting_points()) == shipped - 1
    assert [(row.key, row.version, row.is_shipped) for row in list_own_roles(actor=manager)] == [
        ("ml-engineer", 1, True)
    ]


def test_choices_for_a_job_are_the_newest_own_versions_and_what_ships(manager):
    version_id, key = write_role(actor=manager, draft=draft())
    revised_id = revise_role(actor=manager, role_key=key, draft=draft(), seen_version=1)
    values = [choice.value for choice in list_choices(actor=manager)]
    assert values[0] == str(revised_id)
    assert "ml-engineer" in values
    assert find_choice(actor=manager, chosen=str(version_id)).version == 1
    assert find_choice(actor=manager, chosen=key).version == 2
    assert find_choice(actor=manager, chosen="ml-engineer").version_id is None
    for nonsense in ("", "nonsense", "0", "9" * 30, "-1"):
        assert find_choice(actor=manager, chosen=nonsense) is None
