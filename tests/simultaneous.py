"""Two at once, on real connections: what a page, a job or a second person may do in the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

PATIENCE = 120


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each in a thread with a connection of its own, all starting together; return results or what was raised."""
    results: list[object] = [None] * len(acts)
    barrier = Barrier(len(acts))

    def run(index: int, do: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(PATIENCE)
            results[index] = do()
        except BaseException as error:  # noqa: BLE001 - a thread hands over whatever happened
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for somebody for ever"
    return results
