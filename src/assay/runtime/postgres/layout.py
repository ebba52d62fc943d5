"""Where the database's own files lie for a given data folder."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assay.runtime.place import make_data_folder
from assay.runtime.postgres.os_user import ServerUser, can_enter
from assay.runtime.problem import RuntimeProblem

PORT = 5432
_LONGEST_SOCKET_PATH = 100
_POINTER = "database_location"


class LeftBehind(RuntimeProblem):
    """Raised when a database lies where ours would go, but the data folder it belonged to is gone."""


class UnsafeFolder(RuntimeProblem):
    """Raised when a folder the server needs belongs to somebody else or cannot be written."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Absolute paths. ``home`` belongs to the server's user; ``data_folder`` to the application."""

    data_folder: Path
    home: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "postgres.log"

    @property
    def lock(self) -> Path:
        """Held by the one process that owns the server."""
        return self.data_folder / "database.lock"

    @property
    def socket_folder(self) -> Path:
        """The private folder of the server's socket; short, because the kernel limits socket paths."""
        inside = self.home / "socket"
        if len(str(inside / f".s.PGSQL.{PORT}.lock")) < _LONGEST_SOCKET_PATH:
            return inside
        return Path(tempfile.gettempdir()).absolute() / f"assay-{_short_hash(self.home)}"


def plan_layout(*, data_folder: Path, user: ServerUser) -> Layout:
    """Return where things are or will be; touches nothing.

    The database lies in ``data_folder/postgres`` unless the server's user cannot enter the data folder (as with
    root's home); then below ``/var/lib``. A choice once made is kept in ``data_folder/database_location``.
    """
    if chosen := os.environ.get("ASSAY_DATABASE_DIR"):
        return Layout(data_folder=data_folder, home=Path(chosen).absolute())
    pointer = data_folder / _POINTER
    if pointer.is_file():
        return Layout(data_folder=data_folder, home=Path(pointer.read_text().strip()))
    inside = data_folder / "postgres"
    if not user.is_other or inside.exists() or _can_be_entered(user=user, folder=data_folder):
        return Layout(data_folder=data_folder, home=inside)
    return Layout(data_folder=data_folder, home=Path("/var/lib") / f"assay-{_short_hash(data_folder)}")


def make_folders(layout: Layout, *, user: ServerUser) -> None:
    """Make the data folder, the server's home and the socket folder; the last two private to the server's user.

    Raises ``UnsafeFolder`` when one of them exists and belongs to somebody else, and ``LeftBehind``.
    """
    try:
        make_data_folder(layout.data_folder)
        if layout.home.parent != layout.data_folder:
            _remember_home(layout)
        for folder in (layout.home, layout.socket_folder):
            _make_private(folder, user=user)
    except PermissionError as error:
        raise UnsafeFolder(
            f"Cannot write {error.filename}: it belongs to another user. "
            "Use the user who made it, or another data folder (--data DIR)."
        ) from error
    if not can_enter(user=user, path=layout.home):
        raise UnsafeFolder(
            f"The user {user.name}, who runs the database, cannot enter {layout.home}. "
            "Choose a folder below one that everybody may enter (ASSAY_DATABASE_DIR=/var/lib/assay-database)."
        )


def _remember_home(layout: Layout) -> None:
    pointer = layout.data_folder / _POINTER
    is_known = pointer.is_file() or "ASSAY_DATABASE_DIR" in os.environ
    if not is_known and (layout.home / "cluster").exists():
        raise LeftBehind(
            f"{layout.home} holds the database of an earlier data folder {layout.data_folder}. To go on with it, "
            f"write that path into {pointer}; to start afresh, remove {layout.home}."
        )
    pointer.write_text(f"{layout.home}\n")


def _make_private(folder: Path, *, user: ServerUser) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
        if user.is_other:
            os.chown(folder, user.uid, user.gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid:
            raise UnsafeFolder(
                f"{folder} belongs to another user, but the database would run as {user.name}. "
                "Use the user who made it, or another data folder (--data DIR)."
            ) from None
        if stat.S_IMODE(found.st_mode) & 0o077:
            raise UnsafeFolder(f"{folder} can be read by others. Run `chmod 700 {folder}` if it is yours.") from None


def _can_be_entered(*, user: ServerUser, folder: Path) -> bool:
    nearest = folder
    while not nearest.exists():
        nearest = nearest.parent
    return can_enter(user=user, path=nearest)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]
