"""How well the pay model predicts pay it has not seen: ``python -m bench.pay_model``; exit 1 when it misses its bar.

Trained to 2024 and tested on the 2025 rows of the eight ML families, against baselines of the same run; then on adverts
kept aside at random, both ends of a range together; then the interval of the middle on cells
without their rows.
"""

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np

from assay.app.market.pay.catalogue import all_postings, default_mapping, pay_rules
from assay.core.market.pay.model import PayModel, fit_pay
from assay.core.market.pay.postings import Floats, PostedPay
from assay.core.market.pay.scoring import PayScore, score_quantiles
from assay.core.market.pay.strata import Cell, Pool
from assay.knowledge.market.pay.sheets import load_pay_sheets

MOST_PINBALL = 19_200.0
COVERAGE = (0.77, 0.83)
BELOW_MIDDLE = (0.46, 0.54)
KEPT_ASIDE_SEEDS = (1, 2, 3)
FULL_CELL = 30
# Ends read as p25 and p75: the tails of a normal with the same quartiles lie 1.9 times as far from the middle.
TAIL = 1.9
PREDICTORS = dict[str, Callable[[PostedPay], Floats]]


def main() -> int:
    """Print every table; return 1 when the bar is missed."""
    argparse.ArgumentParser(prog="pay_model", description=__doc__).parse_args()
    postings = all_postings()
    is_ml = np.isin(postings.family, list(pay_rules().calibrated))
    train = postings.chosen(postings.year <= 2024)
    test = postings.chosen((postings.year == 2025) & is_ml)
    started = time.process_time()
    model = fit_pay(postings=train, rules=pay_rules())
    fitted = time.process_time() - started
    print(f"trained on {', '.join(map(str, model.years))}, tested on {len(test):,} rows of 2025 in 8 ML families; "
          f"fit {fitted:.2f} s of processor")  # fmt: skip
    results = compare(train=train, test=test, model=model)
    by_group(test, of_model(model, test))
    aside(postings, is_ml)
    middles(postings)
    return verdict(results)


def of_model(model: PayModel, rows: PostedPay) -> Floats:
    """Return the model's five quantiles in US dollars for every row."""
    keys = np.stack((rows.family, rows.level, rows.country))
    names, which = np.unique(keys, axis=1, return_inverse=True)
    answers = [model.quantiles(cell=Cell(*map(str, names[:, index]))) for index in range(names.shape[1])]
    return np.asarray(np.exp(np.array(answers))[which.ravel()], dtype=np.float64)


def compare(*, train: PostedPay, test: PostedPay, model: PayModel) -> dict[str, PayScore]:
    """Print the model beside the baselines; return the model's scores overall and in the US."""
    spread = np.quantile(train.log_pay, (0.1, 0.25, 0.5, 0.75, 0.9))
    at_home = np.quantile(train.log_pay[train.country == "US"], (0.1, 0.25, 0.5, 0.75, 0.9))
    predictors = {
        "shrunken strata (the product)": of_model(model, test),
        "quantiles of all rows": np.tile(np.exp(spread), (len(test), 1)),
        "quantiles of all US rows": np.tile(np.exp(at_home), (len(test), 1)),
        "published F091-F094 as p10-p90": published(test, as_quartiles=False),
        "published F091-F094 as p25-p75": published(test, as_quartiles=True),
    }
    home = test.country == "US"
    actual = np.exp(test.log_pay)
    header("predictor")
    for name, predicted in predictors.items():
        line(name, score_quantiles(predicted=predicted, actual=actual))
        line("   US", score_quantiles(predicted=predicted[home], actual=actual[home]))
        line("   outside the US", score_quantiles(predicted=predicted[~home], actual=actual[~home]))
    own = predictors["shrunken strata (the product)"]
    return {
        "all": score_quantiles(predicted=own, actual=actual),
        "US": score_quantiles(predicted=own[home], actual=actual[home]),
    }


def published(rows: PostedPay, *, as_quartiles: bool) -> Floats:
    """Return the ranges of the published table as quantiles; titles it lacks take the ML engineer's."""
    levels = {level.code: level for level in default_mapping().levels}
    bands = {}
    for row in load_pay_sheets().published.rows:
        for family in row.families:
            for code, level in levels.items():
                if row.fact in ("F091", "F092", "F093", "F094") and level.covers(
                    years_low=row.years_low, years_high=row.years_high
                ):
                    bands[family, code] = (row.low, row.high or row.low)
    return np.array([_spread(*bands.get((family, code), bands["ml-engineer", code]), as_quartiles)
                     for family, code in zip(rows.family, rows.level, strict=True)])  # fmt: skip


