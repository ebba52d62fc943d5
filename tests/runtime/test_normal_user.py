"""The same life without root: run as an unprivileged user, with a Python that user can reach."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

USER = "nobody"
SCRIPT = """
import sys
from pathlib import Path
import psycopg
from assay.runtime.postgres.cluster import running_cluster
for expected in (0, 1):
    with running_cluster(Path(sys.argv[1]) / "data") as cluster:
        with psycopg.connect(cluster.url()) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (expected,)
            connection.execute("INSERT INTO kept VALUES (1)")
print(cluster.user.name, cluster.layout.home)
"""


def python_of_everybody(user: pwd.struct_passwd) -> str | None:
    """A Python of our version that ``user`` may run: ours, or the system's."""
    for candidate in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            found = subprocess.run([candidate, "-c", "pass"], user=user.pw_uid, group=user.pw_gid, check=False, cwd="/")
        except OSError:
            continue
        if found.returncode == 0:
            return candidate
    return None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user; as a normal user every test shows it")
def test_a_normal_user_runs_the_server_as_themselves(own_folder: Path) -> None:
    user = pwd.getpwnam(USER)
    python = python_of_everybody(user)
    if python is None:
        pytest.skip("no Python here that a normal user can run")
    os.chown(own_folder, user.pw_uid, user.pw_gid)
    done = subprocess.run(
        [python, "-c", SCRIPT, str(own_folder)],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
        env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [USER, str(own_folder / "data" / "postgres")]
