"""Run the measurements one after another: ``./dev bench [--quick] [NAME...]``; exit 1 when one is over its limit.

Each runs in a process of its own. Those that need a database share one server, started for this run exactly as the
product starts its own; those that measure the whole product start it themselves.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.database import own_server
from bench.processes import machine
from bench.product import own_environment

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Bench:
    """One measurement: a module of this package or a script, its arguments when in a hurry, what it needs."""

    name: str
    quick: tuple[str, ...] = ()
    needs_server: bool = False
    is_script: bool = False

    def command(self, *, is_quick: bool) -> list[str]:
        """Return what to run; a script has its neighbours on its path and not the package."""
        program = [str(ROOT / "bench" / f"{self.name}.py")] if self.is_script else ["-m", f"bench.{self.name}"]
        return [sys.executable, *program, *(self.quick if is_quick else ())]


BENCHES = (
    Bench("throughput"),
    Bench("screening", is_script=True),
    Bench("extraction"),
    Bench("cost_draws"),
    Bench("pay_model"),
    Bench("list_page", quick=("--rows", "10000"), needs_server=True),
    Bench("board", quick=("--rows", "1000"), needs_server=True),
    Bench("imports", quick=("--rows", "2000"), needs_server=True),
    Bench("review_queue", quick=("--applicants", "300"), needs_server=True),
    Bench("idle"),
    Bench("ten_thousand", quick=("--files", "400")),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one measurement ended: its exit code, seconds by the clock, processor seconds of all that it waited for."""

    name: str
    code: int
    seconds: float
    cpu: float


def run(bench: Bench, url: str, *, is_quick: bool) -> Outcome:
    """Run one measurement with its output passed on."""
    print(f"\n=== {bench.name}", flush=True)
    environment = own_environment() | ({"DATABASE_URL": url} if bench.needs_server else {})
    command = bench.command(is_quick=is_quick)
    began, cpu = time.perf_counter(), _children_cpu()
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return Outcome(bench.name, code, time.perf_counter() - began, _children_cpu() - cpu)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(outcomes: list[Outcome]) -> int:
    """Print how each ended and the totals; return the exit code."""
    print(f"\n{'measurement':<20}{'seconds':>10}{'CPU s':>10}  limits")
    for outcome in outcomes:
        words = {0: "all kept", 1: "OVER a limit"}.get(outcome.code, f"failed, exit code {outcome.code}")
        print(f"{outcome.name:<20}{outcome.seconds:>10.0f}{outcome.cpu:>10.0f}  {words}")
    over = [outcome.name for outcome in outcomes if outcome.code]
    total = sum(outcome.seconds for outcome in outcomes), sum(outcome.cpu for outcome in outcomes)
    print(f"{'all':<20}{total[0]:>10.0f}{total[1]:>10.0f}  {', '.join(over) + ' not' if over else 'all'} kept")
    return 1 if over else 0


def main() -> int:
    """Run what was asked for, or everything."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(bench.name for bench in BENCHES))
    parser.add_argument("--quick", action="store_true", help="with smaller numbers, to see that everything runs")
    chosen = parser.parse_args()
    known = {bench.name: bench for bench in BENCHES}
    if unknown := set(chosen.names) - set(known):
        parser.error(f"there is no measurement {', '.join(sorted(unknown))}")
    wanted = [known[name] for name in chosen.names] or list(BENCHES)
    print(f"{machine()}; load before: {os.getloadavg()[0]:.1f}")
    with own_server() as url:
        outcomes = [run(bench, url, is_quick=chosen.quick) for bench in wanted]
    print(f"\nload after: {os.getloadavg()[0]:.1f}")
    return report(outcomes)


if __name__ == "__main__":
    sys.exit(main())
