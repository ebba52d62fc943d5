"""PostgreSQL's own dump and restore programs, fit for the server at hand."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from assay.runtime.postgres.binaries import all_binaries
from assay.runtime.postgres.environment import clean_environment
from assay.runtime.problem import RuntimeProblem

# Written by newer programs at the head of a script; an older server does not know the setting.
_UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"
_UNDERSTOOD_BY_ALL = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")
_HEAD_BYTES = 1 << 16


class NoTools(RuntimeProblem):
    """Raised when no ``pg_dump`` new enough for the server is found."""


class DumpFailed(RuntimeProblem):
    """Raised when the database could not be written out; nothing was kept."""


class LoadFailed(RuntimeProblem):
    """Raised when the database could not be put back; it is as it was before."""


def server_version() -> int:
    """Return the connected server's version as PostgreSQL counts it, e.g. 180006."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def tools_folder() -> Path:
    """Return the folder of programs of the server's own major version, else of the nearest newer one."""
    major = server_version() // 10_000
    found = {binaries.major: binaries.folder for binaries in reversed(list(all_binaries()))}
    if on_path := shutil.which("pg_dump"):
        answer = subprocess.run([on_path, "--version"], capture_output=True, text=True, check=False).stdout
        found.setdefault(int(answer.split()[-1].split(".")[0]) if answer else 0, Path(on_path).resolve().parent)
    fit = [number for number in found if number >= major and (found[number] / "pg_dump").exists()]
    if not fit:
        raise NoTools(
            f"The database is PostgreSQL {major}, and no pg_dump of that version or newer is here. "
            f"Install postgresql-client-{major}, or set ASSAY_POSTGRES_BIN to its folder."
        )
    return found[min(fit)]


def dump_database(target: Path, *, snapshot: str) -> None:
    """Write what ``snapshot`` sees into ``target`` in PostgreSQL's custom form. Raises ``DumpFailed``."""
    command = [str(tools_folder() / "pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    command += [f"--snapshot={snapshot}", f"--file={target}", "--dbname", _dsn()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    if done.returncode != 0:
        raise DumpFailed(f"The database could not be written out: {done.stderr.strip()}")


def load_database(dump: Path) -> None:
    """Replace the whole database by ``dump``, in one transaction. Raises ``LoadFailed``."""
    folder, is_old = tools_folder(), server_version() < 170_000
    script = [str(folder / "pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(dump)]
    run = [str(folder / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "--file=-"]
    with (
        subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading,
        subprocess.Popen(
            [*run, "--dbname", _dsn()],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=_environment(),
        ) as writing,
    ):
        try:
            was_sent = _feed(reading, writing, drops_new_settings=is_old)
        finally:
            # The transaction commits when psql reads its end; an incomplete script must never get there.
            if reading.wait() != 0:
                writing.kill()
        _, errors = writing.communicate()
    if not was_sent or reading.returncode != 0 or writing.returncode != 0:
        raise LoadFailed(f"The database could not be put back and is unchanged: {errors.decode().strip()}")


def _feed(reading: "subprocess.Popen[bytes]", writing: "subprocess.Popen[bytes]", *, drops_new_settings: bool) -> bool:
    """Send the whole script; return whether all of it was taken."""
    source, sink = reading.stdout, writing.stdin
    if source is None or sink is None:
        return False
    try:
        sink.write(b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
        head = source.read(_HEAD_BYTES)
        sink.write(head.replace(_UNKNOWN_BEFORE_17, b"", 1) if drops_new_settings else head)
        shutil.copyfileobj(source, sink)
        sink.flush()
    except BrokenPipeError:
        reading.kill()
        return False
    return True


def _dsn() -> str:
    """Return the address without the password, in words that programs of every version understand."""
    connection.ensure_connection()
    parameters = connection.connection.info.get_parameters()
    return make_conninfo("", **{name: parameters[name] for name in _UNDERSTOOD_BY_ALL if name in parameters})


def _environment() -> dict[str, str]:
    connection.ensure_connection()
    password = connection.connection.info.password
    kept = {name: os.environ[name] for name in ("HOME", "PGPASSFILE", "PGSSLROOTCERT") if name in os.environ}
    return {**clean_environment(), **kept, **({"PGPASSWORD": password} if password else {})}
