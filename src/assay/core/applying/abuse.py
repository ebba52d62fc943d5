"""How a form tells a person from a flood without asking anybody to solve a riddle: places, windows and time taken."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


class Timing(StrEnum):
    """How a form's age stands to what a person needs to fill it in."""

    GOOD = "good"
    TOO_SOON = "too_soon"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be tried within ``minutes`` from one address and from its whole network."""

    minutes: int
    from_address: int
    from_network: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request comes from: one connection, and the network it lies in. Both as text that names them."""

    address: str
    network: str


def place_of(*, address: str) -> Place:
    """Return the place of an IP address.

    One household or phone holds a whole IPv6 /64, so that counts as one address and its /48 as the network; for IPv4
    it is the address and its /24. What is no address at all is one place of its own.
    """
    try:
        found = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return Place("unknown", "unknown")
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped
        if inner is None:
            return Place(_net(found, 64), _net(found, 48))
        found = inner
    return Place(str(found), _net(found, 24))


def _net(address: IPv4Address | IPv6Address, bits: int) -> str:
    return str(ip_network(f"{address}/{bits}", strict=False))


def sender_of(*, peer: str, forwarded: str, proxies: int) -> str:
    """Return the address a request really came from.

    ``peer`` is who opened the connection, ``forwarded`` the X-Forwarded-For line, ``proxies`` how many of our own
    stand in front. Only what our own proxies added is believed: anybody can write the rest.
    """
    if proxies < 1:
        return peer
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    return hops[-proxies] if len(hops) >= proxies else peer


def window_of(*, now: datetime, minutes: int) -> datetime:
    """Return when the window that ``now`` lies in began; windows follow each other without a gap."""
    length = timedelta(minutes=minutes)
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return start + ((now - start) // length) * length


def timing_of(*, issued_at: datetime, now: datetime, least_seconds: int, most_hours: int) -> Timing:
    """Return whether a form that was handed out at ``issued_at`` may be sent ``now``."""
    age = now - issued_at
    if age < timedelta(seconds=least_seconds):
        return Timing.TOO_SOON
    return Timing.TOO_LATE if age > timedelta(hours=most_hours) else Timing.GOOD
