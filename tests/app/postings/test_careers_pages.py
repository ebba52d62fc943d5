"""What the outside reads: no cookie, no script, cacheable; valid for job search; hostile text is only text."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from tests.app.postings.adverts import TODAY, whole_advert, write

from assay.app.postings.actions.publishing import Wish, publish, take_down
from assay.app.postings.models import Advert, Publication
from assay.core.postings.advert import SectionKey
from assay.knowledge.postings.sheets import JOB_POSTING_SCHEMA

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '</script><script>alert(1)</script> <img src=x onerror=alert(2)> ]]> \u202egnp.exe {{ 7*7 }} "><b>'


def let_out(actor, advert_id, **answers) -> str:
    wish = Wish(Advert.objects.get(pk=advert_id).revision, **answers)
    publish(actor=actor, advert_id=advert_id, wish=wish, as_of=TODAY)
    return Publication.objects.order_by("-id")[0].slug


@pytest.fixture
def slug(recruiter) -> str:
    return let_out(recruiter, whole_advert(recruiter))


def addresses(slug: str) -> tuple[str, ...]:
    one = f"/careers/{slug}"
    return (
        "/careers/",
        "/careers/feed.atom",
        "/careers/jobs.xml",
        f"{one}/",
        f"{one}.md",
        f"{one}.txt",
        f"{one}.jsonld",
    )


def posting_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_a_stranger_reads_everything_without_a_cookie_and_caches_may_keep_it(slug):
    for address in addresses(slug):
        response = Client().get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "public" in response["Cache-Control"]
        again = Client().get(address, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        since = Client().get(address, headers={"If-Modified-Since": response["Last-Modified"]})
        assert since.status_code == 304, address


def test_everybody_reads_the_same_whoever_is_signed_in(slug, browse, recruiter):
    for address in addresses(slug):
        assert browse(recruiter).get(address).content == Client().get(address).content
        assert "public" in browse(recruiter).get(address)["Cache-Control"]


def test_the_page_carries_a_posting_that_job_search_accepts(slug):
    posting = posting_of(Client().get(f"/careers/{slug}/").content.decode())
    Draft202012Validator(json.loads(JOB_POSTING_SCHEMA.read_text())).validate(posting)
    assert posting["datePosted"] == TODAY.isoformat()
    assert posting["url"] == f"http://testserver/careers/{slug}/"
    assert posting == json.loads(Client().get(f"/careers/{slug}.jsonld").content)


def test_the_feeds_name_every_listed_advert_and_no_unlisted_one(slug, recruiter):
    hidden = let_out(recruiter, whole_advert(recruiter), is_listed=False)
    feed = ElementTree.fromstring(Client().get("/careers/feed.atom").content)
    jobs = ElementTree.fromstring(Client().get("/careers/jobs.xml").content)
    page = f"http://testserver/careers/{slug}/"
    assert [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")] == [page]
    assert [job.findtext("url") for job in jobs.findall("job")] == [page]
    assert hidden not in Client().get("/careers/").content.decode()
    assert Client().get(f"/careers/{hidden}/").status_code == 200


def test_a_taken_down_advert_says_so_and_leads_on(slug, recruiter):
    take_down(actor=recruiter, advert_id=Advert.objects.get().pk)
    gone = Client().get(f"/careers/{slug}/")
    assert gone.status_code == 410
    assert 'href="/careers/"' in gone.content.decode()
    for form in ("md", "txt", "jsonld"):
        assert Client().get(f"/careers/{slug}.{form}").status_code == 410
    assert Client().get("/careers/never-there/").status_code == 404
    assert not ElementTree.fromstring(Client().get("/careers/feed.atom").content).findall(f"{ATOM}entry")


def test_hostile_words_are_only_words_everywhere(recruiter):
    advert_id = whole_advert(recruiter)
    for key in (SectionKey.TITLE, SectionKey.ABOUT, SectionKey.BENEFITS, SectionKey.HOW_TO_APPLY):
        write(recruiter, advert_id, key, text=f"{HOSTILE}\0\x07")
    write(recruiter, advert_id, SectionKey.TERMS, organisation=HOSTILE, reference=HOSTILE)
    slug = let_out(recruiter, advert_id, reason="A test of what may be typed.")
    page = Client().get(f"/careers/{slug}/").content.decode()
    assert page.count("<script") == page.count("</script") == 1
    for tag in ("<img", "<b>", "\u202e", "\0", "49"):
        assert tag not in page.replace("40,000", "")
    assert "alert(1)" in posting_of(page)["title"]
    feed = ElementTree.fromstring(Client().get("/careers/feed.atom").content)
    assert "alert(1)" in (feed.findtext(f"{ATOM}entry/{ATOM}title") or "")
    listing = Client().get("/careers/").content.decode()
    assert "<script" not in listing
    assert "<img" not in listing


def test_places_are_read_by_their_names_and_not_by_codes(recruiter):
    advert_id = whole_advert(recruiter)
    write(
        recruiter,
        advert_id,
        SectionKey.PLACES,
        work_place="remote",
        locations="Denver, CO, US",
        applicants_from="US-CO",
    )
    slug = let_out(recruiter, advert_id, reason="Every state of the law is seen to.")
    for ending in ("/", ".md", ".txt"):
        read = Client().get(f"/careers/{slug}{ending}").content.decode()
        assert "Colorado" in read, ending
        assert "US-CO" not in read, ending