def _spread(low: float, high: float, as_quartiles: bool) -> tuple[float, float, float, float, float]:
    middle, half = (low + high) / 2, (high - low) / 2
    if as_quartiles:
        return middle - TAIL * half, low, middle, high, middle + TAIL * half
    return low, middle - half / TAIL, middle, middle + half / TAIL, high


def by_group(test: PostedPay, predicted: Floats) -> None:
    """Print the model by level, family and country."""
    actual = np.exp(test.log_pay)
    for name, column in (("level", test.level), ("family", test.family), ("country", test.country)):
        header(f"by {name}")
        values, counts = np.unique(column, return_counts=True)
        for value in values[np.argsort(-counts, kind="stable")]:
            rows = column == value
            if rows.sum() >= 15:
                mark = "  (thin)" if rows.sum() < 30 else ""
                line(f"{value}{mark}", score_quantiles(predicted=predicted[rows], actual=actual[rows]))


def aside(postings: PostedPay, is_ml: np.ndarray) -> None:
    """Print the model on a fifth of the adverts of the latest years, kept aside at random by seed."""
    header("a fifth of 2024-2025 kept aside")
    latest = postings.year >= 2024
    for seed in KEPT_ASIDE_SEEDS:
        held = (np.random.default_rng(seed).random(int(postings.advert.max()) + 1) < 0.2)[postings.advert]
        model = fit_pay(postings=postings.chosen(~held), rules=pay_rules())
        test = postings.chosen(held & latest & is_ml)
        predicted, actual = of_model(model, test), np.exp(test.log_pay)
        home = test.country == "US"
        line(f"seed {seed}", score_quantiles(predicted=predicted, actual=actual))
        line("   US", score_quantiles(predicted=predicted[home], actual=actual[home]))
        line("   outside the US", score_quantiles(predicted=predicted[~home], actual=actual[~home]))


def middles(postings: PostedPay) -> None:
    """Print in how many full cells the 90% interval held the real middle, each cell fitted anew without its rows."""
    groups = fit_pay(postings=postings, rules=pay_rules()).strata.groups(pool=Pool.FAMILY_LEVEL_COUNTRY)
    held: dict[str, list[bool]] = {"US": [], "outside the US": []}
    widths = []
    for cell, part in groups:
        if len(part.log_pay) < FULL_CELL:
            continue
        own = (postings.family == cell.family) & (postings.level == cell.level) & (postings.country == cell.country)
        found = fit_pay(postings=postings.chosen(~own), rules=pay_rules()).pay(cell=cell).median
        where = "US" if cell.country == "US" else "outside the US"
        held[where].append(bool(found.low <= np.exp(np.median(part.log_pay)) <= found.high))
        widths.append(found.high / found.low)
    print(f"\nthe middle of {len(widths)} cells with {FULL_CELL} rows and more, fitted without them")
    for where, hits in (("all", held["US"] + held["outside the US"]), *held.items()):
        print(f"{where:<36}{len(hits):>7,} {np.mean(hits):.1%} inside the 90% interval")
    print(f"the top of the interval is {np.median(widths):.2f} times its bottom, in the middle of the cells")


def header(name: str) -> None:
    """Print the head of a table."""
    print(f"\n{name:<36}{'n':>7}{'pinball':>10}{'in p10-90':>11}{'in p25-75':>11}{'below p50':>11}")


def line(name: str, score: PayScore) -> None:
    """Print one row of a table."""
    print(f"{name:<36}{score.n:>7,}{score.pinball:>10,.0f}{score.within_80:>11.1%}{score.within_50:>11.1%}"
          f"{score.below_middle:>11.1%}")  # fmt: skip


def verdict(results: dict[str, PayScore]) -> int:
    """Say whether the bar is met; return the exit code."""
    everything, home = results["all"], results["US"]
    met = {
        f"pinball {everything.pinball:,.0f} at most {MOST_PINBALL:,.0f}": everything.pinball <= MOST_PINBALL,
        f"US within p10-p90 {home.within_80:.1%} in 77-83%": COVERAGE[0] <= home.within_80 <= COVERAGE[1],
        f"below p50 {everything.below_middle:.1%} in 46-54%": (
            BELOW_MIDDLE[0] <= everything.below_middle <= BELOW_MIDDLE[1]
        ),
    }
    print()
    for what, is_met in met.items():
        print(f"{'met   ' if is_met else 'MISSED'}  {what}")
    return 0 if all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
