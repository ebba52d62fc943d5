"""The files that adverts are checked by: whole, sourced, and refused with their field when they are wrong."""

import re
from pathlib import Path

import pytest

from assay.app.postings.rules import load_rules
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.postings import sheets
from assay.knowledge.postings.sheets import load_postings

SHIPPED = Path(sheets.__file__).parent


def test_every_rule_says_why_what_to_do_and_where_it_comes_from() -> None:
    rules = load_rules()
    every = [each.rule for each in (*rules.wordings, *rules.presences)]
    every += [*rules.demands.rules.values(), *rules.shape.rules.values(), *rules.pay_law.rules.values()]
    every += [rules.problem_first, rules.blank_rule, rules.gendered.rule]
    for rule in every:
        assert rule.why.endswith((".", "?")) and rule.fix_label.endswith(".") and rule.source.title, rule.id
    assert len({rule.id for rule in every}) == len(every)


def test_both_lists_of_the_paper_are_whole() -> None:
    sheet = load_postings().gendered
    assert len(sheet.masculine.split()) == 42
    assert len(sheet.feminine.split()) == 40
    assert set(sheet.masculine.split()) & set(sheet.feminine.split()) == set()


def test_every_place_has_a_day_a_grade_and_a_source() -> None:
    places = load_rules().pay_law.places
    assert len(places) == 24
    for law in places:
        assert law.items and law.grade in "ABCD" and law.source.reference
        assert law.employees is not None or "not seen" in law.verify
        assert re.fullmatch(r"[A-Z]{2}(-[A-Z]{2})?", law.place) and law.place in load_rules().place_names


def test_weak_evidence_says_what_to_verify() -> None:
    assert [law.place for law in load_rules().pay_law.places if law.grade in "CD" and not law.verify] == []


def test_tools_have_one_year_each_and_none_lies_ahead() -> None:
    tools = load_rules().demands.tools
    assert all(1970 <= tool.year <= load_rules().as_of.year for tool in tools.values())
    assert tools["pytorch"].year == 2016 and tools["k8s"] is tools["kubernetes"]


def test_a_file_of_ones_own_is_used_and_changes_the_version(tmp_path: Path) -> None:
    text = (SHIPPED / "shape.yaml").read_text().replace("fewest_words: 150", "fewest_words: 10")
    (tmp_path / "shape.yaml").write_text(text)
    rules = load_rules(tmp_path)
    assert rules.shape.fewest_words == 10
    assert rules.version != load_rules().version


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("shape.yaml", "fewest_words: 150", "fewest_words: many", "fewest_words"),
        ("wording.yaml", '- "gurus? => specialist(s)"', '- "(gurus" ', "not valid"),
        ("wording.yaml", '- "gurus? => specialist(s)"', '- "(gurus)?" ', "has a group"),
        ("tools.yaml", "  unicorn:", "  horse:", "unicorn"),
        ("pay_law.yaml", "  deadline:", "  line:", "line"),
        ("presence.yaml", "id: growth", "id: stage", "twice"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    text = (SHIPPED / name).read_text()
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new))
    with pytest.raises(KnowledgeError, match=message):
        load_rules(tmp_path)
