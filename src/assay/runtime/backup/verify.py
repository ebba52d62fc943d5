"""Reading a backup from end to end before anything is touched."""

import hashlib
import json
import tarfile
from pathlib import Path
from typing import IO

from assay.runtime.backup.layout import DATABASE, FORMAT, HEADER, MANIFEST, Manifest, is_member_name
from assay.runtime.problem import RuntimeProblem

_LONGEST_MANIFEST = 256 * 1024 * 1024


class NotABackup(RuntimeProblem):
    """Raised for a file that Assay did not write, or that a newer Assay wrote in a form we do not know."""


class DamagedBackup(RuntimeProblem):
    """Raised for a backup that is cut off or changed."""


def verify_backup(file: Path) -> Manifest:
    """Return the manifest once every member's bytes were hashed and found as it says.

    Raises ``NotABackup`` or ``DamagedBackup``.
    """
    try:
        with tarfile.open(file, mode="r:") as archive:
            found: dict[str, str] = {}
            manifest: Manifest | None = None
            _check_header(archive, file=file)
            for entry in archive:
                content = archive.extractfile(entry)
                if manifest is not None or content is None:
                    raise DamagedBackup(f"{file} holds something after its end ({entry.name}).")
                if entry.name == MANIFEST:
                    manifest = _read_manifest(content, file=file)
                elif entry.name != HEADER:
                    found[_checked_name(entry.name, seen=found, file=file)] = _digest(content)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise DamagedBackup(f"{file} cannot be read to its end: {error}") from error
    if manifest is None:
        raise DamagedBackup(f"{file} is cut off: its list of contents is missing. Use another backup.")
    _compare(found, manifest, file=file)
    return manifest


def _check_header(archive: tarfile.TarFile, *, file: Path) -> None:
    first = archive.next()
    content = archive.extractfile(first) if first is not None and first.name == HEADER else None
    if content is None:
        raise NotABackup(f"{file} is not a backup made by Assay.")
    try:
        form = json.loads(content.read(_LONGEST_MANIFEST))["format"]
    except (ValueError, KeyError, TypeError):
        raise DamagedBackup(f"{file} is damaged at its start. Use another backup.") from None
    if form != FORMAT:
        raise NotABackup(f"{file} was written in form {form}; this version reads form {FORMAT}. Update Assay first.")


def _checked_name(name: str, *, seen: dict[str, str], file: Path) -> str:
    if not is_member_name(name) or name in seen:
        raise DamagedBackup(f"{file} holds something a backup never does ({name}). It is not used.")
    return name


def _read_manifest(content: IO[bytes], *, file: Path) -> Manifest:
    try:
        values = json.loads(content.read(_LONGEST_MANIFEST))
        return Manifest(
            assay_version=str(values["assay_version"]),
            server_version=str(values["server_version"]),
            made_at=str(values["made_at"]),
            migrations=tuple(str(name) for name in values["migrations"]),
            members={str(name): str(digest) for name, digest in values["members"].items()},
            missing=tuple(str(name) for name in values["missing"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedBackup(f"{file} has a damaged list of contents. Use another backup.") from None


def _compare(found: dict[str, str], manifest: Manifest, *, file: Path) -> None:
    if DATABASE not in manifest.members:
        raise DamagedBackup(f"{file} holds no database. Use another backup.")
    if found != manifest.members:
        wrong = sorted(name for name in {*found, *manifest.members} if found.get(name) != manifest.members.get(name))
        raise DamagedBackup(f"{file} is damaged: {wrong[0]} is not what it was. Nothing was changed here.")
    for name, digest in manifest.members.items():
        if name.startswith("files/") and name != f"files/{digest}":
            raise DamagedBackup(f"{file} is damaged: {name} holds other bytes. Nothing was changed here.")


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
