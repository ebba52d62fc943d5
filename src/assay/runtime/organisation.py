"""The organisation's name where the environment gives none: kept in the data folder, as the demo does."""

from pathlib import Path

_KEPT_IN = "organisation"
UNNAMED = "Your organisation"


def kept_organisation(*, data_dir: Path) -> str:
    """Return the kept name, or a neutral one."""
    path = data_dir / _KEPT_IN
    return (path.read_text(encoding="utf-8").strip() if path.is_file() else "") or UNNAMED


def keep_organisation(*, data_dir: Path, name: str) -> None:
    """Keep a name for every process that starts from now on."""
    (data_dir / _KEPT_IN).write_text(name, encoding="utf-8")
