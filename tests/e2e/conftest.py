"""The running product with the demo company, and people who sit in front of it in a real Chromium.

``product`` is one ``assay run --demo`` for the whole run: the real supervisor, web server and worker on a database of
its own. ``desk`` opens a tab of somebody's; a tab that the browser complained in (a script error, a refused resource, a
break of the policy) fails its test at the end, unless the test asked for the status with ``tab.forgive``.
"""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState
from psycopg import conninfo, sql
from tests.folders import enterable_folder
from tests.runtime.installation import free_port
from tests.tabs import PATIENCE_MS, complaints_of, sign_in, viewport

ROLES = ("admin", "recruiter", "manager", "interviewer", "approver", "viewer")


@dataclass(slots=True)
class Product:
    """The product as it runs: where it answers, the password of the demo's people, and what it has printed."""

    address: str
    password: str
    printed: list[str]
    people: dict[str, StorageState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of somebody's, with everything that the browser complained about in it."""

    page: Page
    address: str
    complaints: list[str]
    forgiven: set[int] = field(default_factory=set)

    def forgive(self, status: int) -> None:
        """Let answers of this status be no complaint: the browser tells of one whenever it gets to it."""
        self.forgiven.add(status)

    def held_against(self) -> list[str]:
        """Return the complaints that are not forgiven."""
        words = [f"a status of {status}" for status in self.forgiven]
        return [said for said in self.complaints if not any(word in said for word in words)]

    def go(self, path: str) -> int:
        """Open an address of the product and return its status."""
        response = self.page.goto(self.address + path)
        assert response is not None
        return response.status


@pytest.fixture(scope="session")
def product(chromium: Browser, database_url: str) -> Iterator[Product]:
    """Start the product with the demo company, once for the run; any failure of the server fails the run."""
    with enterable_folder() as folder, _own_database(database_url) as own_url:
        port = free_port()
        with _started(folder / "data", port=port, database_url=own_url) as printed:
            password = (folder / "data" / "demo_password").read_text().strip()
            yield Product(f"http://127.0.0.1:{port}", password, printed)
        assert not [line for line in printed if "Internal Server Error" in line], "".join(printed)


@pytest.fixture
def desk(product: Product, chromium: Browser) -> Iterator[Callable[..., Tab]]:
    """Open a tab for somebody: ``desk("recruiter", width=390, theme="dark")``; ``desk(None)`` is a stranger's.

    Each call is a browser of its own, signed in already, as if on another machine.
    """
    opened: list[tuple[BrowserContext, Tab]] = []

    def sit_down(role: str | None, *, width: int = 1440, theme: str = "light") -> Tab:
        context = chromium.new_context(
            base_url=product.address,
            viewport=viewport(width),
            color_scheme="dark" if theme == "dark" else "light",
            storage_state=_state_of(role, product=product, chromium=chromium) if role else None,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        tab = Tab(page, product.address, complaints_of(page))
        opened.append((context, tab))
        return tab

    yield sit_down
    for context, _ in opened:
        context.close()
    complaints = [complaint for _, tab in opened for complaint in tab.held_against()]
    assert complaints == []


def _state_of(role: str, *, product: Product, chromium: Browser) -> StorageState:
    if role not in product.people:
        context = chromium.new_context()
        page = context.new_page()
        sign_in(page, address=product.address, email=f"{role}@demo.example", password=product.password)
        product.people[role] = context.storage_state()
        context.close()
    return product.people[role]


@contextlib.contextmanager
def _own_database(server: str) -> Iterator[str]:
    name = f"assay_e2e_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield _address_of(server, name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _address_of(server: str, name: str) -> str:
    parts = conninfo.conninfo_to_dict(server)
    password = f":{parts['password']}" if parts.get("password") else ""
    port = f"&port={parts['port']}" if parts.get("port") else ""
    return f"postgresql://{parts['user']}{password}@/{name}?host={parts['host']}{port}"


@contextlib.contextmanager
def _started(data: Path, *, port: int, database_url: str) -> Iterator[list[str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSAY_", "DJANGO_"))}
    environment = {**kept, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    process = subprocess.Popen(
        [sys.executable, "-m", "assay", "run", "--demo", "--port", str(port), "--data", str(data)],
        env={**environment, "DATABASE_URL": database_url},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        printed: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            printed.append(line)
            if "Ctrl-C" in line:
                break
        else:
            raise AssertionError(f"the product did not start:\n{''.join(printed)}")
        # A full pipe would stop the product, so somebody has to go on reading.
        reader = Thread(target=printed.extend, args=(process.stdout,), daemon=True)
        reader.start()
        try:
            yield printed
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(180)
            reader.join()
