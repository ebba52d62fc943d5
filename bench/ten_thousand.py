"""Ten thousand résumé files through the real product, with its worker killed halfway: ``python -m bench.ten_thousand``.

Starts ``assay run`` on a fresh data folder, gives it one ZIP of generated files (PDF, DOCX, TXT, HTML) through the
import's own actions, and looks at all processes once a second until the import is done: memory, processor time,
progress. Halfway the worker is killed with SIGKILL. At the end everything is counted: nothing may be lost or there
twice. Baseline: the same way of reading and screening in one process, with no product around it.
"""

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.applicants import applicant_files, open_bench_job
from bench.processes import CpuLedger, cpu_seconds, tree_of
from bench.product import Product, enter, running_product
from bench.table import Line, print_table

MOST_MB = 600
BASELINE_FILES = 210
SAMPLE_SECONDS = 1.0
PATIENCE_SECONDS = 240


class StandsStill(SystemExit):
    """Ends the measurement when nothing moves any more."""


@dataclass(slots=True)
class Course:
    """How it went: samples of (files done, MB), seconds by the clock, processor seconds spent, longest standstill."""

    samples: list[tuple[int, float]] = field(default_factory=list)
    ledger: CpuLedger = field(default_factory=CpuLedger)
    seconds: float = 0.0
    standstill_seconds: float = 0.0
    spent: float = 0.0

    def peak_mb(self) -> float:
        """Return the most that was ever held."""
        return max(memory for _, memory in self.samples)

    def middle_mb(self, *, first: float, last: float, files: int) -> float:
        """Return the median of what was held while the files from one share to another were done."""
        found = [memory for done, memory in self.samples if first * files <= done < last * files]
        return statistics.median(found) if found else float("nan")


def write_archive(path: Path, files: int) -> int:
    """Write the files into one ZIP and return how many bytes they have together."""
    size = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in applicant_files(count=files):
            archive.writestr(file.name, file.content)
            size += len(file.content)
    return size


def add_archive(user: Any, job_id: int, path: Path) -> int:
    """Begin an import with the archive, as an upload does, and return its id; the worker opens it."""
    from assay.app.sourcing.actions.drafts import Upload, add_uploads, begin_import
    from assay.app.sourcing.work import enqueue_open
    from assay.platform.files.actions import store_chunks

    batch_id = begin_import(actor=user, job_id=job_id, source="bench")
    with path.open("rb") as file:
        head = file.read(512)
    with path.open("rb") as file:
        stored = store_chunks(chunks=iter(lambda: file.read(1 << 20), b""))
    upload = Upload(path="all.zip", head=head, size=path.stat().st_size, stored_file_id=stored.pk)
    for item_id in add_uploads(actor=user, batch_id=batch_id, uploads=[upload]).container_ids:
        enqueue_open(item_id=item_id, actor_id=user.pk)
    return batch_id


def watch(product: Product, course: Course, count: Any, until: int) -> Iterator[int]:
    """Look once a second and yield how many are done, until all are. Raises ``StandsStill``."""
    done, moved_at, began = -1, time.monotonic(), time.monotonic()
    while done < until:
        processes = product.processes()
        course.ledger.look(processes)
        now_done = count()
        course.samples.append((now_done, product.memory_mb()))
        if now_done != done:
            course.standstill_seconds = max(course.standstill_seconds, time.monotonic() - moved_at)
            done, moved_at = now_done, time.monotonic()
        elif time.monotonic() - moved_at > PATIENCE_SECONDS:
            raise StandsStill(f"{done} of {until} done, and nothing moved for {PATIENCE_SECONDS} s")
        course.seconds = time.monotonic() - began
        yield done
        if done < until:
            time.sleep(SAMPLE_SECONDS)


def open_archive(product: Product, batch_id: int, files: int) -> Course:
    """Wait until the worker has opened the archive."""
    from assay.app.sourcing.models import ImportItem
    from assay.core.sourcing.import_state import ItemKind, ItemState

    course, items = Course(), ImportItem.objects.filter(batch_id=batch_id)

    def opened() -> int:
        is_waiting = items.filter(kind=ItemKind.ARCHIVE, state=ItemState.WAITING).exists()
        return items.filter(kind=ItemKind.FILE).count() - is_waiting

    for done in watch(product, course, opened, files):
        tell("opened", done, files, course)
    return course


