"""The table of applicants on a phone, where a row is a card: every number says what it counts."""

import pytest
from tests.app.pipeline.cast import apply
from tests.tabs import OpenTab

from assay.app.pipeline.models import Job
from assay.platform.accounts.models import User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# Where the name of a cell is drawn: it floats into the room that the cell leaves before its words.
NAMES = """() => [...document.querySelectorAll(".applicant-table tbody td[data-label]:not(.bare)")].map((cell) => {
  const name = getComputedStyle(cell, "::before");
  const room = parseFloat(getComputedStyle(cell).paddingInlineStart);
  return [cell.dataset.label, name.content, room + parseFloat(name.marginInlineStart)];
})"""


def test_on_a_phone_each_number_of_a_row_has_its_name_before_it(job: Job, recruiter: User, open_tab: OpenTab) -> None:
    apply(job, "Ada", score=90)
    page = open_tab(recruiter, width=390)
    page.goto(f"/jobs/{job.pk}/?view=table")
    names = page.evaluate(NAMES)
    assert {"Score", "Days in stage", "Applied"} <= {label for label, _, _ in names}
    for label, drawn, start in names:
        assert drawn == f'"{label}"'
        assert start >= 0, f"{label} is drawn outside the screen"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
