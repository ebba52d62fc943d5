"""The package works where there is nothing but the package: built, installed into an empty environment, started."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.architecture.source import PACKAGE, ROOT
from tests.folders import enterable_folder
from tests.runtime.installation import Installation, free_port, running_product

pytestmark = pytest.mark.slow
RESUME = """Jordan Example
Machine learning engineer, Sample Ltd, 2021 - 2024
Deployed a ranking model behind an HTTP service at 1,200 requests per second and was on call for it.
Built the monitoring that caught data drift and retrained the model weekly.
"""


def uv(*arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("uv", path=f"{ROOT / '.tools' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        pytest.skip("uv is not here; ./dev installs it")
    clean = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    return subprocess.run([program, "--quiet", *arguments], check=check, env=clean, capture_output=True, text=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    uv("build", "--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", str(folder), str(source))
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name.removeprefix("assay/") for name in archive.namelist() if name.startswith("assay/")}
    wanted = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert wanted - packed == set()
    assert {Path(name).suffix for name in packed} >= {".py", ".html", ".css", ".js", ".yaml"}


def test_the_wheel_installed_alone_serves_pages_and_screens_a_resume(wheel: Path, tmp_path: Path) -> None:
    with enterable_folder() as folder:
        program = install(wheel, environment=folder / "venv")
        installation = Installation(folder / "data")
        del installation.environment["PYTHONPATH"]
        with running_product(installation, port=free_port(), command=(str(program),)) as product:
            assert product.health() == 200
            status, page = get(product.port, "/accounts/login/")
            assert status == 200
            assert "<form" in page
        (tmp_path / "resume.txt").write_text(RESUME)
        screened = subprocess.run(
            [str(program), "screen", str(tmp_path / "resume.txt"), "--role", "ml-engineer", "--json"],
            env=installation.environment,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    assert screened.returncode == 0, screened.stderr
    (result,) = json.loads(screened.stdout)
    assert result["status"] == "screened"
    assert result["claims"]
    assert all(claim["quote"] in RESUME for claim in result["claims"])


def install(wheel: Path, *, environment: Path) -> Path:
    """Install into an empty environment, from uv's cache alone when it suffices; return the ``assay`` program."""
    uv("venv", "--python", sys.executable, str(environment))
    pinned = ("--constraint", str(ROOT / "requirements.lock"), "--python", str(environment / "bin" / "python"))
    if uv("pip", "install", "--offline", *pinned, str(wheel), check=False).returncode != 0:
        uv("pip", "install", *pinned, str(wheel))
    return environment / "bin" / "assay"


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()
