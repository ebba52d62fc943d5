"""The only way into the audit log."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from django.db import transaction

from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

JsonValue: TypeAlias = None | bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


class RecordedOutsideTransaction(RuntimeError):
    """Raised when an event would be kept although the write it tells of could still be lost."""


def record(
    *,
    actor: User | None,
    verb: str,
    object_type: str,
    object_id: int,
    why: str = "",
    data: Mapping[str, JsonValue] = {},  # noqa: B006 - read, never written
) -> Event:
    """Append one event in the caller's transaction and return it with its number and hash.

    ``actor`` is None when the system itself acted. ``verb`` is a short past tense ("application.rejected").
    Keep names and addresses out of ``why`` and ``data``: the chain outlives an erasure, so it holds ids.
    Numbering takes a lock that is held until the transaction ends: record last, just before it commits.

    Raises ``RecordedOutsideTransaction`` when no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RecordedOutsideTransaction(f"{verb}: write and record inside one transaction.atomic()")
    return Event.objects.create(
        actor=actor,
        verb=verb,
        object_type=object_type,
        object_id=object_id,
        why=_storable_text(why),
        data={str(key): _storable(value) for key, value in data.items()},
    )


def _storable(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return _storable_text(value)
    if isinstance(value, Mapping):
        return {_storable_text(str(key)): _storable(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_storable(item) for item in value]
    return value


def _storable_text(text: str) -> str:
    """Return text PostgreSQL can keep: it knows neither NUL nor half of a surrogate pair."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
