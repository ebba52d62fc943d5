"""Every fact that the product cites can be looked up, and the file of facts holds together."""

import re
from pathlib import Path

import pytest

from assay.knowledge.facts import sheets
from assay.knowledge.facts.sheets import load_facts
from assay.knowledge.loading import KnowledgeError

SOURCE = Path(__file__).parents[2] / "src" / "assay"
SHIPPED = Path(sheets.__file__).parent / "facts.yaml"
CITED = re.compile(r"\bF(\d{3})(?:\s*(?:-|–|to)\s*F(\d{3}))?\b")
LINT_RULES = re.compile(r"# noqa: [\w, ]+")
FACTS = load_facts().by_id()


def cited_ids() -> dict[str, str]:
    """Every id named anywhere in the product, ends and insides of ranges alike, with a file that names it."""
    found = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in {".py", ".yaml", ".html", ".txt", ".md"} or path == SHIPPED:
            continue
        for first, last in CITED.findall(LINT_RULES.sub("", path.read_text())):
            for number in range(int(first), int(last or first) + 1):
                found[f"F{number:03}"] = path.name
    return found


def test_every_fact_that_the_product_cites_can_be_looked_up() -> None:
    cited = cited_ids()
    assert len(cited) > 200
    assert {fact: name for fact, name in cited.items() if fact not in FACTS} == {}


def test_facts_have_ids_of_their_own_in_rising_order() -> None:
    ids = [fact.id for section in load_facts().sections for fact in section.facts]
    assert ids == sorted(set(ids))


def test_a_disagreement_is_said_at_both_ends() -> None:
    for fact in FACTS.values():
        assert fact.id not in fact.disagrees_with
        assert all(fact.id in FACTS[other].disagrees_with for other in fact.disagrees_with)
    assert "F091" in FACTS["F082"].disagrees_with


def test_every_guide_is_quoted_and_says_what_kind_of_text_it_is() -> None:
    guides = {guide.id: guide for guide in load_facts().guides}
    assert {fact.source for fact in FACTS.values()} == set(guides)
    assert all(guide.about and guide.title == f"Guide {guide.id}" for guide in guides.values())


def test_what_a_seller_says_of_itself_is_marked_as_that() -> None:
    assert {fact.id for fact in FACTS.values() if fact.kind == "vendor"} == {"F166", "F167"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: F002", "id: F001", "F001 stands after F001"),
        ("id: F003", "id: F300", "F004 stands after F300"),
        ("id: F003", "id: X003", "field sections[0].facts[2].id"),
        ("kind: ours, source: D", "kind: guessed, source: D", "kind"),
        ("source: D", "source: Z", "F001 is from 'Z', which is no guide"),
        ("disagrees_with: [F091]", "disagrees_with: [F090]", "F082 disagrees with F090, but not the other way round"),
    ],
)
def test_a_mistake_in_facts_of_ones_own_names_the_fact(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = SHIPPED.read_text()
    assert old in text
    (tmp_path / "facts.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as caught:
        load_facts(tmp_path)
    assert str(caught.value).startswith("facts.yaml: ")
    assert message in str(caught.value)
