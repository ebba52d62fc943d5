"""What a cost answer costs: processor time of 20,000 draws and of the whole answer, against plain sampling of as many
arrays by numpy's own generator in the same run. ``python -m bench.cost_draws``."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import numpy as np

from assay.app.market.cost.catalogue import Ask, build_scenario
from assay.core.market.cost.scenario import Scenario, sample_scenario
from assay.core.market.cost.work_out import work_out
from assay.core.market.draws import DEFAULT_SIZE
from bench.table import Line, print_table

BASE = (121_000.0, 203_000.0, 320_000.0)
MOST_DRAWING = 6.0
MOST_ANSWERING = 12.0


def milliseconds(work: Callable[[int], object], *, times: int) -> float:
    """Return the median processor time of a piece of work in milliseconds; each run gets its number."""
    taken = []
    for number in range(times):
        began = time.process_time()
        work(number)
        taken.append(1000 * (time.process_time() - began))
    return median(taken)


def plain_sampling(count: int) -> Callable[[int], object]:
    """Return work that samples ``count`` Beta variables the plain way."""
    return lambda number: [np.random.default_rng(number).beta(3.0, 4.0, DEFAULT_SIZE) for _ in range(count)]


def seeded(scenario: Scenario, number: int) -> Scenario:
    """Return the scenario under a seed that was not drawn before, so that no stream is at hand."""
    return replace(scenario, seed=1_000 + number)


def main() -> int:
    """Measure and print; exit 1 when a limit is broken."""
    parser = argparse.ArgumentParser(prog="python -m bench.cost_draws", description=__doc__)
    parser.add_argument("--times", type=int, default=15)
    times = parser.parse_args().times
    scenario = build_scenario(ask=Ask(base=BASE, opens=(2026, 12), from_market=True))
    count = len(scenario.spreads)
    work_out(scenario=scenario)
    plain = milliseconds(plain_sampling(count), times=times)
    fresh = milliseconds(lambda number: sample_scenario(scenario=seeded(scenario, number)), times=times)
    again = milliseconds(lambda _: sample_scenario(scenario=scenario), times=times)
    whole = milliseconds(lambda number: work_out(scenario=seeded(scenario, times + number)), times=times)
    live = milliseconds(lambda _: work_out(scenario=scenario), times=times)
    lines = [
        Line(f"{count} inputs x {DEFAULT_SIZE:,} draws, a new seed", fresh, "ms", plain, most=MOST_DRAWING * plain),
        Line("the same, streams at hand", again, "ms", plain),
        Line("the whole answer, a new seed", whole, "ms", plain, most=MOST_ANSWERING * plain),
        Line("the whole answer, streams at hand (what typing waits for)", live, "ms", plain),
    ]
    return print_table("cost desk: processor time; baseline is numpy sampling as many Beta arrays", lines)


if __name__ == "__main__":
    sys.exit(main())
