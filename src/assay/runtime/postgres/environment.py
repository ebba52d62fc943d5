"""The environment PostgreSQL programs run in: ours, not the caller's."""

import os


def clean_environment() -> dict[str, str]:
    """Return an environment without any ``PG*`` or locale variable that could redirect or relabel the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
