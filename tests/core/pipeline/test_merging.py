from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.merging import (
    FIELDS,
    Change,
    HeldApplication,
    Joining,
    MergeRefusedError,
    plan_fields,
    plan_joinings,
    plan_restore,
    version_of,
)
from assay.core.pipeline.status import ApplicationStatus

START = datetime(2026, 11, 2, tzinfo=UTC)
records = st.fixed_dictionaries({field: st.sampled_from(["", "a", "b", "c"]) for field in FIELDS})


def held(pk, job=1, status=ApplicationStatus.ACTIVE, days=0):
    return HeldApplication(pk, job, f"Job {job}", status, 1, START + timedelta(days=days))


@given(records, records, st.frozensets(st.sampled_from(FIELDS)))
def test_what_is_chosen_or_missing_comes_from_the_other_and_an_undo_puts_all_of_it_back(survivor, absorbed, taken):
    changes = plan_fields(survivor=survivor, absorbed=absorbed, taken=taken)
    now = survivor | {change.field: change.after for change in changes}
    for field in FIELDS:
        wanted = absorbed[field] if absorbed[field] and (field in taken or not survivor[field]) else survivor[field]
        assert now[field] == wanted
    back, kept = plan_restore(changes=changes, now=now)
    assert not kept
    assert now | {change.field: change.before for change in back} == survivor


def test_an_undo_leaves_what_somebody_changed_since():
    changes = (Change("name", "Ada", "Ada Byron"), Change("phone", "", "1"))
    back, kept = plan_restore(changes=changes, now={"name": "Augusta Ada", "phone": "1", "email": "", "location": ""})
    assert (back, kept) == (changes[1:], changes[:1])


def test_of_two_applications_to_one_job_the_older_goes_on_and_a_hire_always():
    hired = ApplicationStatus.HIRED
    assert plan_joinings(first=[held(1, days=3)], second=[held(2)]) == (Joining(ends=1, goes_on=2),)
    assert plan_joinings(first=[held(1)], second=[held(2, status=hired, days=3)]) == (Joining(ends=1, goes_on=2),)
    assert plan_joinings(first=[held(1), held(3, job=3)], second=[held(2, job=2)]) == ()
    assert plan_joinings(first=[held(1)], second=[held(2, status=ApplicationStatus.REJECTED)]) == ()
    with pytest.raises(MergeRefusedError, match="Both were hired for Job 1"):
        plan_joinings(first=[held(1, status=hired)], second=[held(2, status=hired)])


def test_the_version_changes_with_the_contact_and_with_any_application():
    fields = dict.fromkeys(FIELDS, "x")
    base = version_of(fields=fields, applications=[held(1), held(2)])
    assert base == version_of(fields=fields, applications=[held(2), held(1)])
    moved = HeldApplication(1, 1, "Job 1", ApplicationStatus.ACTIVE, 2, START)
    others = [
        version_of(fields=fields | {"phone": "y"}, applications=[held(1), held(2)]),
        version_of(fields=fields, applications=[held(1)]),
        version_of(fields=fields, applications=[moved, held(2)]),
    ]
    assert len({base, *others}) == 4
