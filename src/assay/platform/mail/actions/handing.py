"""How far a letter came, step by step. Each step holds only for whoever has claimed the letter, and is committed alone.

The order is what keeps a letter from going twice: claimed, ``handing_over`` before its last line goes out, and then
what the server answered. Nobody but a person brings back a letter that was being handed over.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from assay.platform.mail.actions.telling import tell
from assay.platform.mail.backoff import GIVEN_UP_AFTER, wait_of_letter
from assay.platform.mail.models import LONGEST_ERROR, Letter
from assay.platform.mail.states import LetterState

# Only for a claim whose place nobody takes any more; the usual way is ``take_over_claims``.
_CLAIM_LASTS = timedelta(minutes=40)
# A letter that waited for days because there was no server has not been tried for days.
_FEWEST_TRIES = 8
_CALLED_BACK = "Called back while it was handed over; the server did not take it, so it does not go again."
_DIED = "The sending process ended while this letter was handed over, so it may have arrived, or not."


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter that is ours to send. ``by`` is what the claim is recognised by."""

    letter_id: int
    key: str
    by: str
    sender: str
    recipient: str
    attempts: int
    is_overdue: bool
    is_private: bool
    source: bytes = field(repr=False)


def claim_next(*, by: str) -> Claim | None:
    """Claim the letter that has waited longest for its turn, or return None when none is due."""
    with transaction.atomic():
        due = _due().select_for_update(skip_locked=True)
        is_overdue = Q(wanted_at__lt=Now() - GIVEN_UP_AFTER)
        letter = due.annotate(is_overdue=is_overdue).order_by("next_try_at", "id").first()
        if letter is None:
            return None
        Letter.objects.filter(pk=letter.pk).update(claimed_by=by, claimed_at=Now(), attempts=F("attempts") + 1)
    return Claim(
        letter_id=letter.pk,
        key=letter.key,
        by=by,
        sender=letter.sender,
        recipient=letter.recipient,
        attempts=letter.attempts + 1,
        is_overdue=bool(letter.is_overdue),
        is_private=letter.is_private,
        source=bytes(letter.source),
    )


def is_any_due() -> bool:
    """Return whether a letter's time has come and nobody has claimed it."""
    return _due().exists()


def count_sent_in_last_minute() -> int:
    """Return how many letters have gone in the last minute, through all senders."""
    return Letter.objects.filter(state=LetterState.SENT, sent_at__gt=Now() - timedelta(minutes=1)).count()


def begin_handing_over(claim: Claim) -> bool:
    """Commit that the letter's text goes out now. False when it was called back, or is no longer ours: do not send."""
    mine = Letter.objects.filter(pk=claim.letter_id, claimed_by=claim.by, state=LetterState.WAITING)
    return mine.update(state=LetterState.HANDING_OVER, claimed_at=Now()) == 1


@transaction.atomic
def note_sent(claim: Claim) -> None:
    """Keep that the server took it. That is a fact, whoever claims the letter by now."""
    open_ones = (LetterState.HANDING_OVER, LetterState.UNCERTAIN, LetterState.WAITING)
    changed = Letter.objects.filter(pk=claim.letter_id, state__in=open_ones).update(
        state=LetterState.SENT, sent_at=Now(), ended_at=Now(), claimed_by="", claimed_at=None, last_error=""
    )
    if not changed:
        return
    if claim.is_private:
        Letter.objects.filter(pk=claim.letter_id).update(source=b"")
    tell(letter_id=claim.letter_id, key=claim.key, state=LetterState.SENT)


@transaction.atomic
def note_refused(claim: Claim, *, words: str) -> None:
    """Keep that the server will never take it."""
    if _end_called_back(claim):
        return
    _end(claim, LetterState.REFUSED, words)


