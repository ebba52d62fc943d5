"""Tabs of a real Chromium: how large they are, what the browser complains of in them, how people sign in."""

import re
from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Page, Response, Route, ViewportSize, expect

OpenTab = Callable[..., Page]
# A limit, never a pace: what is there is not waited for, and a busy machine with two cores answers late.
PATIENCE_MS = 60_000


def viewport(width: int) -> ViewportSize:
    """A phone's height for what is as narrow as a phone, else a laptop's."""
    return {"width": width, "height": 844 if width < 600 else 900}


def complaints_of(page: Page, *, may_be_refused: bool = False) -> list[str]:
    """Return the list to which every error of a script, every refused resource, break of the policy and failure of the
    server will be added. With ``may_be_refused`` a request may be turned down or get lost, which the test provokes.
    """
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        is_refusal = message.text.startswith("Failed to load resource")
        if message.type == "error" and not (may_be_refused and is_refusal):
            complaints.append(message.text)

    def look(answer: Response) -> None:
        if answer.status >= 500:
            complaints.append(f"{answer.status} {answer.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", look)
    return complaints


def come_late(page: Page, script: re.Pattern[str]) -> Callable[[], None]:
    """Let a script reach the page only when what is returned here is called, as on a slow line."""

    def hold(route: Route) -> None:
        expect(page.locator("html")).to_have_attribute("data-may-come", "yes")
        route.continue_()

    page.route(script, hold, times=1)
    return lambda: page.evaluate("document.documentElement.dataset.mayCome = 'yes'")


def is_painted(page: Page) -> None:
    """Wait until the page is on the screen: before that a browser takes no key."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def has_settled(page: Page) -> None:
    """Wait for the parts that a page fetches by itself: they push down what is clicked."""
    expect(page.locator("[hx-trigger=load]")).to_have_count(0)


def sign_in(page: Page, *, address: str, email: str, password: str) -> None:
    """Sign somebody in the way people do, by the form."""
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