def import_all(product: Product, user: Any, batch_id: int, files: int) -> Course:
    """Import and screen everything; kill the worker halfway."""
    from assay.app.sourcing.actions.running import start_import
    from assay.app.sourcing.models import ImportBatch, ImportItem
    from assay.core.sourcing.import_state import BatchState, ItemKind, ItemState

    waiting = ImportItem.objects.filter(batch_id=batch_id, kind=ItemKind.FILE, state=ItemState.WAITING)
    batch = ImportBatch.objects.filter(pk=batch_id, state=BatchState.DONE)
    course, is_killed = Course(), False
    spent_before = cpu_seconds(product.processes())
    start_import(actor=user, batch_id=batch_id)
    for done in watch(product, course, lambda: files - waiting.count() - (not batch.exists()), files):
        tell("imported", done, files, course)
        worker = product.worker()
        if not is_killed and done >= files // 2 and worker is not None:
            os.kill(worker, signal.SIGKILL)
            is_killed = True
            print(f"killed the worker (process {worker}) with {done} done", file=sys.stderr)
    if not is_killed:
        raise SystemExit("the worker was never killed; use more files")
    course.ledger.look(product.processes())
    course.samples = course.samples[1:]
    course.spent = course.ledger.seconds() - spent_before
    return course


def tell(what: str, done: int, files: int, course: Course) -> None:
    """Say how far it is, every thirty looks."""
    if len(course.samples) % 30 == 1:
        print(f"{what} {done} of {files}, {course.samples[-1][1]:.0f} MB, {course.seconds:.0f} s", file=sys.stderr)


def count_everything(job_id: int, files: int) -> list[Line]:
    """Count what is there; every number has to be exactly what was handed in, neither less nor more."""
    from assay.app.documents.models import Document, Reading
    from assay.app.pipeline.models import Application, Person
    from assay.app.screening.models import Screening
    from assay.platform.audit.checking import check_log
    from assay.platform.audit.models import Event
    from assay.platform.queue.tasks import get_queue_state

    applications = Application.objects.filter(job_id=job_id)
    counts = {
        "applications": applications.count(),
        "people who apply": applications.values("person").distinct().count(),
        "people": Person.objects.count(),
        "documents": Document.objects.count(),
        "files that documents point to": Document.objects.values("stored_file").distinct().count(),
        "readings": Reading.objects.count(),
        "screenings": Screening.objects.count(),
        "applications with a score": applications.exclude(score=None).count(),
    }
    for verb in ("application.recorded", "document.attached", "document.read", "application.screened"):
        events = Event.objects.filter(verb=verb)
        counts[f"audit events {verb}"] = events.count()
        counts[f"audit events {verb}, different objects"] = events.values("object_id").distinct().count()
    lines = [Line(what, count, "", exactly=files) for what, count in counts.items()]
    lines.append(Line("background tasks given up or left over", _left(get_queue_state()), "", exactly=0))
    lines.append(Line("faults in the audit chain", check_log().fault_count, "", exactly=0))
    return lines


def _left(state: Any) -> float:
    return float(state.waiting + state.failed)


def baseline_cpu_ms(files: int) -> float:
    """Return processor milliseconds a file of reading (in its contained process) and screening, and nothing else."""
    from assay.app.documents.reader import ContainedReader
    from assay.app.roles.catalogue import get_role
    from assay.app.screening.rules import load_rules
    from assay.app.screening.stored import screen_stored
    from assay.runtime.demo.company import load_company

    role, rules = get_role(load_company().jobs[0].role), load_rules()
    some = list(applicant_files(count=files, seed=18))
    with ContainedReader() as reader:
        ledger = CpuLedger()
        for number, file in enumerate(some):
            if number == 10:
                before = cpu_seconds(tree_of(os.getpid()))
            screen_stored(content=file.content, name=file.name, role=role, reader=reader, rules=rules)
            ledger.look(tree_of(os.getpid()) if number % 50 == 0 else ())
        ledger.look(tree_of(os.getpid()))
        return (ledger.seconds() - before) / (files - 10) * 1000


def main() -> int:
    """Measure, count, print; exit 1 when anything is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    files = parser.parse_args().files
    bare = baseline_cpu_ms(BASELINE_FILES)
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as name, running_product() as product:
        enter(product)
        archive = Path(name) / "all.zip"
        size = write_archive(archive, files)
        user, job_id = open_bench_job()
        batch_id = add_archive(user, job_id, archive)
        opening = open_archive(product, batch_id, files)
        course = import_all(product, user, batch_id, files)
        counted = count_everything(job_id, files)
        from django.db import connections

        connections.close_all()
    worked = course.seconds - course.standstill_seconds
    lines = [
        Line("the whole product's memory at its peak", max(opening.peak_mb(), course.peak_mb()), "MB", most=MOST_MB),
        Line("memory while the 2nd quarter came in, median", course.middle_mb(first=0.25, last=0.5, files=files), "MB"),
        Line("memory while the 4th quarter came in, median", course.middle_mb(first=0.75, last=1, files=files), "MB"),
        Line("processor time a file, whole product", course.spent / files * 1000, "ms", baseline=bare),
        Line("files a second, that time left out", files / worked, ""),
        Line("files a second, by the clock", files / course.seconds, ""),
        Line("longest time without a file done", course.standstill_seconds, "s"),
        Line("opening the archive", opening.seconds, "s"),
        *counted,
    ]
    return print_table(f"{files:,} résumé files ({size / 1e6:.0f} MB) imported and screened, worker killed", lines)


if __name__ == "__main__":
    sys.exit(main())
