"""Make the shipped pay data again from the raw public files.

``python -m assay.knowledge.market.pay.build --source FOLDER [--target FOLDER]``

FOLDER holds aijobs_salaries_2020_2025.csv.gz, bls_oews_national_2020_2024.csv.gz, worldbank_ppp_2015_2024.csv.gz,
fed_fx_yearly_2015_2025.csv.gz, country_pay_index_2023_2025.csv, us_metro_pay_index_2023.csv and places.csv, described
in docs/market.md. The same files give the same bytes.
"""

import argparse
import csv
import gzip
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE

from assay.knowledge.market.pay.sheets import HERE, load_pay_sheets

FAMILIES = {
    "ml_engineer": "ml-engineer", "mlops": "mlops-engineer", "ai_engineer": "ai-engineer",
    "data_scientist": "data-scientist", "research_scientist": "research-scientist",
    "applied_scientist": "applied-scientist", "research_engineer": "research-engineer",
    "cv_nlp_dl": "cv-nlp-engineer", "software_eng": "software-engineer", "data_engineer": "data-engineer",
    "data_analyst": "data-analyst",
}  # fmt: skip
OCCUPATIONS = {"15-1221", "15-1252", "15-2051"}
FED_CURRENCIES = {
    "Australia": "AUD", "Brazil": "BRL", "Canada": "CAD", "China": "CNY", "Denmark": "DKK", "Euro": "EUR",
    "Hong Kong": "HKD", "India": "INR", "Japan": "JPY", "Malaysia": "MYR", "Mexico": "MXN", "New Zealand": "NZD",
    "Norway": "NOK", "Singapore": "SGD", "South Africa": "ZAR", "South Korea": "KRW", "Sweden": "SEK",
    "Switzerland": "CHF", "Thailand": "THB",
}  # fmt: skip
PRICE_YEAR = "2024"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, packed or not."""
    with gzip.open(path, "rt", newline="") if path.suffix == ".gz" else path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Write a CSV file, packed without a time stamp when its name says so."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)
    sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


def posted(source: Path) -> list[tuple[object, ...]]:
    """Return one line for each posted range of the families kept: the two ends where both are known."""
    adverts: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(source / "aijobs_salaries_2020_2025.csv.gz"):
        if row["employment_type"] == "FT" and row["title_family"] in FAMILIES:
            adverts[row["block"]].append(row)
    lines = []
    for ends in adverts.values():
        pay = sorted(round(float(row["salary_in_usd"])) for row in ends)
        first = ends[0]
        key = (int(first["work_year"]), FAMILIES[first["title_family"]], first["experience_level"],
               first["employee_residence"])  # fmt: skip
        lines.append((*key, pay[0], pay[1] if len(pay) > 1 else ""))
    return sorted(lines, key=lambda line: (*line[:5], str(line[5])))


def price_levels(source: Path) -> list[tuple[object, ...]]:
    """Return prices in each country against the United States in 2024: parity rate over mean market rate."""
    market = mean_rates(source)
    currencies = {code: one.currency for code, one in load_pay_sheets().countries.countries.items()}
    lines = []
    for row in rows(source / "worldbank_ppp_2015_2024.csv.gz"):
        rate = market.get(currencies.get(row["Country ID"], ""))
        if row["Year"] == PRICE_YEAR and rate is not None:
            parity = float(row["PPP"])
            lines.append((row["Country ID"], PRICE_YEAR, f"{parity:.4f}", f"{rate:.4f}", f"{parity / rate:.3f}"))
    return sorted(lines)


def mean_rates(source: Path) -> dict[str, float]:
    """Return units of each currency for a dollar, mean of the year: Federal Reserve, else ECB, else places.csv."""
    found = {row["currency"]: float(row["fx_lcu_per_usd_2024avg"]) for row in rows(source / "places.csv")
             if row["fx_lcu_per_usd_2024avg"]}  # fmt: skip
    days: defaultdict[str, list[float]] = defaultdict(list)
    with ZipFile(CURRENCY_FILE) as archive:
        for row in csv.DictReader(archive.read(archive.namelist()[0]).decode().splitlines()):
            if row["Date"].startswith(PRICE_YEAR):
                for code, cell in row.items():
                    if code and (cell or "")[:1].isdigit() and code != "Date":
                        days[code].append(float(cell) / float(row["USD"]))
    found.update({code: sum(values) / len(values) for code, values in days.items()})
    for row in rows(source / "fed_fx_yearly_2015_2025.csv.gz"):
        if row["Date"].startswith(PRICE_YEAR) and row["Value"] and row["Country"] in FED_CURRENCIES:
            found[FED_CURRENCIES[row["Country"]]] = float(row["Value"])
    return {**found, "USD": 1.0}


def build(*, source: Path, target: Path) -> None:
    """Write every shipped table of the pay desk."""
    write(target / "posted_base_pay.csv.gz", ("year", "family", "level", "country", "low_usd", "high_usd"),
          posted(source))  # fmt: skip
    oews = [row for row in rows(source / "bls_oews_national_2020_2024.csv.gz") if row["OCC_CODE"] in OCCUPATIONS]
    pay = ("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90")
    write(target / "oews_national.csv", ("year", "code", "title", "employed", "p10", "p25", "p50", "p75", "p90"),
          [(row["MAY_YEAR"], row["OCC_CODE"], row["OCC_TITLE"], row["TOT_EMP"], *(row[name] for name in pay))
           for row in oews])  # fmt: skip
    write(target / "price_levels.csv", ("country", "year", "parity_rate", "market_rate", "price_level"),
          price_levels(source))  # fmt: skip
    write(target / "country_pay_index.csv", ("country", "rows", "ratio", "low", "high"),
          [tuple(row.values()) for row in rows(source / "country_pay_index_2023_2025.csv")])  # fmt: skip
    write(target / "metro_pay_index.csv", ("titles", "metro", "rows", "index", "low", "high"),
          [(row["titles"], row["metro"], row["n"], row["idx"], row["lo"], row["hi"])
           for row in rows(source / "us_metro_pay_index_2023.csv")])  # fmt: skip
    write(target / "places.csv", ("place", "country", "time_zone", "currency"),
          [(row["place"], row["country"], row["iana_tz"], row["currency"])
           for row in rows(source / "places.csv")])  # fmt: skip


def main() -> None:
    """Read the arguments and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=HERE)
    arguments = parser.parse_args()
    build(source=arguments.source, target=arguments.target)


if __name__ == "__main__":
    main()
