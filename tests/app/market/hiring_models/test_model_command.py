import json

import pytest
import yaml
from click.testing import CliRunner

from assay.app.market.hiring_models.answers import ask
from assay.app.market.hiring_models.catalogue import load_desk
from assay.app.market.hiring_models.commands import model
from assay.app.market.hiring_models.questions import questions_text

BASE = ("--base", "203000", "--statement", "core=1", "--statement", "long_horizon=yes")


def run(*arguments):
    return CliRunner().invoke(model, list(arguments))


def test_flags_alone_give_an_answer_in_words():
    done = run(*BASE, "--months", "24", "--fact", "abroad=no")
    assert done.exit_code == 0
    assert done.output.startswith("Full-time in-house (needs your answer), before Hybrid")
    assert "Employer of record abroad is ruled out" in done.output
    assert "Needs your answer before it is clear" in done.output
    assert "Break-even: 158 an hour" in done.output


def test_a_model_that_scores_more_but_is_ruled_out_is_said_to():
    told = ("--statement", "short_experiment=1", "--fact", "place=us_abc", "--fact", "usual_business=yes")
    done = run("--base", "160000", "--months", "6", *told)
    assert done.output.startswith("Dedicated team through a partner")
    assert "Freelance or contract is ruled out, though it scores more. Presumed an employee" in done.output


def test_the_same_answers_give_the_same_bytes_and_documented_keys():
    first, second = run(*BASE, "--json"), run(*BASE, "--json")
    assert first.output == second.output
    assert set(json.loads(first.output)) == {
        "version", "seed", "draws", "months", "currency", "recommendation", "ranking", "outlook", "break_even",
        "crossings",         "turns", "signals", "contradictions", "unanswered",
    }  # fmt: skip


def test_the_template_of_questions_is_a_file_that_can_be_answered(tmp_path):
    text = questions_text(load_desk())
    assert run("--questions").output == text
    ask(content=yaml.safe_load(text), desk=load_desk())
    path = tmp_path / "answers.yaml"
    path.write_text(text.replace("core: unknown", "core: yes").replace("abroad: unknown", "abroad: no"))
    done = run(str(path), "--statement", "culture=partly", "--json")
    found = json.loads(done.output)
    terms = {one["statement"]: one["truth"] for one in found["ranking"][0]["terms"]}
    assert (terms["core"], terms["culture"], terms["speed"]) == (1.0, 0.5, None)
    assert next(one for one in found["ranking"] if one["model"] == "eor")["status"] == "vetoed"


def test_weights_come_from_a_file_and_numbers_from_flags(tmp_path):
    weights = tmp_path / "weights.yaml"
    weights.write_text("core: 5\n")
    done = run(*BASE, "--weights", str(weights), "--change", "freelance.rate=400", "--json")
    found = json.loads(done.output)
    assert next(one for one in found["ranking"][0]["terms"] if one["statement"] == "core")["weight"] == 5
    plain = json.loads(run(*BASE, "--json").output)

    def cost(content):
        return next(one for one in content["outlook"] if one["model"] == "freelance")["cost"]["p50"]

    assert cost(found) > 2 * cost(plain)


def test_answers_that_disagree_are_said_first():
    done = run(*BASE, "--statement", "short_experiment=1")
    assert done.exit_code == 0
    assert done.output.startswith("Answers disagree: A need of more than twelve months")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Base pay is missing"),
        (("--base", "0"), "above 0"),
        (("--base", "nan"), "above 0"),
        (("--base", "5"), "1,000 and 100,000,000"),
        ((*BASE, "--months", "0"), "0 months has nothing to compare"),
        ((*BASE, "--months", "700"), "more than fifty years"),
        ((*BASE, "--months", str(10**30)), "more than fifty years"),
        ((*BASE, "--statement", "core=perhaps"), "Give 0 to 1"),
        ((*BASE, "--statement", "core=2"), "from 0 (not true) to 1"),
        ((*BASE, "--statement", "core"), "ID=VALUE"),
        ((*BASE, "--statement", "nothing=1"), "There is no statement"),
        ((*BASE, "--fact", "place=moon"), "Answer with one of"),
        ((*BASE, "--change", "freelance.rate=dear"), "is not a number"),
        ((*BASE, "--change", "freelance.rate=0"), "give 1 to 10,000"),
        ((*BASE, "--change", "freelance.rate=1e300"), "freelance.rate"),
        ((*BASE, "--seed", "-1"), "seed"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_words_with_exit_code_two(arguments, says):
    done = run(*arguments)
    assert done.exit_code == 2
    assert says in done.output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("base: [1, 2", "YAML"),
        ("- a\n- b", "mapping"),
        ("base: many", "base"),
        ("base: 200000\nstatement: {core: 1}", "statement"),
        ("base: [300000, 200000, 100000]", "must rise"),
        ("base: 200000\nweights: {core: -1}", "say that it is not true"),
        ("base: 200000\nstatements: [core]", "statements"),
        ("base: 200000\nchange: {freelance.rate: [3, 2, 1]}", "freelance.rate"),
        ("base: 200000\nfacts: {'<script>': yes}", "There is no fact"),
        ('base: 200000\nstatements: {"a\\0b": 1}', "There is no statement"),
        ("base: 200000\n? [a]\n: 1", "YAML"),
    ],
)
def test_a_broken_file_is_refused_in_words(tmp_path, content, says):
    path = tmp_path / "answers.yaml"
    path.write_text(content)
    done = run(str(path))
    assert done.exit_code == 2, done.output
    assert says.lower() in done.output.lower()
    assert "Traceback" not in done.output
