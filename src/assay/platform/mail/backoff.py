"""How long to wait before a letter, or a server, is tried again."""

from datetime import timedelta

GIVEN_UP_AFTER = timedelta(days=5)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=3)
_FIRST_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = timedelta(minutes=10)
_MOST_DOUBLINGS = 16


def wait_of_letter(*, attempts: int, draw: float) -> timedelta:
    """Return the wait after so many tries: a minute, doubled each time up to three hours, and a quarter more or less.

    ``draw`` is between 0 and 1.
    """
    return _spread(_FIRST_WAIT, _LONGEST_WAIT, attempts, draw)


def pause_of_server(*, attempts: int, draw: float) -> timedelta:
    """Return the pause after a server was found unusable so many times: 15 seconds, doubled up to ten minutes."""
    return _spread(_FIRST_PAUSE, _LONGEST_PAUSE, attempts, draw)


def _spread(first: timedelta, longest: timedelta, attempts: int, draw: float) -> timedelta:
    factor: int = 2 ** min(max(attempts - 1, 0), _MOST_DOUBLINGS)
    return min(first * factor, longest) * (0.75 + draw / 2)
