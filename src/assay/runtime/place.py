"""The data folder: where it is, and how it is made."""

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the absolute data folder: ``ASSAY_DATA``, else ``~/.local/share/assay``."""
    return Path(os.environ.get("ASSAY_DATA") or Path.home() / ".local" / "share" / "assay").expanduser().absolute()


def make_data_folder(path: Path) -> None:
    """Make the folder and its parents if missing; one that exists keeps its mode.

    A folder made by root can be entered (not listed) by others, because the database runs as another user below it.
    """
    if path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)
