"""What the laws ask about and an advert need not say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Circumstances:
    """``None`` is unknown and never counts as "does not apply".

    ``places`` (``US-CA``, ``US``, ``DE``, ``EU``, ``CA-ON``) are added to those of a built advert;
    ``screens_with_software`` is whether software ranks, scores or selects applicants.
    """

    employees: int | None = None
    places: tuple[str, ...] = ()
    screens_with_software: bool | None = None


UNKNOWN = Circumstances()
