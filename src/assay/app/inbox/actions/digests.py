"""Hand the daily letter to the outbox: once a person and day, at the hour of their own day that they chose."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from assay.app.inbox.models import Digest, InboxChoice
from assay.app.inbox.queries import DEFAULT_HOUR, get_inbox
from assay.core.inbox.digest import write_digest
from assay.platform.accounts.models import User
from assay.platform.mail.actions.posting import post
from assay.platform.site import site_address

_LATEST_HOURS = 4
_SATURDAY = 5


def due_readers(*, now: datetime) -> tuple[int, ...]:
    """Return the accounts whose letter is due at ``now`` and not written yet; whether something waits is not asked.

    A letter is due from the chosen hour on for four hours, so that a machine that slept through it still sends it, and
    on weekdays.
    """
    wanted = {user.pk: _wanted_day(user, now) for user in _readers().filter(is_active=True)}
    days = {pk: day for pk, day in wanted.items() if day is not None}
    written = set(Digest.objects.filter(user__in=days, day__in=set(days.values())).values_list("user_id", "day"))
    return tuple(pk for pk, day in days.items() if (pk, day) not in written)


@transaction.atomic
def send_digest(*, user: User, now: datetime) -> bool:
    """Write one person's letter if it is due, was not written today and something waits; return whether it was."""
    day = _wanted_day(_readers().get(pk=user.pk), now)
    if day is None or Digest.objects.filter(user=user, day=day).exists():
        return False
    inbox = get_inbox(actor=user, now=now)
    letter = write_digest(inbox=inbox, name=user.name.partition(" ")[0], address=site_address(""), now=now)
    if letter is None:
        return False
    _, is_new = Digest.objects.get_or_create(user=user, day=day, defaults={"items": len(inbox.items)})
    if is_new:
        # It names candidates, so that its text is dropped once it has gone.
        key = f"digest:{user.pk}:{day.isoformat()}"
        post(key=key, recipient=user.email, subject=letter.subject, text=letter.text, is_private=True)
    return is_new


def _readers() -> QuerySet[User]:
    return User.objects.select_related("inbox_choice").order_by("id")


def _wanted_day(user: User, now: datetime) -> date | None:
    """Return the day on which a letter belongs to this moment, whether or not it was written."""
    local = now.astimezone(ZoneInfo(user.time_zone))
    chosen: InboxChoice | None = getattr(user, "inbox_choice", None)
    hour = chosen.digest_hour if chosen else DEFAULT_HOUR
    is_wanted = chosen is None or chosen.wants_digest
    is_time = local.weekday() < _SATURDAY and hour <= local.hour < hour + _LATEST_HOURS
    return local.date() if is_wanted and is_time else None
