"""A whole installation on a folder of its own, driven the way a person drives it: by the command line."""

import os
import subprocess
import sys
from pathlib import Path


class Installation:
    """Runs ``assay`` commands, and scripts inside Django, on one data folder."""

    def __init__(self, data: Path, *, database_url: str = "") -> None:
        self.data = data
        ours = ("ASSAY_", "DATABASE_URL", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.environment = {**kept, "ASSAY_DATA": str(data), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        if database_url:
            self.environment["DATABASE_URL"] = database_url

    def assay(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "assay", *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def script(self, text: str) -> str:
        """Run Python with Django set up and the database reachable; return what it prints."""
        preamble = (
            "from assay.runtime.application import reachable_database, set_up_django\n"
            "set_up_django()\n"
            "with reachable_database():\n"
        )
        body = "".join(f"    {line}\n" for line in text.strip().splitlines())
        done = subprocess.run(
            [sys.executable, "-c", preamble + body],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
