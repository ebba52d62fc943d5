"""``assay role compile`` and ``assay role intake`` as a person and a script meet them."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from assay.app.roles.catalogue import role_from_file
from assay.app.roles.commands import role
from assay.app.screening.commands import screen

INTAKES = Path(__file__).parents[2] / "fixtures" / "intakes"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(role, [str(one) for one in arguments])


def written(folder: Path, text: str) -> Path:
    path = folder / "intake.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("name", "archetype", "level", "runner_up", "mistakes"),
    [
        (
            "bank",
            "ml-engineer",
            "senior",
            "ai-safety-engineer",
            {"lone-hire", "phd-filter", "underpaid", "unicorn-list", "wrong-title", "years-young-tools", "level-low"},
        ),
        ("llm_platform", "mlops-engineer", "lead", "ai-engineer", {"wrong-title"}),
        (
            "agency_vision",
            "computer-vision-engineer",
            "senior",
            "ml-engineer",
            {"generalist-for-specialist", "no-data-help"},
        ),
        ("churn_report", "data-analyst", "mid", "data-scientist", {"not-ml"}),
        ("data_first", "data-engineer", "senior", "ml-engineer", {"not-ml"}),
        ("buy", "buy", "senior", "ml-engineer", {"not-ml"}),
    ],
)
def test_companies_get_the_role_that_their_problem_asks_for(name, archetype, level, runner_up, mistakes):
    result = run("compile", INTAKES / f"{name}.yaml", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["archetype"], found["level"]["level"], found["runner_up"]) == (archetype, level, runner_up)
    assert mistakes <= {one["rule"] for one in found["mistakes"]}
    assert found["contradictions"] == []


def test_the_json_is_the_same_every_time_sorted_and_says_what_each_fact_is():
    first, second = (run("compile", INTAKES / "bank.yaml", "--json").stdout for _ in range(2))
    assert first == second
    found = json.loads(first)
    assert list(found) == sorted(found)
    assert found["facts"]["F009"].startswith("A lone ML hire")
    assert {"rule", "says", "points", "facts"} == set(found["archetypes"][0]["reasons"][0])


def test_the_role_that_is_written_screens_resumes(tmp_path):
    out = tmp_path / "role.yaml"
    result = run("compile", INTAKES / "agency_vision.yaml", "--out", out)
    assert result.exit_code == 0, result.output
    made = role_from_file(out)
    assert made.title == "Senior Computer Vision Engineer"
    assert made.outcomes[2].startswith("By day 90: “Count pallets on the client's dock cameras” is live")
    resume = tmp_path / "resume.txt"
    resume.write_text(
        "Ada\n\nEXPERIENCE\nVision engineer, Dock  2021-01 - 2024-01\n"
        "- Put a pallet detector live on 40 Jetson cameras; 35 ms a frame.\n"
    )
    screened = CliRunner().invoke(screen, [str(resume), "--role", str(out), "--json", "--jobs", "1"])
    assert screened.exit_code == 0, screened.output
    assert json.loads(screened.stdout.splitlines()[0] if screened.stdout[0] == "{" else screened.stdout)


def test_the_text_reads_from_the_verdict_to_the_mistakes():
    text = run("compile", INTAKES / "data_first.yaml").stdout
    parts = ["Senior Data Engineer with ML engineering (55/45)", "A mix: 55% data engineering, 45% ML engineering",
             "Why (a close call", "What would tip it", "Must-haves", "The first 90 days", "Mistakes seen"]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_no_hire_has_no_role_to_write(tmp_path):
    result = run("compile", INTAKES / "buy.yaml", "--out", tmp_path / "role.yaml")
    assert result.exit_code == 2
    assert "There is no role to write. Try a finished product" in result.output
    assert not (tmp_path / "role.yaml").exists()


def test_the_template_lists_every_question_and_can_be_filled_in(tmp_path):
    template = run("intake").stdout
    assert len(yaml.safe_load(template)) == 22
    assert all(answer is None for answer in yaml.safe_load(template).values())
    filled = template.replace("\ngoal:", "\ngoal: product").replace("\ndata:", "\ndata: [images]")
    assert "Computer Vision Engineer" in run("compile", written(tmp_path, filled)).stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must hold a mapping"),
        ("goal: [unclosed", "intake.yaml: line 2"),
        ("decision: hello", "Nothing follows yet. Say what the person should leave behind"),
        ("goal: wealth\nlatency_ms: soon", "goal: What should this person mainly leave behind? “wealth” is none"),
        ("goal: wealth\nlatency_ms: soon", "latency_ms: How long may one answer take? “soon” is not a number"),
        ("<script>: 1\ngoal: product", "There is no question “<script>”"),
        ("goal: product\ndata: [[[tables]]]", "“a list” is none of the choices"),
        ("goal: product\npredictions_per_day: .inf", "is not a number"),
        ("a: &a [x, x]\nb: &b [*a, *a]\ngoal: *b", "“a list” is none of the choices"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_breaks(tmp_path, text, message):
    result = run("compile", written(tmp_path, text))
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


def test_contradictions_are_explained_beside_the_result(tmp_path):
    text = run("compile", written(tmp_path, "goal: method\nlaunch_days: 60\ntiming: batch\nlatency_ms: 50")).stdout
    assert "Answers that cannot both be true" in text
    assert "Research has no delivery date" in text


def test_rules_of_ones_own_are_used_instead(tmp_path):
    (tmp_path / "scoring.yaml").write_text("version: '1'\nas_of: 2026-11-21\nsources: []\nrules: [{id: x, when: [no]}]")
    result = run("compile", INTAKES / "bank.yaml", "--rules", tmp_path)
    assert result.exit_code == 2
    assert "scoring.yaml:" in result.output
