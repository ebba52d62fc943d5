"""Pay, places and terms as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.app.postings.fields import field_values, location_line, read_fields
from assay.core.postings.advert import Advert, Location, SectionKey
from assay.core.postings.circumstances import UNKNOWN

BLANK = Advert(title="Engineer")


def read(key: SectionKey, **posted: str) -> tuple[Advert, dict[str, str]]:
    advert, _, errors = read_fields(BLANK, UNKNOWN, key, posted)
    return advert, dict(errors)


@pytest.mark.parametrize("typed", ["120000", "120 000", "120,000", "120.000", "120k", "120K", "120'000", "120000.00"])
def test_an_amount_is_read_as_people_write_it(typed):
    advert, errors = read(SectionKey.PAY, low=typed)
    assert (advert.pay.low, errors) == (Decimal("120000.00"), {})


@pytest.mark.parametrize("typed", ["much", "-5", "0", "1e9999", "NaN", "Infinity", "12,34,5", "9" * 40, "$100"])
def test_an_amount_that_is_none_is_refused_and_the_old_one_stays(typed):
    advert, errors = read(SectionKey.PAY, low=typed)
    assert advert.pay.low is None
    assert errors["low"].endswith("Not saved.")


def test_one_wrong_fact_does_not_keep_the_others_from_being_saved():
    advert, errors = read(SectionKey.PAY, low="90000", currency="euro", bonus="10 percent")
    assert (advert.pay.low, advert.pay.bonus, advert.pay.currency) == (Decimal("90000.00"), "10 percent", "")
    assert set(errors) == {"currency"}


def test_a_place_is_read_with_and_without_region_and_street():
    advert, errors = read(
        SectionKey.PLACES, locations="Utrecht, NL\nDenver, co, us\n1 Main St, 80202, Denver, CO, US\n\nDE"
    )
    assert errors == {}
    assert advert.terms.locations == (
        Location("NL", locality="Utrecht"),
        Location("US", "CO", "Denver"),
        Location("US", "CO", "Denver", "1 Main St", "80202"),
        Location("DE"),
    )


def test_places_read_back_as_they_are_shown():
    places = (Location("US", "CO", "Denver", "1 Main St", "80202"), Location("NL", locality="Utrecht"))
    advert, _ = read(SectionKey.PLACES, locations="\n".join(location_line(place) for place in places))
    assert advert.terms.locations == places


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "data:text/html,x", "//bus.example", "https://", "http://[", "bus.example", "x y"]
)
def test_an_address_that_could_do_anything_but_lead_there_is_refused(typed):
    advert, errors = read(SectionKey.TERMS, apply_url=typed, organisation_url=typed)
    assert (advert.terms.apply_url, advert.terms.organisation_url) == ("", "")
    assert set(errors) == {"apply_url", "organisation_url"}


def test_an_e_mail_address_to_apply_at_becomes_a_link_that_writes_to_it():
    advert, errors = read(SectionKey.TERMS, apply_url="jobs@bus.example")
    assert (advert.terms.apply_url, errors) == ("mailto:jobs@bus.example", {})


@given(
    st.dictionaries(st.sampled_from(["low", "currency", "locations", "apply_by", "openings", "apply_url"]), st.text())
)
def test_nothing_that_is_typed_breaks_the_reading(posted):
    for key in (SectionKey.PAY, SectionKey.PLACES, SectionKey.TERMS):
        advert, circumstances, errors = read_fields(BLANK, UNKNOWN, key, posted)
        assert set(errors) <= set(posted)
        again, _, _ = read_fields(advert, circumstances, key, dict(field_values(advert, circumstances, key)))
        assert again == advert
