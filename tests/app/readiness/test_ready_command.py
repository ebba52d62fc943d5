import json

import pytest
from click.testing import CliRunner

from assay.app.readiness.commands import ready
from assay.app.readiness.questions import load_questionnaire

IDS = [one.id for one in load_questionnaire().questions]


@pytest.fixture
def run():
    def call(*arguments):
        return CliRunner().invoke(ready, [str(one) for one in arguments])

    return call


@pytest.fixture
def file(tmp_path):
    def write(text, name="answers.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def every(level, **others):
    return "answers:\n" + "".join(f"  {one}: {others.get(one, level)}\n" for one in IDS)


def test_good_answers_are_told_to_hire(run, file):
    result = run(file(every(3)))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "HIRE")


def test_the_template_can_be_given_back_as_it_is_and_knows_nothing(run, file):
    result = run("--json", file(run("--template").stdout))
    told = json.loads(result.stdout)
    assert (told["verdict"], told["respondents"]) == ("not_enough_known", ["answers"])
    assert [one["level"] for one in told["questions"]] == [None] * len(IDS)


def test_one_file_a_person_shows_where_they_differ(run, file):
    one = file("respondent: Maria\nwho: sponsor\n" + every(3), "a.yaml")
    other = file("respondent: Tom\nwho: data_owner\n" + every(3, data_access=0), "b.yaml")
    told = " ".join(run(one, other).stdout.split())
    assert told.startswith("PREPARE FIRST")
    assert "There is no way to the data." in told
    assert "Maria 3, Tom 0. For now, the lowest answer counts: 0." in told
    assert "This alone would turn “prepare first” into “hire”." in told
    assert run(one, other, "--json").stdout == run(other, one, "--json").stdout


def test_the_json_traces_every_reason_to_its_facts(run, file):
    told = json.loads(run("--json", file(every(3, data_access=0))).stdout)
    (stop,) = told["hard_stops"]
    assert [one["reference"] for one in stop["sources"]] == ["F013", "F275"]
    assert told["actions"][0]["weeks"] == {"low": 2.0, "high": 8.0, "is_assumed": True}
    assert told["sources"]


def test_an_earlier_time_is_compared(run, file):
    result = run(file(every(3), "new.yaml"), "--compare", file(every(1), "old.yaml"))
    assert "From “prepare first” to “hire”: 29 better." in result.stdout


def test_the_questions_are_printed_with_levels_and_facts(run):
    told = run("--questions").stdout
    assert all(f"[{one}]" in told for one in IDS)
    assert "Rests on F002, F292 (stated)." in told
    assert [one["id"] for one in json.loads(run("--questions", "--json").stdout)["questions"]] == IDS


def test_a_note_is_kept_beside_its_level(run, file):
    told = json.loads(run("--json", file("answers: {data_access: {level: 2, note: Took six weeks}}")).stdout)
    (asked,) = [one for one in told["questions"] if one["id"] == "data_access"]
    assert (asked["level"], asked["voices"][0]["note"]) == (2, "Took six weeks")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("answers: {luck: 3}", "there is no question 'luck'"),
        ("answers: {data_access: 7}", "7 is no level. Choose 0 to 4"),
        ("answers: {data_access: 2.5}", "2.5 is no level"),
        ("answers: {data_access: yes}", "True is no level"),
        ("answers: {data_access: {level: 1, mood: good}}", "'mood' is not 'level' or 'note'"),
        ("answers: {data_access: {level: 1, note: [1]}}", "a note is a text"),
        ("answers:\n  data_access: 1\n  data_access: 3\n", "line 3: 'data_access' stands there twice"),
        ("answers: {}\nanswers: {}\n", "'answers' stands there twice"),
        ("answers: [1, 2]", "Expected `object`, got `array`"),
        ("who: king\nanswers: {}", "who: there is no 'king'"),
        ("respondent: 'a\\x00b'\nanswers: {}", ""),
        ('respondent: "a\\0b"\nanswers: {}', "give a name of at most"),
        ("mood: good\nanswers: {}", "unknown field `mood`"),
        ("", "must hold fields"),
        ("- 1\n- 2\n", "must hold fields"),
        ("1: 2\nanswers: {}", "must hold fields"),
        ("answers: {data_access: 1\x00}", "is not YAML"),
        ("answers: {", "is not YAML"),
        ("answers: " + "[" * 90_000 + "]" * 90_000, "nested more than 8 levels"),
        ("answers: {data_access: 2026-13-45}", "is not YAML"),
        ("? [a]\n: b\nanswers: {}", ""),
        (b"\xff\xfe\x00answers", "cannot be read as text"),
        ("answers: {data_access: !!python/object:os.system 1}", "is not YAML"),
        ("x" * 300_000, "larger than 200 KB"),
    ],
)
def test_a_file_that_cannot_be_answers_names_what_to_mend(run, file, content, message):
    result = run(file(content))
    assert result.exit_code == 2 or not message
    assert message in result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_the_same_person_twice_is_refused(run, file):
    result = run(file("respondent: Ada\nanswers: {}", "a.yaml"), file("respondent: ada\nanswers: {}", "b.yaml"))
    assert result.exit_code == 2
    assert "two sheets by “ada”" in result.stderr


def test_nothing_given_says_how_to_begin(run):
    result = run()
    assert result.exit_code == 2
    assert "assay ready --template" in result.stderr


def test_rules_of_ones_own_are_used_and_broken_ones_named(run, file, tmp_path):
    path = file(every(3))
    (tmp_path / "verdict.yaml").write_text("version: '1'\n")
    result = run(path, "--rules", tmp_path)
    assert result.exit_code == 2
    assert "verdict.yaml" in result.stderr
