import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.duplicates import (
    ContactRules,
    Mailbox,
    PersonRecord,
    SameReason,
    compare,
    email_key,
    name_key,
    phone_key,
    profile_keys,
)

RULES = ContactRules(
    mailboxes=(Mailbox(("gmail.com", "googlemail.com"), True, True), Mailbox(("outlook.com",), False, True)),
    profiles={"linkedin.com": "in", "github.com": ""},
    phone_digits_least=7,
    phone_digits_compared=9,
)


def reasons(first, second):
    return compare(first=PersonRecord(1, **first), second=PersonRecord(2, **second), rules=RULES).reasons


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("Ada.Byron@gmail.com", "adabyron+jobs@googlemail.com", True),
        ("ada@outlook.com", "ADA+x@Outlook.com", True),
        ("a.da@outlook.com", "ada@outlook.com", False),
        ("ada+x@work.example", "ada@work.example", False),
        ("ada@work.example", "ADA@WORK.example", True),
        ("", "", False),
        ("ada", "ada", False),
        ("+x@gmail.com", "+y@gmail.com", False),
    ],
)
def test_an_address_is_the_same_as_far_as_its_provider_says(first, second, is_same):
    assert (reasons({"email": first}, {"email": second}) == (SameReason.EMAIL,)) is is_same


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("+31 6 1234 5678", "06-12345678", True),
        ("0031612345678", "(06) 12 34 56 78", True),
        ("12345", "12345", False),
        ("", "", False),
        ("06 1234 5678", "06 1234 5679", False),
    ],
)
def test_a_number_is_the_same_with_and_without_the_code_of_its_country(first, second, is_same):
    assert (reasons({"phone": first}, {"phone": second}) == (SameReason.PHONE,)) is is_same


def test_profiles_are_compared_and_repositories_and_home_pages_are_not():
    links = (
        "https://www.LinkedIn.com/in/Ada-Byron/?trk=x",
        "github.com/ada",
        "https://github.com/tensorflow/models",
        "https://ada.example/cv",
        "https://[broken",
        "",
    )
    assert profile_keys(links=links, rules=RULES) == {"linkedin.com/ada-byron", "github.com/ada"}
    assert reasons({"links": links}, {"links": ("http://github.com/ada/",)}) == (SameReason.PROFILE,)
    assert reasons({"links": links}, {"links": ("https://github.com/tensorflow/models",)}) == ()


def test_a_name_alone_is_no_reason_and_a_name_with_an_employer_or_a_place_is():
    ada = {"name": "Ada Byron", "location": "Utrecht, NL", "employers": ("Tallyport B.V.",)}
    assert reasons(ada, {"name": "Byron, Áda"}) == ()
    assert reasons(ada, {"name": "BYRON Ada", "location": "utrecht"}) == (SameReason.NAME_AND_PLACE,)
    assert reasons(ada, {"name": "Ada Byron", "employers": ("TALLYPORT bv", "tallyport b v")}) == (
        SameReason.NAME_AND_EMPLOYER,
    )
    assert reasons({"name": "Ada", "location": "Utrecht"}, {"name": "Ada", "location": "Utrecht"}) == ()


def test_the_strongest_reason_stands_first_and_words_say_them_all():
    both = {"name": "Ada Byron", "location": "Utrecht", "email": "ada@x.example", "phone": "0612345678"}
    found = compare(first=PersonRecord(1, **both), second=PersonRecord(2, **both), rules=RULES)
    assert found.words == "same mailbox, same phone number, same name and place"
    assert found.is_strong
    assert not compare(first=PersonRecord(1), second=PersonRecord(2), rules=RULES).is_strong


records = st.builds(
    PersonRecord,
    id=st.integers(1, 9),
    name=st.text(max_size=20),
    email=st.one_of(st.text(max_size=12), st.emails()),
    phone=st.text(max_size=14),
    location=st.text(max_size=12),
    links=st.lists(st.text(max_size=20), max_size=3).map(tuple),
    employers=st.lists(st.text(max_size=8), max_size=2).map(tuple),
)


@given(records, records)
def test_likeness_does_not_depend_on_who_comes_first_and_any_text_will_do(first, second):
    there = compare(first=first, second=second, rules=RULES)
    assert there == compare(first=second, second=first, rules=RULES)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_key_of_a_key_is_itself(text, more):
    for key in (email_key(email=f"{text}@gmail.com", rules=RULES), phone_key(phone=more, rules=RULES)):
        assert key in ("", email_key(email=key, rules=RULES), phone_key(phone=key, rules=RULES))
    assert name_key(name=name_key(name=more)) == name_key(name=more)
