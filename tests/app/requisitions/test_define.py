"""Where the guided path begins."""

from collections.abc import Callable

import pytest
from django.test import Client

from assay.app.requisitions.models import Requisition
from assay.app.requisitions.prefill import Prefill, prefill
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]


def test_one_sentence_begins_a_requisition_with_a_code(browse: Browse, manager: User) -> None:
    browser = browse(manager)
    answer = browser.post("/requisitions/new", {"problem": "Arrival times are wrong and passengers leave."})
    row = Requisition.objects.get()
    assert answer["Location"] == f"/requisitions/{row.pk}/"
    assert row.code.startswith("REQ-") and row.code.endswith("-001")
    page = browser.get(answer["Location"]).content.decode()
    assert "Arrival times are wrong" in page and row.code in page


def test_an_empty_sentence_is_asked_for_again(browse: Browse, manager: User) -> None:
    answer = browse(manager).post("/requisitions/new", {"problem": " \0 "})
    assert answer.status_code == 422
    assert "Say in a sentence" in answer.content.decode()


def test_a_new_requisition_prefills_what_it_was_begun_with(browse: Browse, manager: User) -> None:
    browse(manager).post("/requisitions/new", {"problem": "Arrival times are wrong."})
    known = prefill(requisition_id=Requisition.objects.get().pk)
    assert known == Prefill(
        title="Arrival times are wrong.", problem="Arrival times are wrong.", currency="USD", headcount=1
    )
