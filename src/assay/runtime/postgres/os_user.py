"""Which operating-system user the database server runs as: never root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from assay.runtime.postgres.environment import clean_environment
from assay.runtime.problem import RuntimeProblem

DEDICATED = "assay-postgres"
_FALLBACKS = ("postgres", "_postgres")


class NoServerUser(RuntimeProblem):
    """Raised when root has no unprivileged user to run the database as, or the current user has no name."""


@dataclass(frozen=True, slots=True)
class ServerUser:
    """An operating-system user; ``is_other`` when it is not the one we run as."""

    name: str
    uid: int
    gid: int
    is_other: bool


def choose_server_user() -> ServerUser:
    """Return who runs the server: ourselves, or as root a dedicated user that is made when missing.

    Raises ``NoServerUser``.
    """
    if os.geteuid() != 0:
        return _ourselves()
    for name in (DEDICATED, *_FALLBACKS):
        if name == DEDICATED and _entry(name) is None:
            _make_dedicated_user()
        entry = _entry(name)
        if entry is not None and entry.pw_uid != 0:
            return ServerUser(name=name, uid=entry.pw_uid, gid=entry.pw_gid, is_other=True)
    raise NoServerUser(
        "PostgreSQL refuses to run as root, and the user assay-postgres could not be made. Make it with "
        f"`useradd --system --user-group --no-create-home {DEDICATED}`, or run Assay as a normal user, "
        "or set DATABASE_URL."
    )


def application_user_name() -> str:
    """Return the name the kernel will report for our own connections. Raises ``NoServerUser``."""
    return _ourselves().name


def can_enter(*, user: ServerUser, path: Path) -> bool:
    """Tell whether ``user`` can enter the folder (or run the file) at ``path``, asked as that user."""
    if not user.is_other:
        return os.access(path, os.X_OK)
    return run_as(user, ["/bin/sh", "-c", 'test -x "$0"', str(path)]).returncode == 0


def run_as(
    user: ServerUser, command: list[str], *, stdin: str = "", timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a short command as ``user`` in a clean environment and return its result with text output."""
    return subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        env=clean_environment(),
        cwd="/",
        umask=0o077,
        user=user.uid if user.is_other else None,
        group=user.gid if user.is_other else None,
        extra_groups=[] if user.is_other else None,
    )


def _ourselves() -> ServerUser:
    uid = os.geteuid()
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise NoServerUser(
            f"User id {uid} has no name on this machine, which PostgreSQL needs. "
            "Run Assay as a user listed in /etc/passwd, or set DATABASE_URL."
        ) from None
    return ServerUser(name=entry.pw_name, uid=uid, gid=os.getegid(), is_other=False)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _make_dedicated_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run([useradd, *options, "--shell", "/usr/sbin/nologin", DEDICATED], capture_output=True, check=False)
