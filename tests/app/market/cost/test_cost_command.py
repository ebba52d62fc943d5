"""``assay cost`` at a shell: reads what people type, writes what programs can rely on."""

import json

import pytest
from click.testing import CliRunner

from assay.app.market.cost.commands import cost
from assay.app.market.cost.reading import read_month, read_number, read_spread, read_starts
from assay.core.market.cost.inputs import CostError

USUAL = ["--base", "203000", "--opens", "2026-12"]


def run(*words: str):
    return CliRunner().invoke(cost, list(words))


def test_the_same_question_gives_the_same_bytes_and_they_are_json() -> None:
    first, second = (run(*USUAL, "--json") for _ in range(2))
    assert first.exit_code == 0
    assert first.stdout_bytes == second.stdout_bytes
    answer = json.loads(first.stdout)
    assert answer["currency"] == "USD"
    assert 1.25 < answer["yearly"]["factor"]["p50"] < 1.6
    assert answer["inputs"][0]["id"] == "base"


def test_people_get_rounded_amounts_and_what_drives_them() -> None:
    done = run(*USUAL)
    assert done.exit_code == 0
    line = next(line for line in done.stdout.splitlines() if "without equity" in line)
    assert line.split()[-3:] == ["280,000", "290,000", "310,000"]
    assert "What drives it" in done.stdout


def test_a_changed_input_changes_the_answer_and_is_called_yours() -> None:
    plain = json.loads(run(*USUAL, "--json").stdout)
    changed = json.loads(run(*USUAL, "--set", "bonus=30%", "--json").stdout)
    assert changed["yearly"]["total"]["p50"] > plain["yearly"]["total"]["p50"]
    bonus = next(one for one in changed["inputs"] if one["id"] == "bonus")
    assert (bonus["grade"], bonus["points"]) == ("own", [0.3])


def test_defaults_are_restated_in_the_currency_of_the_place() -> None:
    answer = json.loads(run("--base", "90000", "--place", "germany", "--json").stdout)
    equipment = next(one for one in answer["inputs"] if one["id"] == "equipment")
    assert answer["currency"] == "EUR"
    assert equipment["points"] == [3500.0, 5300.0, 11000.0]


def test_base_pay_can_come_from_what_is_posted() -> None:
    answer = json.loads(run("--family", "ml-engineer", "--level", "senior", "--json").stdout)
    base = answer["inputs"][0]
    assert (base["grade"], base["spread"]) == ("measured", "lognormal")
    assert base["points"][1] == pytest.approx(203_000, rel=0.05)
    assert "Posted base pay for Machine-learning engineer, senior" in base["note"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Give the base pay"),
        (["--base", "200k", "--family", "ml-engineer"], "not both"),
        (["--family", "astronaut"], "There is no family"),
        (["--base", "0"], "above 0 USD"),
        (["--base", "-5"], "above 0 USD"),
        (["--base", "nan"], "is not a number"),
        (["--base", "1" * 400], "too long for a number"),
        (["--base", "9e200"], "out of range"),
        (["--base", "\0<script>"], "is not a number"),
        (["--base", "300k:200k"], "upside down"),
        (["--base", "1:2:3:4"], "one, two or three numbers"),
        (["--base", "200k", "--months", "0"], "give 1 to 60 months"),
        (["--base", "200k", "--months", "600"], "give 1 to 60 months"),
        (["--base", "200k", "--place", "Atlantis"], "There is no place"),
        (["--base", "200k", "--currency", "DOGE"], "There is no rate"),
        (["--base", "200k", "--place", "GB", "--currency", "USD"], "is set in GBP"),
        (["--base", "200k", "--set", "bonus"], "must be an input and its value"),
        (["--base", "200k", "--set", "joy=1"], "There is no input"),
        (["--base", "200k", "--set", "cover=2"], "out of range"),
        (["--base", "200k", "--opens", "2026-13"], "year and month"),
        (["--base", "200k", "--opens", "2026-12", "--starts", "2026-11"], "before the seat opens"),
        (["--base", "200k", "--seed", "-1"], "The seed"),
    ],
)
def test_what_makes_no_sense_ends_with_a_message_and_status_2(words: list[str], message: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("203,000", 203e3),
        ("203 000", 203e3),
        ("203k", 203e3),
        ("1.2m", 1.2e6),
        ("15%", 0.15),
        ("0,15", 0.15),
        ("−3", -3),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert read_number(text=text, field="x", label="X") == pytest.approx(value)


def test_spreads_and_months_are_read() -> None:
    assert read_spread(text="10%:15%:22%", field="x", label="X") == pytest.approx((0.10, 0.15, 0.22))
    assert read_month(text=" 2026-12 ", field="opens") == (2026, 12)
    assert read_starts(text="2027-05, 2027-02", opens=(2026, 12)) == (2, 5)
    with pytest.raises(CostError, match="year and month"):
        read_starts(text="soon", opens=(2026, 12))
