"""The database goes away under load: visitors are told to wait, and nothing that was answered is lost."""

import contextlib
import http.client
import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from tests.runtime.installation import PATIENCE, Installation, RunningProduct, free_port, running_product, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to find the parts"),
]

VISITORS = 4
ANSWERED, WAIT = 410, 503


def test_a_database_killed_under_load_costs_visitors_a_wait_and_never_an_error(own_folder: Path) -> None:
    installation = Installation(own_folder / "data")
    with running_product(installation, port=free_port()) as product:
        visits = Visits(product)
        with visits:
            wait_until(lambda: visits.count(ANSWERED) >= VISITORS, what="the first pages")
            before = product.parts()["database"]
            os.kill(before, signal.SIGKILL)
            wait_until(lambda: product.parts().get("database", before) != before, what="a new database")
            answered = visits.count(ANSWERED)
            wait_until(lambda: visits.count(ANSWERED) >= answered + VISITORS, what="pages after the restart")
        assert set(visits.statuses) <= {ANSWERED, WAIT}, sorted(set(visits.statuses))


class Visits:
    """Visitors who keep opening an invitation that is not one, which takes a look at the database to say (410)."""

    def __init__(self, product: RunningProduct) -> None:
        self.statuses: list[int] = []
        self._port = product.port
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._visit) for _ in range(VISITORS)]

    def __enter__(self) -> "Visits":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def count(self, status: int) -> int:
        return self.statuses.count(status)

    def _visit(self) -> None:
        while not self._over.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
            with contextlib.closing(connection):
                connection.request("GET", "/invitations/not-a-token/")
                with connection.getresponse() as response:
                    self.statuses.append(response.status)
