"""Make the shipped pay data from the raw public files: ``python -m bench.pay_data --source FOLDER [--target FOLDER]``.

FOLDER holds aijobs_salaries_2020_2025.csv.gz, bls_oews_national_2020_2024.csv.gz, worldbank_ppp_2015_2024.csv.gz,
fed_fx_yearly_2015_2025.csv.gz, country_pay_index_2023_2025.csv, us_metro_pay_index_2023.csv and places.csv, described
in docs/market.md. The same files give the same bytes.
"""

import argparse
import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

FAMILIES = {
    "ml_engineer": "ml-engineer", "mlops": "mlops-engineer", "ai_engineer": "ai-engineer",
    "data_scientist": "data-scientist", "research_scientist": "research-scientist",
    "applied_scientist": "applied-scientist", "research_engineer": "research-engineer",
    "cv_nlp_dl": "cv-nlp-engineer", "software_eng": "software-engineer", "data_engineer": "data-engineer",
    "data_analyst": "data-analyst",
}  # fmt: skip
OCCUPATIONS = {"15-1221", "15-1252", "15-2051"}
EURO = {"AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT",
        "SI", "SK"}  # fmt: skip
FED = {
    "Australia": "AU", "Brazil": "BR", "Canada": "CA", "China": "CN", "Denmark": "DK", "Hong Kong": "HK", "India": "IN",
    "Japan": "JP", "Malaysia": "MY", "Mexico": "MX", "New Zealand": "NZ", "Norway": "NO", "Singapore": "SG",
    "South Africa": "ZA", "South Korea": "KR", "Sri Lanka": "LK", "Sweden": "SE", "Switzerland": "CH",
    "Thailand": "TH", "United Kingdom": "GB",
}  # fmt: skip
DOLLARS_PER_UNIT = {"Australia", "Euro", "New Zealand", "United Kingdom", "Ireland"}


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
    print(f"{path.name}: {len(path.read_bytes()):,} bytes")


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
    market = {}
    for row in rows(source / "fed_fx_yearly_2015_2025.csv.gz"):
        if row["Date"].startswith("2024") and row["Value"]:
            value = float(row["Value"])
            per_dollar = 1 / value if row["Country"] in DOLLARS_PER_UNIT else value
            if row["Country"] == "Euro":
                market.update(dict.fromkeys(EURO, per_dollar))
            elif row["Country"] in FED:
                market[FED[row["Country"]]] = per_dollar
    for row in rows(source / "places.csv"):
        if row["fx_lcu_per_usd_2024avg"]:
            market.setdefault(row["country"], float(row["fx_lcu_per_usd_2024avg"]))
    lines = []
    for row in rows(source / "worldbank_ppp_2015_2024.csv.gz"):
        if row["Year"] == "2024" and row["Country ID"] in market:
            parity, rate = float(row["PPP"]), market[row["Country ID"]]
            lines.append((row["Country ID"], 2024, f"{parity:.4f}", f"{rate:.4f}", f"{parity / rate:.3f}"))
    return sorted(lines)


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
    parser.add_argument("--target", type=Path, default=Path("src/assay/knowledge/market/pay"))
    arguments = parser.parse_args()
    build(source=arguments.source, target=arguments.target)


if __name__ == "__main__":
    main()
