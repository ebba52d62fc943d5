"""How much memory the whole product holds while nobody does anything: ``python -m bench.idle``.

Starts ``assay run`` on a fresh data folder and adds up the proportional set size of all of its processes, the
database's included. The second line is after pages were asked for as a signed-in recruiter does. Baseline: a bare
Python that has Django and nothing of ours in it, times the three Python processes that the product cannot do without.
"""

import argparse
import statistics
import subprocess
import sys
import time

from bench.applicants import open_bench_job, sign_in
from bench.processes import memory_mb
from bench.product import Product, enter, own_environment, running_product
from bench.table import Line, print_table

MOST_MB = 300
REQUESTS = 50
SETTLE_SECONDS = 5
PYTHON_PROCESSES = 3
_BARE = "import django, django.db.models, django.template, sys; print(flush=True); sys.stdin.read()"


def bare_django_mb() -> float:
    """Return what one Python with Django holds."""
    with subprocess.Popen(
        [sys.executable, "-c", _BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=own_environment()
    ) as process:
        assert process.stdout is not None and process.stdin is not None
        process.stdout.readline()
        held = memory_mb([process.pid])
        process.stdin.close()
    return held


def settled_mb(product: Product) -> float:
    """Return the middle of five looks, a second apart, after the product came to rest."""
    time.sleep(SETTLE_SECONDS)
    looks = []
    for _ in range(5):
        looks.append(product.memory_mb())
        time.sleep(1)
    return statistics.median(looks)


def ask_for_pages(product: Product) -> None:
    """Ask for 50 pages as one recruiter."""
    enter(product)
    user, job_id = open_bench_job()
    headers = sign_in(user)
    paths = ["/jobs/", f"/jobs/{job_id}/", "/candidates/", "/roles/", f"/jobs/{job_id}/import/"]
    for number in range(REQUESTS):
        status = product.get(paths[number % len(paths)], headers)
        if status != 200:
            raise SystemExit(f"{paths[number % len(paths)]} answered {status}")
    from django.db import connections

    connections.close_all()


def main() -> int:
    """Measure and print; exit 1 when over the limit."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with running_product() as product:
        idle = settled_mb(product)
        processes = len(product.processes())
        ask_for_pages(product)
        after = settled_mb(product)
    bare = bare_django_mb() * PYTHON_PROCESSES
    lines = [
        Line("idle, nobody signed in: memory of all processes", idle, "MB", baseline=bare, most=MOST_MB),
        Line(f"idle after {REQUESTS} pages of a recruiter", after, "MB", baseline=bare, most=MOST_MB),
        Line("processes", processes, ""),
    ]
    return print_table("The whole product at rest (baseline: three bare Pythons with Django)", lines)


if __name__ == "__main__":
    sys.exit(main())
