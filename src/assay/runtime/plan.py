"""What to run, and the commands and environment of each part."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from assay.runtime.address import reachable_host, web_address

_WEB_THREADS = 8


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What ``assay run`` was asked for. ``workers`` and ``web_processes`` count processes, each at least one."""

    data_folder: Path
    host: str
    port: int
    workers: int
    web_processes: int
    is_demo: bool


def shared_environment(plan: RunPlan, *, database_url: str) -> dict[str, str]:
    """Return the environment of every part: ours, with the data folder and the database's address settled."""
    hosts = os.environ.get("ASSAY_HOSTS", "localhost,127.0.0.1,[::1]")
    own_host = reachable_host(plan.host)
    if own_host not in hosts.split(","):
        hosts = f"{hosts},{own_host}"
    return {
        "ASSAY_ADDRESS": web_address(host=plan.host, port=plan.port),
        **os.environ,
        "ASSAY_DATA": str(plan.data_folder),
        "ASSAY_HOSTS": hosts,
        "ASSAY_STATIC": "collected",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "assay.runtime.settings",
    }


def prepare_command(plan: RunPlan) -> list[str]:
    """Return the command that migrates, collects and seeds."""
    command = [sys.executable, "-m", "assay.runtime.prepare"]
    return [*command, "--demo"] if plan.is_demo else command


def web_command(plan: RunPlan) -> list[str]:
    """Return the web server's command."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    command += ["--host", plan.host, "--port", str(plan.port), "--workers", str(plan.web_processes)]
    command += ["--blocking-threads", str(_WEB_THREADS), "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    return [*command, "--log-level", "error", "assay.runtime.wsgi:application"]


def worker_command() -> list[str]:
    """Return the command of one process of background jobs."""
    return [sys.executable, "-m", "assay", "worker"]
