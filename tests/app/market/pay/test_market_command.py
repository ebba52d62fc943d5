import gzip
import json

import pytest
from click.testing import CliRunner

from assay.app.market.pay.catalogue import estimate_pay
from assay.app.market.pay.commands import market
from assay.app.market.pay.rates import conversion_to, list_currencies, rates_end_on
from assay.core.market.pay.question import PayQuestionError


def run(*arguments):
    return CliRunner().invoke(market, list(arguments))


def test_an_answer_at_a_shell_says_how_much_data_is_behind_it():
    result = run("--family", "ml-engineer", "--place", "US/sf", "--band", "250k-320k")
    assert result.exit_code == 0
    for words in ("San Francisco", "figures", "posted base pay", "end below your top", "F091", "sources"):
        assert words in result.output


def test_the_json_is_the_same_every_time_and_whole():
    first, second = (run("--family", "data-scientist", "--level", "mid", "--place", "Germany", "--currency", "EUR",
                         "--on", "2026-03-02", "--json") for _ in range(2))  # fmt: skip
    assert first.output == second.output
    answer = json.loads(first.output)
    assert (answer["currency"], answer["country"], answer["exchange"]["on"]) == ("EUR", "DE", "2026-03-02")
    assert answer["quantiles"]["p10"] < answer["quantiles"]["p50"] < answer["quantiles"]["p90"]
    assert sum(one["share"] for one in answer["pools"]) == pytest.approx(1, abs=0.001)
    assert answer["published"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--family ml-engineer"),
        (("--family", "ml-enginer"), "Did you mean ml-engineer"),
        (("--family", "ml-engineer", "--place", "Atlantis"), "no country “Atlantis”"),
        (("--family", "ml-engineer", "--place", "US/Seatle"), "Did you mean Seattle"),
        (("--family", "ml-engineer", "--place", "FR/Paris"), "tell no city apart"),
        (("--family", "ml-engineer", "--currency", "AED"), "no daily rate for “AED”"),
        (("--family", "ml-engineer", "--currency", "RUB"), "no rate for RUB around"),
        (("--family", "ml-engineer", "--currency", "EUR", "--on", "2999-01-01"), "in the future"),
        (("--family", "ml-engineer", "--currency", "EUR", "--on", "1980-01-01"), "Rates begin on 1999"),
        (("--family", "ml-engineer", "--on", "yesterday"), "is not a day"),
        (("--family", "ml-engineer", "--band", "190000-150000"), "upside down"),
        (("--family", "ml-engineer", "--band", "0-0"), "above 0"),
        (("--family", "ml-engineer", "--rate", "-1"), "above 0"),
        (("--family", "ml-engineer", "--mapping", "senior=EN"), "lower one"),
    ],
)
def test_wrong_input_is_answered_with_what_to_change(arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_own_offers_from_a_file_join_the_answer_and_wrong_lines_are_named(tmp_path):
    head = "kind,family,level,country,currency,annual_base,observed_on\n"
    good = tmp_path / "own.csv"
    good.write_text(head + 'offer_accepted,ml-engineer,senior,US,USD,"300,000",2026-05-01\n')
    assert json.loads(run("--family", "ml-engineer", "--own", str(good), "--json").output)["own"]["count"] == 1
    bad = tmp_path / "bad.csv"
    bad.write_text(
        head + "gift,ml-engineer,senior,US,USD,1,2026-05-01\noffer_made,ml-engineer,senior,US,USD,x,2026-05-01\n"
    )
    result = run("--family", "ml-engineer", "--own", str(bad))
    assert result.exit_code == 2
    assert "line 2, kind" in result.output
    assert "line 3, annual_base" in result.output
    bad.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read as UTF-8" in run("--family", "ml-engineer", "--own", str(bad)).output


def packed(rows: bytes) -> bytes:
    """The same bytes at any hour, since they name a test."""
    return gzip.compress(rows, mtime=0)


def test_settings_and_posted_pay_of_ones_own_take_the_place_of_those_shipped(tmp_path):
    (tmp_path / "posted_base_pay.csv.gz").write_bytes(
        packed(b"year,family,level,country,low_usd,high_usd\n2025,ml-engineer,SE,US,100000,200000\n")
    )
    answer = json.loads(run("--family", "ml-engineer", "--rules", str(tmp_path), "--json").output)
    assert (answer["rows"], answer["adverts"], answer["thin"]) == (2, 1, True)
    assert 100_000 < answer["quantiles"]["p50"] < 200_000


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("model.yaml", b"version: 1\n", "model.yaml"),
        ("posted_base_pay.csv.gz", b"not packed", "posted_base_pay.csv.gz: cannot be read"),
        ("posted_base_pay.csv.gz", packed(b"head\n2025,ml-engineer,SE,US,many,2\n"), "line 2 must hold"),
        ("posted_base_pay.csv.gz", packed(b"head\n2025,ml-engineer,SE,US,9,2\n"), "line 2 holds pay"),
        ("posted_base_pay.csv.gz", packed(b"head\n"), "holds no posted range"),
    ],
)
def test_a_file_of_ones_own_that_is_wrong_is_named(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    refused = run("--family", "ml-engineer", "--rules", str(tmp_path))
    assert refused.exit_code == 2
    assert said in refused.output


def test_everything_that_can_be_asked_for_is_listed():
    listed = json.loads(run("--list", "--json").output)
    assert {"ml-engineer", "mlops-engineer"} <= set(listed["families"])
    assert listed["roles"]["recommender-engineer"] == "ml-engineer"
    assert "San Francisco" in listed["metros"]
    assert "countries" in run("--list").output


def test_a_weekend_takes_the_rate_of_the_day_before_it():
    saturday, friday = (rates_end_on().replace(month=10, day=day) for day in (24, 23))
    rate = conversion_to(currency="eur", on=saturday, today=rates_end_on())
    assert rate.on == friday
    assert rate == conversion_to(currency="EUR", on=friday, today=rates_end_on())
    assert {"EUR", "GBP", "USD"} <= set(list_currencies())


def test_other_desks_ask_for_base_pay_in_any_currency():
    dollars, pounds = (
        estimate_pay(family="ai-engineer", level="mid", country="GB", currency=one) for one in ("USD", "GBP")
    )
    assert pounds.quantiles[50] == pytest.approx(dollars.quantiles[50] * pounds.conversion.per_usd)
    assert pounds.n == dollars.n > 0
    with pytest.raises(PayQuestionError):
        estimate_pay(family="ai-engineer", level="mid", country="")
