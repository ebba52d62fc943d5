"""Whole adverts in the styles that are out there: what is found in each, to the word."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.postings.cast import TODAY, lint, rules_of

from assay.app.postings.rules import load_rules
from assay.core.postings.check import check_text

FOLDER = Path(__file__).parents[2] / "fixtures" / "adverts"
EXPECTED: dict[str, list[list[str]]] = json.loads((FOLDER / "expected.json").read_text())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_advert_has_exactly_the_findings_that_a_person_agreed_with(name: str) -> None:
    result = lint((FOLDER / name).read_text())
    assert [[each.severity.value, each.rule_id, each.quote] for each in result.findings] == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_quote_stands_where_the_finding_says_and_every_finding_explains_itself(name: str) -> None:
    text = (FOLDER / name).read_text()
    for finding in lint(text).findings:
        assert text[finding.start : finding.end].split() == finding.quote.split()
        assert finding.why and finding.fix_label and finding.source.title and "{" not in finding.why


@pytest.mark.parametrize("name", ["good_startup.md", "good_us_remote.txt"])
def test_good_adverts_pass(name: str) -> None:
    assert EXPECTED[name] == []


def test_no_fixture_is_left_out() -> None:
    assert {path.name for path in FOLDER.iterdir()} - {"expected.json"} == set(EXPECTED)


def test_fifty_thousand_words_are_checked_and_lists_stay_short() -> None:
    sentence = "You will train the ranking model for our rockstar team with 4 million users and watch it in use. "
    result = lint(sentence * 2_800)
    assert next(each.value for each in result.measures if each.id == "words") > 49_000
    assert "too-long" in rules_of(result)
    assert sum(each.rule_id == "cliche" for each in result.findings) == 12
    assert any("more like these" in note for note in result.notes)


def test_what_lies_behind_the_bound_is_not_read_and_that_is_said() -> None:
    rules = load_rules()
    rules = replace(rules, shape=replace(rules.shape, most_characters=1_000))
    result = check_text(text="You will train the model. " * 40 + "ninja", rules=rules, as_of=TODAY)
    assert "cliche" not in rules_of(result)
    assert any("Only the first 1,000 characters" in note for note in result.notes)


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\0", "<", "<script>", "&", "[? ", "9" * 500, "é" * 300, "-\n-\n- ", "İ<style>"]
)
def test_nothing_that_can_be_pasted_breaks_the_check(text: str) -> None:
    result = lint(text)
    if result.notes and result.notes[0].startswith("There is no advert to check"):
        assert (result.findings, result.passed, any(sign.isalpha() for sign in text)) == ((), (), False)
    else:
        assert result.findings
