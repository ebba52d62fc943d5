"""Making a data directory, and telling ours from somebody else's."""

import json
import os
import shutil
from pathlib import Path

from assay.runtime.postgres.binaries import Binaries
from assay.runtime.postgres.layout import Layout
from assay.runtime.postgres.os_user import ServerUser, application_user_name, run_as
from assay.runtime.problem import RuntimeProblem

SUPERUSER = "postgres"
OWNER = "assay"
_MARKER = "assay.json"
_BUILTIN_LOCALE_SINCE = 17


class ForeignCluster(RuntimeProblem):
    """Raised when the database folder was not made by this program."""


class OtherMajor(RuntimeProblem):
    """Raised when the database folder was made by another major version of PostgreSQL."""


class InitialisationFailed(RuntimeProblem):
    """Raised when ``initdb`` fails; carries its own words."""


def ensure_cluster(layout: Layout, *, binaries: Binaries, user: ServerUser, is_durable: bool) -> bool:
    """Make the data directory when there is none and check it when there is; return whether it was made.

    A directory appears under its final name only when it is complete, so a kill in the middle leaves no half.
    """
    if layout.cluster.exists() and any(layout.cluster.iterdir()):
        _check(layout.cluster, binaries=binaries)
        _write_access_rules(layout.cluster, user=user)
        return False
    unfinished = layout.home / "cluster-unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    _run_initdb(unfinished, binaries=binaries, user=user, is_durable=is_durable)
    _write_owned(unfinished / _MARKER, json.dumps({"made_by": "assay", "format": 1}) + "\n", user=user)
    _write_access_rules(unfinished, user=user)
    unfinished.rename(layout.cluster)
    return True


def _run_initdb(folder: Path, *, binaries: Binaries, user: ServerUser, is_durable: bool) -> None:
    command = [binaries.program("initdb"), f"--pgdata={folder}", f"--username={SUPERUSER}", "--encoding=UTF8"]
    command += ["--auth-local=peer", "--auth-host=reject", "--data-checksums", "--no-instructions"]
    if binaries.major >= _BUILTIN_LOCALE_SINCE:
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        command += ["--locale=C.UTF-8"]
    if not is_durable:
        command += ["--no-sync"]
    result = run_as(user, command)
    if result.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise InitialisationFailed(f"PostgreSQL could not make its data folder {folder}: {result.stderr.strip()}")


def _check(cluster: Path, *, binaries: Binaries) -> None:
    version_file = cluster / "PG_VERSION"
    if not version_file.is_file() or not (cluster / _MARKER).is_file():
        raise ForeignCluster(
            f"{cluster} is not empty and was not made by Assay, so it is left alone. "
            "Choose another data folder (--data DIR), or set DATABASE_URL to use that server."
        )
    major = int(version_file.read_text().strip())
    if major != binaries.major:
        raise OtherMajor(
            f"{cluster} was made by PostgreSQL {major}, and the programs at hand are {binaries.version}. "
            f"Set ASSAY_POSTGRES_BIN to the folder of PostgreSQL {major}'s programs and run `assay backup FILE`; "
            "then unset it, choose a new data folder and run `assay restore FILE`."
        )


def _write_access_rules(cluster: Path, *, user: ServerUser) -> None:
    """Let exactly two operating-system users in, known by the kernel (peer): the application's and the server's."""
    names = dict.fromkeys((application_user_name(), user.name))
    lines = [f'assay "{name}" {role}' for name in names for role in (OWNER, SUPERUSER)]
    _write_owned(cluster / "pg_ident.conf", "\n".join(lines) + "\n", user=user)
    _write_owned(cluster / "pg_hba.conf", "local all all peer map=assay\n", user=user)


def _write_owned(path: Path, text: str, *, user: ServerUser) -> None:
    if path.exists() and path.read_text() == text:
        return
    unfinished = path.with_name(f"{path.name}.new")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    if user.is_other:
        os.chown(unfinished, user.uid, user.gid)
    unfinished.replace(path)
