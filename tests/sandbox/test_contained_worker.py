import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assay.sandbox.worker import Bounds, ContainedWorker, Failed, Failure, NotAllowed, Reply

HERE = Path(__file__).parent
BOUNDS = Bounds(memory_bytes=1 << 29, cpu_seconds=1, wall_seconds=120, idle_seconds=30, calls_per_child=50)
NAMES = ("echo", "fail", "spin", "sleep", "burn", "fill_memory", "crash", "leave", "print_noise", "complain") + (
    "look_around",
    "environment",
    "own_process",
)
PATHS = tuple(f"contained_functions:{name}" for name in NAMES)
on_proc = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to see the process at work")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filters are Linux")


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[ContainedWorker]:
    monkeypatch.syspath_prepend(str(HERE))
    with ContainedWorker(functions=PATHS, bounds=BOUNDS) as made:
        yield made


def call(worker: ContainedWorker, name: str, payload: bytes = b"") -> Reply | Failed:
    return worker.call(function=f"contained_functions:{name}", payload=payload)


def failure(worker: ContainedWorker, name: str) -> Failure:
    result = call(worker, name)
    assert isinstance(result, Failed)
    return result.failure


def process_of(worker: ContainedWorker) -> int:
    """Ask the process for its id: an idle one may be gone before the parent is asked."""
    result = call(worker, "own_process")
    assert isinstance(result, Reply)
    return int(result.body)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(process: int) -> None:
    end = time.monotonic() + 120
    while is_alive(process):
        assert time.monotonic() < end
        threading.Event().wait(0.01)


def kill_at_work(process: int) -> None:
    """Kill a process once it has used a fifth of a second of processor time from now on."""
    end = ticks(process) + os.sysconf("SC_CLK_TCK") // 5
    while ticks(process) < end:
        threading.Event().wait(0.01)
    os.kill(process, signal.SIGKILL)


def ticks(process: int) -> int:
    used, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(used) + int(system)


def test_bytes_go_in_and_come_out_whatever_they_are(worker: ContainedWorker) -> None:
    payload = bytes(range(256)) * 40_000

    assert call(worker, "echo", payload) == Reply(body=payload)
    assert call(worker, "echo") == Reply(body=b"")


def test_nothing_starts_before_the_first_call_and_one_process_serves_many(worker: ContainedWorker) -> None:
    assert worker.child_id is None
    assert call(worker, "own_process") == call(worker, "own_process")


def test_an_error_in_the_function_is_reported_and_the_process_lives(worker: ContainedWorker) -> None:
    first = call(worker, "own_process")

    assert call(worker, "fail") == Failed(failure=Failure.RAISED, detail="ValueError: no such luck")
    assert call(worker, "own_process") == first


@pytest.mark.parametrize(
    ("name", "expected"),
    [("spin", Failure.TIMED_OUT), ("crash", Failure.CRASHED), ("leave", Failure.CRASHED)],
)
def test_a_call_that_kills_the_process_is_a_result_and_the_next_call_works(
    worker: ContainedWorker, name: str, expected: Failure
) -> None:
    assert failure(worker, name) is expected
    assert worker.child_id is None
    assert call(worker, "echo", b"again") == Reply(body=b"again")


def test_more_memory_than_allowed_is_a_result(worker: ContainedWorker) -> None:
    assert failure(worker, "fill_memory") is Failure.NO_MEMORY
    assert call(worker, "echo", b"again") == Reply(body=b"again")


def test_a_call_that_only_waits_is_stopped_by_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    with ContainedWorker(functions=PATHS, bounds=replace(BOUNDS, wall_seconds=0.6)) as worker:
        assert failure(worker, "sleep") is Failure.TIMED_OUT
        assert worker.child_id is None


def test_processor_time_counts_for_each_call_anew(worker: ContainedWorker) -> None:
    results = [call(worker, "burn", b"0.7") for _ in range(4)]

    assert results == [Reply(body=b"done")] * 4


