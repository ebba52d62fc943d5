"""Checks of the machine: Python, folders, space, port, programs. None needs the database."""

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from assay.runtime.address import AddressTaken, check_is_free, is_serving
from assay.runtime.doctor.finding import Finding, fine, note, wrong
from assay.runtime.place import data_folder
from assay.runtime.postgres.binaries import find_binaries
from assay.runtime.problem import RuntimeProblem

_GIGABYTE = 1e9
_TOO_LITTLE = 0.5 * _GIGABYTE
_LITTLE = 2 * _GIGABYTE


def examine_machine(*, host: str, port: int) -> Iterator[Finding]:
    """Yield findings about this machine."""
    folder = data_folder()
    yield fine("python", f"{platform.python_version()} ({sys.executable})")
    yield check_folder(folder)
    yield from check_key(folder)
    yield check_space(folder)
    yield check_programs()
    yield check_port(host=host, port=port)
    yield check_text_recognition()
    yield from check_settings()


def check_folder(folder: Path) -> Finding:
    """Look at the data folder's owner and permissions."""
    if not folder.exists():
        return note("data folder", f"{folder} does not exist yet", advice="`assay run` makes it")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return wrong(
            "data folder",
            f"{folder} cannot be written",
            advice=f"become its owner (uid {folder.stat().st_uid}), or choose another with --data DIR",
        )
    if stat.S_IMODE(folder.stat().st_mode) & 0o022:
        return wrong("data folder", f"{folder} can be written by others", advice=f"chmod go-w {folder}")
    return fine("data folder", str(folder))


def check_key(folder: Path) -> Iterator[Finding]:
    """Look at who can read the signing key."""
    key = folder / "secret_key"
    if key.is_file() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield wrong(
            "signing key",
            f"{key} can be read by others",
            advice=f"chmod 600 {key}; if somebody may have read it, delete it (everybody signs in again)",
        )


def check_space(folder: Path) -> Finding:
    """Look at the room left on the data folder's disk."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    text = f"{free / _GIGABYTE:.1f} GB free"
    if free < _TOO_LITTLE:
        return wrong("space", text, advice="make room: résumés and the database stop being accepted when it is full")
    return note("space", text, advice="plan for more room soon") if free < _LITTLE else fine("space", text)


def check_programs() -> Finding:
    """Look for PostgreSQL's programs."""
    if os.environ.get("DATABASE_URL"):
        return fine("postgresql", "the server in DATABASE_URL")
    try:
        found = find_binaries()
    except RuntimeProblem as problem:
        return wrong("postgresql", "no programs found", advice=str(problem))
    return fine("postgresql", f"{found.version} from {found.origin} ({found.folder})")


def check_port(*, host: str, port: int) -> Finding:
    """Look at whether the port is free, or served by something that answers."""
    try:
        check_is_free(host=host, port=port)
    except AddressTaken as problem:
        if is_serving(host=host, port=port):
            return fine("port", f"{port} answers: Assay, or another web server, runs there")
        return wrong("port", f"{port} cannot be used", advice=str(problem))
    return fine("port", f"{port} is free")


def check_text_recognition() -> Finding:
    """Look for the optional program that reads scanned pages."""
    if shutil.which("tesseract"):
        return fine("tesseract", "found")
    return note("tesseract", "not found: scanned résumés are shown as needing a person", advice="install tesseract-ocr")


def check_settings() -> Iterator[Finding]:
    """Look at settings that are right on a laptop and wrong on a server, or the other way round."""
    if os.environ.get("ASSAY_DEBUG") == "1":
        yield wrong("settings", "ASSAY_DEBUG is on: error pages show secrets", advice="unset it unless you develop")
