"""Wording: what is found, what is left alone, and what a click puts in its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.postings.cast import GOOD, check, found, lint, rules_of, written

from assay.core.postings.advert import SectionKey, sections_of
from assay.core.postings.finding import StaleFinding, apply_fix


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We want a coding ninja.", "cliche"),
        ("We are one big family here.", "cliche"),
        ("You are a digital native.", "age-coded"),
        ("For recent graduates only.", "age-coded"),
        ("At most 5 years of experience.", "age-coded"),
        ("A young, motivated team awaits you.", "age-coded"),
        ("Must be a U.S. citizen.", "citizenship"),
        ("US citizenship required.", "citizenship"),
        ("USC/GC only.", "citizenship"),
        ("Send your current salary.", "salary-history"),
        ("Please share current and expected CTC; current CTC is needed.", "salary-history"),
        ("The first month is an unpaid trial.", "unpaid-work"),
        ("He or she will report to the CTO.", "gendered-person"),
        ("Native English speakers preferred.", "exclusion"),
        ("Nights and weekends are normal.", "overwork"),
        ("Attach a recent photo.", "health"),
        ("You must not discuss your salary.", "confidential-pay"),
        ("A fast-paced environment.", "vague-phrase"),
    ],
)
def test_wording_that_costs_applicants_or_breaks_a_law_is_found(text: str, rule: str) -> None:
    assert rule in rules_of(lint(text))


@pytest.mark.parametrize(
    "text",
    [
        "We decide regardless of age, citizenship, marital status or date of birth.",
        "All qualified applicants are considered without regard to national origin or US citizenship required by none.",
        "You must be authorised to work in the United States.",
        "We are a unicorn company worth two billion.",
        "The salary range is shown below and pay is reviewed yearly.",
        "We build family holiday plans.",
        "Our 10-year-old product has an old code base.",
        "Data from the current pay equity review feeds the model.",
        "Answers arrive in under 50 ms and errors stay below 40 percent.",
        "A single source of truth; the app loses a player when it lags.",
        "You may not opt out of code review.",
        "Our app helps US citizens abroad file their taxes.",
        "We extract names and date of birth from forms.",
        "Enhanced maternity and paternity leave, and family planning support.",
        "We serve 996 digital native brands as a young company.",
        "We keep an always-on service with 24/7 availability of the models.",
    ],
)
def test_promises_of_equal_treatment_and_plain_facts_are_left_alone(text: str) -> None:
    law = {
        "exclusion",
        "overwork",
        "citizenship",
        "age-coded",
        "health",
        "salary-history",
        "cliche",
        "gendered-person",
        "unpaid-work",
    }
    assert rules_of(lint(text)) & law == set()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("We want a rockstar.", "We want an engineer."),
        ("We want rockstars.", "We want engineers."),
        ("We want a rockstar ML engineer.", "We want an ML engineer."),
        ("We want a ninja developer.", "We want a developer."),
        ("Gurus welcome.", "Specialists welcome."),
        ("He or she will report to us.", "They will report to us."),
        ("The man-power is here.", "The staff is here."),
        ("Work with cutting-edge models.", "Work with current models."),
    ],
)
def test_a_click_puts_other_words_there_with_number_capital_and_article(text: str, after: str) -> None:
    advert = written(SectionKey.ABOUT, text)
    finding = next(each for each in check(advert).findings if each.replacement is not None)
    assert apply_fix(advert=advert, finding=finding).about == after


def test_a_fix_for_a_text_that_has_changed_is_refused() -> None:
    advert = written(SectionKey.ABOUT, "We want a rockstar.")
    finding = found(check(advert), "cliche")[0]
    with pytest.raises(StaleFinding, match="changed"):
        apply_fix(advert=written(SectionKey.ABOUT, "Other words stand here now."), finding=finding)


def test_a_finding_that_a_person_has_to_write_cannot_be_applied() -> None:
    advert = written(SectionKey.ABOUT, "We are one big family.")
    with pytest.raises(StaleFinding, match="person"):
        apply_fix(advert=advert, finding=found(check(advert), "cliche")[0])


def test_words_coded_masculine_are_a_finding_only_when_they_clearly_outnumber() -> None:
    strong = "Aggressive, dominant, independent, decisive, assertive and ambitious leaders who compete and challenge."
    balanced = f"{strong} Supportive, kind, honest, warm, loyal, trusting and understanding people who cooperate."
    assert "gendered-balance" in rules_of(lint(strong))
    assert "gendered-balance" not in rules_of(lint(balanced))


def test_technical_meanings_are_not_counted_as_gendered() -> None:
    text = (
        "Decision trees, active learning, objective functions, autonomous vehicles, competitive salary, data analysis, "
    )
    result = lint(text + "support vector machines, response time, dependency graphs and sensitive data.")
    counts = {each.id: each.value for each in result.measures}
    assert (counts["masculine-words"], counts["feminine-words"]) == (0, 0)


def test_both_directions_are_counted_with_their_words() -> None:
    result = lint("A leader who leads, competes and is kind, kind and honest.")
    detail = {each.id: dict(each.detail) for each in result.measures}
    assert detail["masculine-words"] == {"competes": 1, "leader": 1, "leads": 1}
    assert detail["feminine-words"] == {"kind": 2, "honest": 1}


def test_the_good_advert_passes() -> None:
    assert check(GOOD, employees=80).findings == ()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300), st.sampled_from([part.key for part in sections_of(GOOD)]))
def test_any_text_anywhere_keeps_quotes_and_fixes_true(text: str, key: SectionKey) -> None:
    advert = written(key, text)
    texts = {part.key: part.text for part in sections_of(advert)}
    for finding in check(advert).findings:
        if finding.quote:
            assert len(texts[finding.section][finding.start : finding.end]) == len(finding.quote)
        if finding.replacement is not None and finding.quote == texts[finding.section][finding.start : finding.end]:
            apply_fix(advert=advert, finding=finding)