@on_proc
def test_a_process_killed_in_the_middle_of_a_call_is_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    with ContainedWorker(functions=PATHS, bounds=replace(BOUNDS, cpu_seconds=60)) as worker:
        killer = threading.Thread(target=kill_at_work, args=[process_of(worker)], daemon=True)
        killer.start()

        assert failure(worker, "spin") in (Failure.NO_MEMORY, Failure.CRASHED)
        killer.join()
        assert call(worker, "echo", b"again") == Reply(body=b"again")


def test_a_process_that_died_between_calls_is_replaced_without_a_word(worker: ContainedWorker) -> None:
    call(worker, "echo")
    child = worker.child_id
    assert child is not None
    os.kill(child, signal.SIGKILL)
    wait_until_gone(child)

    assert call(worker, "echo", b"again") == Reply(body=b"again")


def test_after_the_agreed_number_of_calls_a_new_process_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    with ContainedWorker(functions=PATHS, bounds=replace(BOUNDS, calls_per_child=3)) as worker:
        served = [call(worker, "own_process") for _ in range(7)]

    assert len(set(map(str, served))) == 3


def test_only_listed_functions_can_be_called(worker: ContainedWorker) -> None:
    with pytest.raises(NotAllowed):
        worker.call(function="os:getcwd", payload=b"")


def test_what_the_function_prints_is_not_taken_for_an_answer(worker: ContainedWorker) -> None:
    assert call(worker, "print_noise") == Reply(body=b"quiet")


def test_a_process_that_complains_without_end_does_not_hang(worker: ContainedWorker) -> None:
    assert call(worker, "complain") == Reply(body=b"heard enough")


@linux_only
def test_the_process_has_no_network_starts_nothing_and_changes_no_file(worker: ContainedWorker) -> None:
    assert call(worker, "look_around") == Reply(body=b"")


def test_the_process_gets_no_secrets_and_no_open_files(
    worker: ContainedWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "very")
    result = call(worker, "environment")

    assert isinstance(result, Reply)
    names, files, core, leads = result.body.decode().split(";")
    assert "SECRET_KEY" not in names
    assert int(files) <= 6
    assert (core, leads) == ("0", "True")


@linux_only
def test_the_process_ends_when_its_parent_is_killed() -> None:
    script = (
        "import sys\n"
        "from assay.sandbox.worker import Bounds, ContainedWorker\n"
        "worker = ContainedWorker(functions=('contained_functions:sleep', 'contained_functions:echo'),"
        " bounds=Bounds(memory_bytes=1 << 29, cpu_seconds=5, wall_seconds=60, idle_seconds=60, calls_per_child=9))\n"
        "worker.call(function='contained_functions:echo', payload=b'')\n"
        "print(worker.child_id, flush=True)\n"
        "worker.call(function='contained_functions:sleep', payload=b'')\n"
    )
    path = os.pathsep.join([str(HERE), *(entry for entry in sys.path if entry)])
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()

    wait_until_gone(child)


def test_an_idle_process_ends_and_the_next_call_starts_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    with ContainedWorker(functions=PATHS, bounds=replace(BOUNDS, idle_seconds=0.1)) as worker:
        wait_until_gone(process_of(worker))

        assert call(worker, "echo", b"again") == Reply(body=b"again")


def test_a_function_that_leaves_quietly_is_tried_once_more_and_then_a_crash(worker: ContainedWorker) -> None:
    call(worker, "echo")

    assert call(worker, "leave", b"0") == Failed(failure=Failure.CRASHED, detail="ended without an answer")


def test_a_forgotten_worker_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    worker = ContainedWorker(functions=PATHS, bounds=BOUNDS)
    call(worker, "echo")
    child = worker.child_id
    assert child is not None
    del worker

    assert not is_alive(child)


def test_closing_ends_the_process(worker: ContainedWorker) -> None:
    call(worker, "echo")
    child = worker.child_id
    assert child is not None
    worker.close()

    assert not is_alive(child)
