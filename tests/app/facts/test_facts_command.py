"""``assay facts``: what a cited fact says, at a shell."""

import json

from click.testing import CliRunner

from assay.app.facts.commands import facts
from assay.knowledge.facts.sheets import load_facts


def test_a_fact_is_said_with_its_guide_and_what_contradicts_it() -> None:
    said = CliRunner().invoke(facts, ["f082"])
    assert said.exit_code == 0
    assert "F082  0-1 year of experience" in said.output
    assert "Guide A, stated; contradicted by F091" in said.output
    assert "F083" not in said.output


def test_without_ids_every_fact_is_said_under_its_section() -> None:
    lines = CliRunner().invoke(facts).output.splitlines()
    assert [line[:4] for line in lines if line[:1] == "F" and line[4:6] == "  "] == list(load_facts().by_id())
    assert {"Readiness", "Market", "Team"} <= set(lines)


def test_json_has_the_documented_keys_and_the_order_of_the_ids() -> None:
    content = json.loads(CliRunner().invoke(facts, ["F166", "F030", "F030", "--json"]).output)
    assert set(content) == {"version", "as_of", "note", "guides", "facts"}
    assert [one["id"] for one in content["facts"]] == ["F030", "F166"]
    assert set(content["facts"][0]) == {"id", "section", "says", "kind", "source", "disagrees_with"}
    assert content["facts"][1]["kind"] == "vendor"


def test_an_unknown_id_is_refused_with_the_ids_there_are() -> None:
    said = CliRunner().invoke(facts, ["F030", "F999\0" + "9" * 300])
    assert said.exit_code == 2
    assert "Ids go from F001 to F302" in said.stderr
    assert len(said.stderr) < 300
