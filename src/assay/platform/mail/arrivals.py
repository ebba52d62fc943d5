"""Letters that came in: keeping one, and reading one that was kept."""

from dataclasses import dataclass, field
from datetime import datetime

from assay.platform.files.reading import read_stored
from assay.platform.mail.actions.arriving import store_arrival
from assay.platform.mail.models import Arrival

__all__ = ["ArrivedLetter", "NoSuchArrival", "read_arrival", "store_arrival"]


class NoSuchArrival(LookupError):
    """Raised for the id of no letter that is kept."""


@dataclass(frozen=True, slots=True)
class ArrivedLetter:
    """A letter as it came. ``full_size`` is larger than the bytes when only its headers were kept."""

    id: int
    source: bytes = field(repr=False)
    arrived_at: datetime
    full_size: int
    outcome: str

    @property
    def is_cut(self) -> bool:
        """Tell whether only the headers were kept, because the letter was too large."""
        return self.full_size > len(self.source)


def is_letter(sender: object, *, sha256: str, **more: object) -> bool:
    """Tell whether a letter with these bytes is kept; listens to ``still_named``."""
    del sender, more
    return Arrival.objects.filter(digest=sha256).exists()


def read_arrival(*, arrival_id: int) -> ArrivedLetter:
    """Return a letter that came in.

    Raises ``NoSuchArrival``, also for one that was erased, or ``DamagedFile`` when its bytes are gone.
    """
    arrival = Arrival.objects.filter(pk=arrival_id).exclude(digest="").first()
    if arrival is None:
        raise NoSuchArrival(arrival_id)
    return ArrivedLetter(
        id=arrival.pk,
        source=read_stored(sha256=arrival.digest),
        arrived_at=arrival.arrived_at,
        full_size=arrival.full_size,
        outcome=arrival.outcome,
    )
