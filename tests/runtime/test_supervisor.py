"""``assay run``: one command up, one signal down, and every part replaceable in between."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.folders import enterable_folder
from tests.runtime.installation import PATIENCE, Installation, RunningProduct, free_port, running_product, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to find the parts"),
]

EVERY_PART = {"database", "web", "worker"}


@pytest.fixture(scope="module")
def product() -> Iterator[RunningProduct]:
    with enterable_folder() as folder:
        installation = Installation(folder / "data")
        with running_product(installation, port=free_port()) as product:
            yield product


def test_one_command_starts_everything_and_says_where_to_go(product: RunningProduct) -> None:
    shown = "".join(product.lines)
    assert f"http://127.0.0.1:{product.port}" in shown
    assert "works once" in shown
    assert product.health() == 200
    assert set(whole_parts(product)) == EVERY_PART


@pytest.mark.parametrize("name", sorted(EVERY_PART))
def test_a_killed_part_comes_back(product: RunningProduct, name: str) -> None:
    before = whole_parts(product)[name]
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: product.parts().get(name, before) != before, what=f"a new {name}")
    wait_until(lambda: product.health() == 200, what=f"health after killing the {name}")
    assert set(whole_parts(product)) == EVERY_PART


def test_a_second_start_on_the_same_folder_is_refused(product: RunningProduct) -> None:
    second = Installation(product.data).assay("run", "--port", str(free_port()))
    assert second.returncode == 1
    assert f"process {product.process.pid}" in second.stderr


def test_nothing_survives_a_killed_supervisor_and_the_next_start_stops_clean(own_folder: Path) -> None:
    installation = Installation(own_folder / "data")
    port = free_port()
    with running_product(installation, port=port) as killed:
        handles = [os.pidfd_open(pid) for pid in killed.parts().values()]
        killed.process.kill()
        killed.process.wait(PATIENCE)
        wait_for_end(handles)
    with running_product(installation, port=port) as again:
        assert again.health() == 200
        handles = [os.pidfd_open(pid) for pid in again.parts().values()]
        again.process.send_signal(signal.SIGINT)
        assert again.read_until("stopped")
        assert again.process.wait(PATIENCE) == 0
    wait_for_end(handles)
    assert not (own_folder / "data" / "postgres" / "cluster" / "postmaster.pid").exists()


def test_a_taken_port_is_said_at_once_with_one_that_is_free(own_folder: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        done = Installation(own_folder / "data").assay("run", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr
    assert "--port" in done.stderr
    assert not (own_folder / "data" / "postgres").exists()


def test_a_foreign_folder_ends_the_start_with_advice_and_no_traceback(own_folder: Path) -> None:
    cluster = own_folder / "elsewhere" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("18\n")
    cluster.parent.chmod(0o700)
    installation = Installation(own_folder / "data")
    installation.environment["ASSAY_DATABASE_DIR"] = str(cluster.parent)
    if os.geteuid() == 0:
        from assay.runtime.postgres.os_user import choose_server_user

        subprocess.run(["chown", "-R", str(choose_server_user().uid), str(cluster.parent)], check=True)
    done = installation.assay("run", "--port", str(free_port()))
    assert done.returncode == 1
    assert "was not made by Assay" in done.stderr
    assert "Traceback" not in done.stderr


def whole_parts(product: RunningProduct) -> dict[str, int]:
    """Return the process ids when every part runs: a worker that lost its database ends, and rests before it returns.

    That happens seconds after the database is back, so in the middle of whichever test comes next.
    """
    seen: list[dict[str, int]] = []

    def is_whole() -> bool:
        seen.append(product.parts())
        return set(seen[-1]) == EVERY_PART

    wait_until(is_whole, what="every part running")
    return seen[-1]


def wait_for_end(handles: list[int]) -> None:
    for handle in handles:
        assert select.select([handle], [], [], PATIENCE)[0], "a part is still running"
        os.close(handle)
