"""A worker as it runs in production, with one task of its own: it tells a pipe that it began, and waits for another.

Run as ``python worker_program.py BEGAN RELEASE``.
"""

import sys
from pathlib import Path

import django

django.setup()

from assay.platform.queue.tasks import background_task  # noqa: E402
from assay.runtime.worker import run_worker  # noqa: E402

began, release = (Path(argument) for argument in sys.argv[1:])


@background_task(name="tests.wait")
def wait(number: int) -> None:
    """Say that it began, then wait to be released."""
    began.write_text(f"{number}\n")
    release.read_text()


if __name__ == "__main__":
    run_worker(concurrency=1)
