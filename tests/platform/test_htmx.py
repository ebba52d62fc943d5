from django.test import RequestFactory

from assay.platform.htmx import is_htmx


def test_a_part_of_a_page_is_told_from_a_whole_one():
    assert is_htmx(RequestFactory().get("/", headers={"HX-Request": "true"}))
    assert not is_htmx(RequestFactory().get("/"))
    assert not is_htmx(RequestFactory().get("/", headers={"HX-Request": "false"}))
