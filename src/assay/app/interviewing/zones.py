"""The time zones offered when an interview is arranged: those of the people concerned first, then the others."""

from collections.abc import Iterable
from zoneinfo import available_timezones

from django.utils import timezone

from assay.app.clocks.rulebook import load_rulebook
from assay.core.clocks.kinds import ClockKind

_OLD_NAMES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


def office_zone(*, job_id: int) -> str:
    """Return the zone of the office on whose calendar a job's interviews are arranged."""
    setting = load_rulebook(now=timezone.now()).setting(kind=ClockKind.SCHEDULING, job_id=job_id, stage_id=None)
    return str(setting.ruler.calendar.zone)


def zone_choices(*, near: Iterable[str]) -> list[tuple[str, str]]:
    """Return each zone once with its words: ``near`` ones first in their order, then the rest by name."""
    known = available_timezones()
    first = [zone for zone in dict.fromkeys(near) if zone in known]
    rest = sorted(zone for zone in known - set(first) if "/" in zone and not zone.startswith(_OLD_NAMES))
    last = [] if "UTC" in first else ["UTC"]
    return [(zone, zone.replace("_", " ")) for zone in (*first, *rest, *last)]
