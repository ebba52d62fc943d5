"""Measurements can be started, say what they are, and judge numbers rightly."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from bench.__main__ import BENCHES
from bench.processes import CpuLedger, memory_mb, tree_of
from bench.table import Line, Verdict, print_table

ROOT = Path(__file__).resolve().parents[2]
NO_MEASUREMENTS = {"__init__", "__main__", "table", "processes", "product", "applicants", "database"}
SCRIPT = "screening"
NAMES = sorted(
    path.stem
    for path in (ROOT / "bench").glob("*.py")
    if path.stem not in NO_MEASUREMENTS and not path.stem.startswith(f"{SCRIPT}_")
)


@pytest.mark.parametrize("name", [*sorted(set(NAMES) - {SCRIPT}), "__main__"])
def test_a_measurement_says_what_it_is_when_asked_for_help(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = importlib.import_module(f"bench.{name}")
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    with pytest.raises(SystemExit) as ending:
        module.main()
    assert ending.value.code == 0
    assert capsys.readouterr().out.startswith("usage:")


def test_the_script_among_them_says_what_it_is_too() -> None:
    (script,) = (bench for bench in BENCHES if bench.is_script)
    run = subprocess.run([*script.command(is_quick=False), "--help"], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("usage:")


def test_every_measurement_is_run_by_the_command_that_runs_all() -> None:
    assert sorted(bench.name for bench in BENCHES) == NAMES


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (Line("memory", 299.9, "MB", most=300), Verdict.KEPT),
        (Line("memory", 300.1, "MB", most=300), Verdict.OVER),
        (Line("rate", 50, "/s", least=50), Verdict.KEPT),
        (Line("rate", 49, "/s", least=50), Verdict.OVER),
        (Line("documents", 10_000, "", exactly=10_000), Verdict.KEPT),
        (Line("documents", 9_999, "", exactly=10_000), Verdict.OVER),
        (Line("documents", 10_001, "", exactly=10_000), Verdict.OVER),
        (Line("memory", 1, "MB"), Verdict.NONE),
        (Line("memory", float("nan"), "MB", most=300), Verdict.OVER),
    ],
)
def test_a_line_is_judged_by_its_own_limit(line: Line, verdict: Verdict) -> None:
    assert line.verdict is verdict


def test_one_line_over_its_limit_fails_the_whole_table(capsys: pytest.CaptureFixture[str]) -> None:
    kept, over = Line("a", 1, "ms", most=2, baseline=0.5), Line("b", 3, "ms", most=2)
    assert print_table("Kept", [kept]) == 0
    assert print_table("Over", [kept, over]) == 1
    printed = capsys.readouterr().out
    assert "2.00" in printed
    assert "OVER" in printed


def test_a_tree_holds_the_children_of_a_process_and_their_memory() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.pid in tree_of(child.pid)
        assert memory_mb([child.pid]) >= 0
        child.stdin.write(b"\n")
        child.stdin.close()
    assert memory_mb([child.pid]) == 0


def test_time_spent_by_a_process_that_has_ended_still_counts() -> None:
    ledger = CpuLedger()
    code = "import time\nwhile time.process_time() < 0.1: pass\nprint(flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        child.stdout.readline()
        ledger.look([child.pid])
        child.stdin.close()
    ledger.look([child.pid])
    assert ledger.seconds() >= 0.09
