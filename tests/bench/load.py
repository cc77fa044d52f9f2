"""A small client that keeps its connections open, and the figures of what it saw."""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


@dataclass
class Figures:
    """Seconds per request, in the order of their ends, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    wall: float = 0.0

    def line(self) -> str:
        """Requests a second, median and p95."""
        if not self.seconds:
            return f"no answers, {self.errors} errors"
        cuts = statistics.quantiles(self.seconds, n=20)
        return (
            f"{len(self.seconds) / self.wall:8.0f} /s   median {1000 * statistics.median(self.seconds):7.1f} ms   "
            f"p95 {1000 * cuts[18]:7.1f} ms   errors {self.errors}"
        )

    @property
    def rate(self) -> float:
        """Per second."""
        return len(self.seconds) / self.wall if self.wall else 0.0


class Browser:
    """Just enough of a browser: one connection, cookies, forms."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.requests = 0
        self.page = ""

    def get(self, path: str) -> int:
        """Status of a GET; redirects are not followed."""
        return self._ask("GET", path)

    def post(self, path: str, values: list[tuple[str, str]]) -> int:
        """Status of a form's POST, with the page's own CSRF token in `values`."""
        return self._ask("POST", path, urlencode(values), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None = None, more: dict[str, str] | None = None) -> int:
        headers = {"Accept-Encoding": "identity", **(more or {})}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        for header in response.headers.get_all("Set-Cookie") or []:
            name, _is, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        self.page = response.read().decode("utf-8", "replace")
        self.requests += 1
        return response.status


FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class Form:
    """Hidden fields and choices of the form with this `act`. Found by pattern: a real parser would take as long
    as the server that is measured beside it."""

    def __init__(self, page: str, act: str) -> None:
        self.hidden: list[tuple[str, str]] = []
        self.choices: list[tuple[str, str]] = []
        form = next((form for form in FORM.findall(page) if f'value="{act}"' in form), "")
        for tag in INPUT.findall(form):
            values = dict(ATTRIBUTE.findall(tag))
            pair = (values.get("name", ""), values.get("value", ""))
            (self.hidden if values.get("type") == "hidden" else self.choices).append(pair)


def hammer(base: str, ask: Callable[[Browser], int], browsers: list[Browser], seconds: float) -> Figures:
    """Every browser asks again and again for so many seconds, all at once."""
    figures, lock, end = Figures(), threading.Lock(), time.perf_counter() + seconds

    def one(browser: Browser) -> None:
        mine: list[float] = []
        errors = 0
        while time.perf_counter() < end:
            started = time.perf_counter()
            if ask(browser) >= 400:
                errors += 1
            mine.append(time.perf_counter() - started)
        with lock:
            figures.seconds += mine
            figures.errors += errors

    started = time.perf_counter()
    threads = [threading.Thread(target=one, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures.wall = time.perf_counter() - started
    return figures
