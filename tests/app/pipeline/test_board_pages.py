import pytest
from tests.app.pipeline.cast import advance, apply


@pytest.mark.parametrize("address", ["", "?view=board", "?view=table", "?view=stages", "board", "?view=board&q=ada"])
def test_every_view_shows_the_applicants(job, recruiter, browse, address):
    ada = apply(job, "Ada Byron", score=70, best_quote="Ran it in production.", must_haves_total=3)
    apply(job, "Bo Diddley")
    advance(ada, 3)
    page = browse(recruiter).get(f"/jobs/{job.pk}/{address}")
    assert page.status_code == 200
