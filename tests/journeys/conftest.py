"""A real browser on a real server. Without Chromium on the machine the journeys are skipped, and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

#: Playwright's own event loop runs in the test's thread; the ORM is used there by fixtures only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Starts Chromium, with more arguments if need be; all of them end with the session."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:

        def start(*more: str) -> Browser:
            return playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS, *more])

        yield start


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    """One Chromium for all journeys."""
    chromium = launch()
    yield chromium
    chromium.close()


@pytest.fixture
def open_context(browser: Browser, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser windows: `open_context(viewport=PHONE, javascript=True, language="nl-NL")`."""
    contexts: list[BrowserContext] = []

    def make(viewport: dict[str, int] = PHONE, *, javascript: bool = True, language: str = "nl-NL") -> BrowserContext:
        context = browser.new_context(
            viewport=viewport,
            java_script_enabled=javascript,
            locale=language,
            base_url=live_server.url,
            accept_downloads=True,
            timezone_id="Europe/Amsterdam",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


def picture(page: Page, name: str) -> None:
    """Keeps a screenshot when `PICTURES` names a folder."""
    if folder := os.environ.get("PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def assert_accessible(page: Page) -> None:
    """axe finds nothing on this page as it stands, and nothing hangs out of it sideways."""
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, options={"resultTypes": ["violations"]})
    found = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    assert found == [], f"{page.url}: {found}"
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1], f"{page.url} scrolls sideways: {widths}"