@transaction.atomic
def note_not_now(claim: Claim, *, words: str, draw: float) -> None:
    """Keep that it was not taken this time, and when it is tried again; after five days of trying it is given up.

    One that was called back meanwhile is not tried again.
    """
    if _end_called_back(claim):
        return
    if claim.is_overdue and claim.attempts >= _FEWEST_TRIES:
        days = GIVEN_UP_AFTER.days
        _end(claim, LetterState.REFUSED, f"Given up after {claim.attempts} tries in {days} days. The last: {words}")
        return
    wait = wait_of_letter(attempts=claim.attempts, draw=draw)
    changed = _ours(claim).update(
        state=LetterState.WAITING,
        next_try_at=Now() + wait,
        claimed_by="",
        claimed_at=None,
        last_error=words[:LONGEST_ERROR],
    )
    if changed:
        tell(letter_id=claim.letter_id, key=claim.key, state=LetterState.WAITING, error=words)


@transaction.atomic
def note_unanswered(claim: Claim, *, words: str) -> None:
    """Keep that nobody knows whether the server took it."""
    text = f"The server did not answer after the whole letter was sent ({words}), so it may have arrived, or not."
    _end(claim, LetterState.UNCERTAIN, text)


@transaction.atomic
def release(claim: Claim) -> None:
    """Give a letter back that was surely not taken, for a reason that is not its own: the try does not count.

    One that was called back meanwhile is not tried again.
    """
    if _end_called_back(claim):
        return
    _ours(claim).update(state=LetterState.WAITING, attempts=F("attempts") - 1, claimed_by="", claimed_at=None)


def take_over_claims(*, slot: int) -> int:
    """End the claims of whoever held this place before and is gone; return how many letters became uncertain.

    Call it while holding the place: then nobody else does.
    """
    left = Letter.objects.filter(claimed_by__startswith=f"{slot}:")
    Letter.objects.filter(claimed_by__startswith=f"{slot}:", state=LetterState.WAITING, attempts__gt=1).update(
        next_try_at=Now() + timedelta(minutes=1)
    )
    left.filter(state=LetterState.WAITING).update(claimed_by="", claimed_at=None)
    return _make_uncertain(left)


def end_old_claims() -> int:
    """Make letters uncertain that have been handed over for longer than any server may take; return how many."""
    return _make_uncertain(Letter.objects.filter(claimed_at__lt=Now() - _CLAIM_LASTS))


def _make_uncertain(letters: QuerySet[Letter]) -> int:
    stuck = letters.filter(state=LetterState.HANDING_OVER)
    with transaction.atomic():
        rows = list(stuck.select_for_update(skip_locked=True).values_list("id", "key"))
        for letter_id, key in rows:
            # The claim stays written down: the server's answer still counts if it comes after all.
            Letter.objects.filter(pk=letter_id).update(state=LetterState.UNCERTAIN, ended_at=Now(), last_error=_DIED)
            tell(letter_id=letter_id, key=key, state=LetterState.UNCERTAIN, error=_DIED)
    return len(rows)


def _due() -> QuerySet[Letter]:
    is_free = Q(claimed_by="") | Q(claimed_at__lt=Now() - _CLAIM_LASTS)
    return Letter.objects.filter(is_free, state=LetterState.WAITING, next_try_at__lte=Now())


def _ours(claim: Claim) -> QuerySet[Letter]:
    on_the_way = (LetterState.WAITING, LetterState.HANDING_OVER, LetterState.UNCERTAIN)
    return Letter.objects.filter(pk=claim.letter_id, claimed_by=claim.by, state__in=on_the_way)


def _end_called_back(claim: Claim) -> bool:
    """End a letter that was surely not taken and that somebody called back meanwhile; tell whether it was one.

    The row stays locked, so that nobody can call it back between this look and what the caller writes.
    """
    is_wanted_back = _ours(claim).select_for_update().values_list("recall_wanted", flat=True).first()
    if is_wanted_back:
        _end(claim, LetterState.CANCELLED, _CALLED_BACK)
    return bool(is_wanted_back)


def _end(claim: Claim, state: LetterState, words: str) -> None:
    text = words[:LONGEST_ERROR]
    changed = _ours(claim).update(state=state, ended_at=Now(), claimed_by="", claimed_at=None, last_error=text)
    if changed:
        tell(letter_id=claim.letter_id, key=claim.key, state=state, error=text)
