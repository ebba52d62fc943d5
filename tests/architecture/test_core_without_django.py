"""The functional core needs no web, no database and no file of knowledge: it imports with all of them blocked."""

import subprocess
import sys

from tests.architecture.source import ROOT

BLOCKED = (
    "django", "jinja2", "psycopg", "procrastinate", "yaml", "granian", "click",
    "assay.app", "assay.platform", "assay.runtime", "assay.knowledge", "assay.sandbox",
)  # fmt: skip
IMPORT_ALL = """
import importlib, pkgutil, sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        if any(name == blocked or name.startswith(blocked + ".") for blocked in BLOCKED):
            raise ImportError(f"core reached for {name}")
        return None

sys.meta_path.insert(0, Wall())
import assay.core
count = 0
for module in pkgutil.walk_packages(assay.core.__path__, "assay.core."):
    importlib.import_module(module.name)
    count += 1
print(count)
"""


def test_all_of_core_imports_with_django_and_the_shell_blocked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"BLOCKED = {BLOCKED!r}\n{IMPORT_ALL}"],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20
