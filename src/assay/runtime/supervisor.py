"""``assay run``: the database, the web server and the workers under one roof, started and stopped in order."""

import json
import subprocess
import time
from typing import Any

from assay import __version__
from assay.runtime.address import check_is_free, is_serving, web_address
from assay.runtime.application import DatabaseTarget, database_target
from assay.runtime.child import Child, death_bound
from assay.runtime.plan import RunPlan, prepare_command, shared_environment, web_command, worker_command
from assay.runtime.postgres.cluster import Cluster, StartCancelled, StartFailed
from assay.runtime.problem import RuntimeProblem
from assay.runtime.progress import Progress
from assay.runtime.wakeup import Wakeup, wake_up_on_signals

_WEB_READY_SECONDS = 90.0
_WEB_STOP_SECONDS = 15.0
_WORKER_STOP_SECONDS = 25.0
_TEND_SECONDS = 0.5
_DATABASE_TRIES = 5


class PreparationFailed(RuntimeProblem):
    """Raised when migrations, static files or the demo could not be put in place."""


class WebDidNotStart(RuntimeProblem):
    """Raised when the web server does not answer in time."""


class Supervisor:
    """Runs everything until told to stop, then stops in the order web, workers, database."""

    def __init__(self, plan: RunPlan, *, progress: Progress) -> None:
        self._plan = plan
        self._progress = progress
        self._target: DatabaseTarget = database_target()
        self._cluster = Cluster(plan.data_folder) if self._target.is_own else None
        self._environment = shared_environment(plan, database_url=self._target.url)
        self._web = Child(
            name="web", command=web_command(plan), environment={**self._environment, "ASSAY_DATABASE_POOL": "1"}
        )
        self._workers = [
            Child(name=f"worker {number}", command=worker_command(), environment=self._environment)
            for number in range(1, plan.workers + 1)
        ]
        self._database_failures = 0
        self._has_begun = False

    def run(self) -> None:
        """Start, tell where to look, and stay until SIGINT or SIGTERM. Raises ``RuntimeProblem`` when it cannot."""
        with wake_up_on_signals() as woken:
            try:
                self._start(woken)
                while not woken.wait(_TEND_SECONDS):
                    self._tend(woken)
            except StartCancelled:
                pass
            finally:
                self._stop()

    def _start(self, woken: Wakeup) -> None:
        self._progress.say(f"Assay {__version__}")
        check_is_free(host=self._plan.host, port=self._plan.port)
        self._progress.item("data", str(self._plan.data_folder))
        self._has_begun = True
        self._start_database(woken)
        if woken.is_asked_to_stop():
            return
        report = self._prepare(woken)
        if woken.is_asked_to_stop():
            return
        for child in (self._web, *self._workers):
            child.start()
        if self._wait_for_web(woken):
            self._welcome(report or {})

    def _start_database(self, woken: Wakeup) -> None:
        if self._cluster is None:
            self._progress.item("database", "the one in DATABASE_URL")
            return
        with self._progress.timed("database") as note:
            was_made = self._cluster.prepare()
            self._cluster.start(is_cancelled=woken.is_asked_to_stop)
            note(f"own PostgreSQL, {'made and started' if was_made else 'started'}")

    def _prepare(self, woken: Wakeup) -> dict[str, Any] | None:
        with self._progress.timed("tables") as note:
            report = self._run_preparation(woken)
            if report is not None:
                applied = int(report["migrations_applied"])
                note(f"{applied} migrations applied" if applied else "up to date")
        return report

    def _run_preparation(self, woken: Wakeup) -> dict[str, Any] | None:
        """Return the report, or ``None`` when asked to stop in the middle. Raises ``PreparationFailed``."""
        command = [*death_bound("SIGTERM"), *prepare_command(self._plan)]
        with subprocess.Popen(
            command, env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
        ) as process:
            while process.poll() is None:
                if woken.wait(_TEND_SECONDS):
                    process.terminate()
                    return None
            output = process.stdout.read() if process.stdout is not None else b""
        if process.returncode != 0:
            raise PreparationFailed("The database could not be prepared; the lines above say why.")
        report: dict[str, Any] = json.loads(output)
        return report

    def _wait_for_web(self, woken: Wakeup) -> bool:
        with self._progress.timed("web") as note:
            deadline = time.monotonic() + _WEB_READY_SECONDS
            while not is_serving(host=self._plan.host, port=self._plan.port):
                if woken.wait(0.1):
                    return False
                self._tend(woken)
                if time.monotonic() > deadline:
                    raise WebDidNotStart("The web server did not answer in time; the lines above say why.")
            note(f"ready, with {len(self._workers)} worker{'s' if len(self._workers) > 1 else ''}")
        return True

    def _welcome(self, report: dict[str, Any]) -> None:
        address = web_address(host=self._plan.host, port=self._plan.port)
        self._progress.say("")
        self._progress.item("open", address)
        if path := report.get("first_admin_path"):
            self._progress.item("first admin", f"{address}{path}  (works once)")
        if sign_in := report.get("demo_sign_in"):
            self._progress.item("sign in", str(sign_in))
        self._progress.item("stop", "Ctrl-C")

    def _tend(self, woken: Wakeup) -> None:
        if self._cluster is not None and not self._cluster.is_running():
            self._revive_database(self._cluster, woken)
        for child in (self._web, *self._workers):
            line = child.tend()
            if line is not None:
                self._progress.say(line)

    def _revive_database(self, cluster: Cluster, woken: Wakeup) -> None:
        self._database_failures += 1
        self._progress.say("the database ended; starting it again")
        try:
            cluster.restart(is_cancelled=woken.is_asked_to_stop)
        except StartFailed:
            if self._database_failures >= _DATABASE_TRIES:
                raise
            woken.wait(self._database_failures)
            return
        self._database_failures = 0

    def _stop(self) -> None:
        if not self._has_begun:
            return
        self._progress.say("stopping")
        self._web.ask_to_stop()
        self._web.wait_until_stopped(seconds=_WEB_STOP_SECONDS)
        for worker in self._workers:
            worker.ask_to_stop()
        for worker in self._workers:
            worker.wait_until_stopped(seconds=_WORKER_STOP_SECONDS)
        if self._cluster is not None:
            self._cluster.stop()
        self._progress.say("stopped")
