"""Whom one can ask: everybody with a working account."""

from dataclasses import dataclass

from assay.platform.accounts.queries import list_accounts


@dataclass(frozen=True, slots=True)
class Choosable:
    """Somebody who can be asked."""

    user_id: int
    name: str
    email: str


def list_choosable() -> tuple[Choosable, ...]:
    """Return everybody with a working account, by name."""
    return tuple(Choosable(one.id, one.name or one.email, one.email) for one in list_accounts() if one.is_active)
