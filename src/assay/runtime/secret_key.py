"""The key that signs sessions and links: from the environment, or made once and kept in a private file."""

import os
import secrets
from pathlib import Path

from assay.runtime.place import make_data_folder
from assay.runtime.problem import RuntimeProblem

_SHORTEST = 32


class WeakSecretKey(RuntimeProblem):
    """Raised when the environment gives a key too short to be safe."""


def read_or_make_secret_key(*, data_dir: Path, from_environment: str) -> str:
    """Return the signing key; make ``data_dir/secret_key`` (mode 0600) on first use.

    Raises ``WeakSecretKey`` when ``from_environment`` is set but shorter than 32 characters.
    """
    if from_environment:
        if len(from_environment) < _SHORTEST:
            raise WeakSecretKey(
                f"ASSAY_SECRET_KEY must have at least {_SHORTEST} characters; unset it to have one made"
            )
        return from_environment
    path = data_dir / "secret_key"
    if not path.exists():
        make_data_folder(data_dir)
        _write_once(path=path, key=secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write_once(*, path: Path, key: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(key)
