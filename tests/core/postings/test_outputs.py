"""What goes out: Markdown, text, HTML, JobPosting and feeds, with nothing in them that was typed as markup."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from tests.core.postings.cast import GOOD, placed, written

from assay.core.postings.advert import Advert, Location, Pay, SectionKey, Terms, WorkPlace, sections_of, with_section
from assay.core.postings.codec import AdvertError, advert_from_mapping, advert_to_mapping
from assay.core.postings.feeds import FeedEntry, atom_feed, job_feed
from assay.core.postings.job_posting import check_job_posting, job_posting, to_json_ld
from assay.core.postings.pay_words import describe_pay
from assay.core.postings.written import to_html, to_markdown, to_plain, to_simple_html
from assay.knowledge.postings.sheets import JOB_POSTING_SCHEMA

SCHEMA = json.loads(JOB_POSTING_SCHEMA.read_text())
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> & [x](javascript:1) ![](y) `z` </article> ]]> \0 \x0b \u202e"
ATOM = "{http://www.w3.org/2005/Atom}"


def posting(advert: Advert) -> dict[str, object]:
    return job_posting(advert=advert, url="https://brot.example/jobs/7", groups={"EU": ("PT", "ES")})


@pytest.mark.parametrize("advert", [GOOD, placed("US-CO", "EU"), placed("DE"), written(SectionKey.ABOUT, HOSTILE)])
def test_a_posting_is_what_google_documents(advert: Advert) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(posting(advert))
    assert [each for each in check_job_posting(advert=advert) if each.severity == "must"] == []


def test_a_remote_posting_names_countries_and_states_and_no_group() -> None:
    made = posting(placed("US-CO", "EU"))
    assert made["jobLocationType"] == "TELECOMMUTE"
    assert [area["name"] for area in made["applicantLocationRequirements"]] == ["CO, US", "PT", "ES"]  # type: ignore[attr-defined]
    assert "jobLocation" not in made


def test_pay_is_a_range_with_its_unit() -> None:
    salary = posting(GOOD)["baseSalary"]
    assert salary == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "unitText": "YEAR", "minValue": 62_000, "maxValue": 78_000},
    }


@pytest.mark.parametrize(
    ("advert", "name"),
    [
        (replace(GOOD, title=" "), "title"),
        (Advert(title="x", terms=GOOD.terms), "description"),
        (replace(GOOD, terms=replace(GOOD.terms, posted_on=None)), "datePosted"),
        (replace(GOOD, terms=replace(GOOD.terms, organisation="")), "hiringOrganization"),
        (replace(GOOD, terms=replace(GOOD.terms, locations=())), "jobLocation"),
        (placed(), "applicantLocationRequirements"),
    ],
)
def test_what_google_requires_and_is_not_said_is_named_and_the_schema_agrees(advert: Advert, name: str) -> None:
    lacking = [each.rule_id for each in check_job_posting(advert=advert) if each.severity == "must"]
    assert lacking == [f"google-{name}"]
    empty = {name: ""} if name in ("title", "description") else {}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(posting(advert) | empty)


def test_json_for_a_page_cannot_end_its_script_element() -> None:
    text = to_json_ld(posting(written(SectionKey.TITLE, "</script><b>&")))
    assert not set("<>&") & set(text)
    assert json.loads(text)["title"] == "</script><b>&"


@pytest.mark.parametrize("key", [part.key for part in sections_of(GOOD)])
def test_html_holds_what_was_typed_as_text_only(key: SectionKey) -> None:
    for made in (to_html(written(key, HOSTILE)), to_simple_html(written(key, HOSTILE))):
        tree = html.fromstring(f"<div>{made}</div>")
        assert tree.xpath("//script|//img|//a[starts-with(@href,'javascript')]") == []
        assert "\0" not in made and "\u202e" not in made
        if key is not SectionKey.TITLE or made.startswith("<article"):
            assert "<script>alert(1)</script>" in tree.text_content()


def test_a_link_that_a_page_could_run_is_not_linked() -> None:
    bad = replace(GOOD, terms=replace(GOOD.terms, apply_url="javascript:alert(1)", organisation_url="data:text/html,x"))
    for made in (to_html(bad), to_markdown(bad), to_plain(bad), json.dumps(posting(bad))):
        assert "javascript:" not in made and "data:" not in made


def test_markdown_keeps_typed_signs_as_signs() -> None:
    made = to_markdown(written(SectionKey.ABOUT, "# not a heading\n\n1. *x* <b> & [a](b)"))
    assert r"\# not a heading" in made
    assert r"1\. \*x\* \<b\> &amp; \[a\](b)" in made
    assert made.count("\n# ") == 0 and made.startswith("# Machine Learning Engineer")


def test_plain_text_is_wrapped_and_keeps_long_words_whole() -> None:
    long = "https://brot.example/" + "a" * 100
    made = to_plain(written(SectionKey.ABOUT, f"{'word ' * 60}{long}"))
    assert long in made
    assert all(len(line) <= 78 for line in made.splitlines() if long not in line)


def test_every_section_and_fact_is_in_every_output() -> None:
    names = {"PT": "Portugal"}
    page = html.fromstring(to_html(GOOD, names=names)).text_content()
    for made in (to_markdown(GOOD, names=names), to_plain(GOOD, names=names), page):
        flat = re.sub(r"[\\\s]+", " ", made)
        for expected in ("EUR 62,000 to 78,000 a year", "Lisbon, Portugal", "2027-01-15", "Full time", "noisy"):
            assert expected in flat


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        (Pay(), ""),
        (Pay(low=Decimal("70.5"), high=Decimal(80), currency="USD"), "USD 70.50 to 80 a year"),
        (Pay(high=Decimal(9_000), currency="EUR"), "EUR up to 9,000 a year"),
        (Pay(low=Decimal(5), high=Decimal(5)), "5 a year"),
    ],
)
def test_pay_in_words(pay: Pay, words: str) -> None:
    assert describe_pay(pay) == words


def entries(*titles: str) -> list[FeedEntry]:
    made = []
    for at, title in enumerate(titles):
        moment = NOW + timedelta(hours=at)
        made.append(
            FeedEntry(written(SectionKey.TITLE, title), f"https://b.example/{at}", f"urn:x:{at}", moment, moment)
        )
    return made


def feed_of(shown: list[FeedEntry]) -> bytes:
    url, home = "https://b.example/feed", "https://b.example/"
    return atom_feed(title=f"Jobs {HOSTILE}", url=url, home=home, entries=shown, updated_at=NOW)


def test_the_atom_feed_has_ids_dates_and_escaped_html_newest_first() -> None:
    made = feed_of(entries("Old", HOSTILE))
    feed = etree.fromstring(made)
    assert [each.text for each in feed.iter(f"{ATOM}id")] == ["https://b.example/feed", "urn:x:1", "urn:x:0"]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-21T10:30:00Z"
    content = feed.find(f".//{ATOM}content")
    assert content is not None and content.get("type") == "html" and len(content) == 0
    assert made == feed_of(entries("Old", HOSTILE)[::-1])


def test_an_empty_feed_says_when_it_was_made() -> None:
    feed = etree.fromstring(atom_feed(title="J", url="u", home="h", entries=[], updated_at=NOW))
    assert feed.findtext(f"{ATOM}updated") == "2026-11-21T09:30:00Z"


def test_the_job_feed_gives_boards_the_fields_they_read() -> None:
    job = etree.fromstring(job_feed(publisher="Brot", home="https://b.example", entries=entries("A & B"))).find("job")
    assert job is not None
    read = {field.tag: field.text for field in job}
    assert (read["title"], read["salarymin"], read["currency"], read["country"]) == ("A & B", "62000", "EUR", "PT")
    assert "state" not in read


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from([part.key for part in sections_of(GOOD)]))
def test_any_text_gives_well_formed_feeds_and_pages(text: str, key: SectionKey) -> None:
    advert = written(key, text)
    entry = FeedEntry(advert, "https://b.example/1", "urn:x:1", NOW, NOW)
    etree.fromstring(atom_feed(title=text, url="u", home="h", entries=[entry], updated_at=NOW))
    etree.fromstring(job_feed(publisher=text, home="h", entries=[entry]))
    to_markdown(advert), to_plain(advert), to_html(advert)


def test_an_advert_survives_being_stored() -> None:
    stored = json.loads(json.dumps(advert_to_mapping(GOOD)))
    assert advert_from_mapping(stored) == GOOD
    assert advert_from_mapping({"title": "x"}) == Advert(title="x")


@pytest.mark.parametrize(
    "content", [{}, {"title": 5}, {"title": "x", "pay": {"low": "much"}}, {"title": "x", "terms": []}]
)
def test_a_mapping_that_is_no_advert_is_refused_with_its_field(content: dict[str, object]) -> None:
    with pytest.raises(AdvertError, match="not an advert"):
        advert_from_mapping(content)


def test_sections_are_replaced_whole_and_lists_lose_their_bullets() -> None:
    advert = with_section(advert=GOOD, key=SectionKey.MUST_HAVES, text="- one\n\n • two \n*three*")
    assert advert.must_haves == ("one", "two", "three")
    assert with_section(advert=GOOD, key=SectionKey.HOW_TO_APPLY, text=" Mail us ").terms.how_to_apply == "Mail us"
    with pytest.raises(ValueError, match="not a section"):
        with_section(advert=GOOD, key=SectionKey.PAY, text="x")


def test_terms_start_out_unknown() -> None:
    terms = Terms()
    assert terms.is_existing_vacancy is None and terms.work_place is None
    assert Location(country="US", region="CA").code == "US-CA" and Location(country="DE").code == "DE"
    assert WorkPlace("remote") is WorkPlace.REMOTE and date(2026, 1, 1)
