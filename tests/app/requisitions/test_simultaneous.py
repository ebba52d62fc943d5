"""Several people, several database connections, one request."""

import pytest
from tests.app.requisitions.cast import DRAFT, approve, make_requisition, submit
from tests.simultaneous import at_once

from assay.app.requisitions.actions.approvals import SubmitRefused, submit_requisition
from assay.app.requisitions.actions.drafts import create_requisition
from assay.app.requisitions.models import ApprovalVerdict, Requisition
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_requests_begun_at_once_get_codes_of_their_own(manager: User) -> None:
    made = at_once(*[lambda: create_requisition(actor=manager, draft=DRAFT)] * 4)
    assert all(isinstance(one, int) for one in made), made
    codes = Requisition.objects.values_list("code", flat=True)
    assert sorted(code[-3:] for code in codes) == ["001", "002", "003", "004"]


def test_a_request_submitted_twice_at_once_is_submitted_once(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    results = at_once(*[lambda: submit_requisition(actor=manager, requisition_id=row.pk)] * 2)
    assert {type(one) for one in results} == {int, SubmitRefused}
    assert row.submissions.count() == 1


def test_a_double_click_approves_once(manager: User, lead: User) -> None:
    row = make_requisition(manager, lead)
    submit(row, manager)
    results = at_once(*[lambda: approve(row, lead)] * 3)
    assert results == [None, None, None]
    assert ApprovalVerdict.objects.count() == 1
    assert Requisition.objects.get(pk=row.pk).status == "approved"
