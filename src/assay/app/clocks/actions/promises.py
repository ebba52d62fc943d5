"""Promises to candidates: taken from the review clock, kept by word or deed, and replaced before they break."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from assay.app.clocks.models import Promise
from assay.app.clocks.rulebook import Rulebook, Setting, load_rulebook
from assay.app.clocks.rules import extension, notice_before, shipped_limits
from assay.app.deciding.facts import MoveFacts, list_move_facts
from assay.app.messaging.actions.writing import write
from assay.app.messaging.queries.told import get_sent_at, list_told_facts
from assay.app.pipeline.queries.waits import StandingFact, list_standing_facts
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.timing import time_clock
from assay.core.messaging.states import MessageKind
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.audit.actions import record

# Wide enough for a promise that runs out after a long weekend to be looked at while people are still at work.
_SEEN_AHEAD = timedelta(days=12)
_LIVE = [one for one in ApplicationStatus if one.is_live]


@transaction.atomic
def promise_reply(*, application_id: int, now: datetime) -> datetime:
    """Promise a candidate, in the transaction that takes their application, by when they hear; return the moment.

    It is when the review of the application is due: the same clock that those who review look at. An open promise is
    given again as it stands. No access check: whoever applies asks. Raises ``ValueError`` for an unknown application.
    Everywhere an application is locked before its promise, as decisions do.
    """
    standings = list_standing_facts(application_ids=[application_id], is_locking=True)
    if not standings:
        raise ValueError("There is no such application.")
    known = open_promises().filter(application_id=application_id).first()
    if known is not None:
        return known.promised_at
    setting = _review_setting(standings[0], load_rulebook(now=now))
    timing = time_clock(started_at=now, pauses=(), limit=setting.limit, ruler=setting.ruler)
    promised = timing.due_at or now + shipped_limits()[ClockKind.REVIEW].amount
    Promise.objects.create(application_id=application_id, kind=ClockKind.REVIEW, promised_at=promised, made_at=now)
    return promised


def keep_promises(*, application_ids: Collection[int], ways: Mapping[int, MoveFacts]) -> None:
    """Note open promises as kept where a decision moved the application on, a letter went out, or the candidate left.

    ``ways`` are the applications' ways through their plans, as ``list_move_facts`` tells them.
    The applications are locked. Any other end says nothing by itself: a rejection is told by its letter, or in another
    way by whoever chose that (see ``note_told``).
    """
    rows = list(open_promises().filter(application_id__in=list(application_ids)).order_by("pk").select_for_update())
    heard = _heard_since(rows, ways)
    for row in rows:
        if row.pk in heard:
            _keep(row, heard[row.pk])


def note_told(*, application_id: int, at: datetime) -> None:
    """Note the open promise of a locked application as kept: its candidate was told without a letter of ours."""
    row = open_promises().filter(application_id=application_id).select_for_update().first()
    if row is not None:
        _keep(row, at)


def reopen_promise(*, application_id: int) -> None:
    """Take back that the last promise of a locked application was kept, where what had kept it was undone."""
    rows = Promise.objects.filter(application_id=application_id, replaced_at=None).select_for_update()
    row = rows.order_by("-made_at", "-pk").first()
    if row is None or row.kept_at is None:
        return
    if not _heard_since([row], list_move_facts(application_ids=[application_id])):
        row.kept_at = None
        row.save(update_fields=["kept_at"])
        _record(row, "promise.reopened")


def list_promises_to_watch(*, now: datetime) -> tuple[int, ...]:
    """Return the open promises that need something done now: about to run out, passed, with a letter of delay on its
    way, or of an application that ended."""
    near = Q(promised_at__lte=now + _SEEN_AHEAD) | ~Q(application__status__in=_LIVE) | Q(message__isnull=False)
    rows = list(open_promises().filter(near).order_by("promised_at", "pk"))
    book = load_rulebook(now=now)
    standings = list_standing_facts(application_ids=[row.application_id for row in rows])
    places = {one.application_id: one for one in standings}
    return tuple(row.pk for row in rows if _needs_something(row, places.get(row.application_id), book, now))


@transaction.atomic
def watch_promise(*, promise_id: int, now: datetime) -> None:
    """Do what one open promise needs now: note it as kept, tell of a delay before it passes, or note it as broken.

    The delay is told by a letter that names the new moment. Only when that letter has gone is the promise replaced;
    if it had not gone by the promised moment, the promise is broken, and says so.
    """
    ids = list(open_promises().filter(pk=promise_id).values_list("application_id", flat=True))
    standings = list_standing_facts(application_ids=ids, is_locking=True)
    if not standings:
        return
    keep_promises(application_ids=ids, ways=list_move_facts(application_ids=ids))
    row = open_promises().select_for_update().filter(pk=promise_id).first()
    if row is None:
        return
    book = load_rulebook(now=now)
    if row.next_at is None and _may_hear_later(row, standings[0]) and _is_close(row, standings[0], book, now):
        _tell_of_delay(row, standings[0], book, now)
    sent_at = None if row.message is None else get_sent_at(message_id=row.message)
    if sent_at is not None and row.next_at is not None:
        _replace(row, sent_at=sent_at)
    elif row.promised_at <= now and row.broken_at is None:
        row.broken_at = row.promised_at
        row.save(update_fields=["broken_at"])
        _record(row, "promise.broken")


def open_promises() -> QuerySet[Promise]:
    """Return the promises that are neither kept nor replaced; a broken one that nobody replaced is still open."""
    return Promise.objects.filter(kept_at__isnull=True, replaced_at__isnull=True)


def _needs_something(row: Promise, standing: StandingFact | None, book: Rulebook, now: datetime) -> bool:
    if standing is None:
        return False
    is_told = row.next_at is not None
    is_passed = row.promised_at <= now and row.broken_at is None
    is_close = not is_told and standing.status.is_live and _is_close(row, standing, book, now)
    return is_close or is_passed or row.message is not None or not standing.status.is_live


def _heard_since(rows: Sequence[Promise], ways: Mapping[int, MoveFacts]) -> dict[int, datetime]:
    """Return when the candidates of these promises first heard something after they were made; others are left out."""
    if not rows:
        return {}
    letters = list_told_facts(application_ids=[row.application_id for row in rows])
    found = {}
    for row in rows:
        letter, way = letters.get(row.application_id), ways.get(row.application_id)
        told = [letter.sent_at] if letter is not None else []
        if way is not None and not (letter is not None and letter.is_rejection_waiting):
            told += [way.told_at, way.withdrawn_at]
        since = [at for at in told if at is not None and at >= row.made_at]
        if since:
            found[row.pk] = min(since)
    return found


def _keep(row: Promise, at: datetime) -> None:
    row.kept_at = at
    row.broken_at = row.promised_at if at > row.promised_at else None
    row.save(update_fields=["kept_at", "broken_at"])


def _may_hear_later(row: Promise, standing: StandingFact) -> bool:
    """Tell whether a letter of delay would say the truth: nothing is decided, or the letter of a rejection will not go
    before the promised moment."""
    if standing.status.is_live:
        return True
    told = list_told_facts(application_ids=[row.application_id]).get(row.application_id)
    if told is None or not told.is_rejection_waiting:
        return False
    return told.rejection_after is not None and told.rejection_after > row.promised_at


def _review_setting(standing: StandingFact, book: Rulebook) -> Setting:
    return book.setting(kind=ClockKind.REVIEW, job_id=standing.job_id, stage_id=standing.stage_id)


def _is_close(row: Promise, standing: StandingFact, book: Rulebook, now: datetime) -> bool:
    ruler = _review_setting(standing, book).ruler
    return ruler.between(start=now, end=row.promised_at) <= notice_before()


def _tell_of_delay(row: Promise, standing: StandingFact, book: Rulebook, now: datetime) -> None:
    ruler = _review_setting(standing, book).ruler
    row.next_at = ruler.add(start=max(row.promised_at, now), amount=extension())
    # A moment at midnight is the end of the day before.
    local = (row.next_at - timedelta(seconds=1)).astimezone(ruler.calendar.zone)
    row.message = write(
        actor=None,
        application_id=row.application_id,
        kind=MessageKind.DELAY,
        template="delay",
        values={"new_date": f"{local:%A} {local.day} {local:%B %Y}"},
        wish=f"delay:{row.pk}",
    )
    row.save(update_fields=["next_at", "message"])
    _record(row, "promise.delay_told" if row.message is not None else "promise.delay_not_told")


def _replace(row: Promise, *, sent_at: datetime) -> None:
    row.replaced_at = sent_at
    row.broken_at = row.promised_at if sent_at > row.promised_at else None
    row.save(update_fields=["replaced_at", "broken_at"])
    if row.next_at is not None:
        newer = Promise.objects.create(
            application_id=row.application_id, kind=row.kind, promised_at=row.next_at, made_at=sent_at
        )
        row.takes_over.update(taken_over_by=newer)
    _record(row, "promise.replaced")


def _record(row: Promise, verb: str) -> None:
    record(actor=None, verb=verb, object_type="application", object_id=row.application_id, data={"promise": row.pk})
