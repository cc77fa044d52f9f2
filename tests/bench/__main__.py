"""`make bench`: the hot paths against the floor, on volumes that `seed_volume` makes.

A figure is a measurement of one machine on one day, never a promise and never a test. The floor is a plain
Django view measured in the same run: quote the ratio. Environment: DATABASE_URL (SQLite in a scratch folder
by default), BENCH_PEOPLE (10000), BENCH_SECONDS (8 per measurement).
"""

import os
import platform
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="weerbaar-bench-"))
os.environ["VAR_DIR"] = str(SCRATCH)
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_otp import DEVICE_ID_SESSION_KEY  # noqa: E402
from django_otp.plugins.otp_totp.models import TOTPDevice  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from learning.employers import uploads  # noqa: E402
from learning.employers.models import Organisation  # noqa: E402
from learning.modules.editions import current_texts  # noqa: E402
from tests.bench.load import Browser, Figures, Form, hammer  # noqa: E402

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
AT_ONCE = 16
PASSWORD = "bench-wachtwoord-2026"


def say(name: str, text: str) -> None:
    """One line of figures."""
    print(f"{name:<34}{text}", flush=True)


def prepare() -> None:
    """An installed demo with a large organisation in it."""
    call_command("migrate", verbosity=0)
    call_command("load_starter", demo=True)
    started = time.perf_counter()
    call_command("seed_volume", people=PEOPLE)
    say("seed_volume", f"{PEOPLE} people in {time.perf_counter() - started:.1f} s")
    call_command("collectstatic", interactive=False, verbosity=0)


def serve() -> tuple[subprocess.Popen[bytes], str]:
    """Gunicorn with two processes, as the demo runs it; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    server = subprocess.Popen([*command, "--workers", "2", "--threads", "8", "--worker-class", "gthread"])
    base = f"http://127.0.0.1:{port}"
    for _try in range(100):
        try:
            Browser(base).get("/livez")
        except OSError:
            time.sleep(0.1)
        else:
            return server, base
    raise SystemExit("the server did not start")


def learners(count: int) -> list[User]:
    """Fresh people who can take a quiz."""
    made = int(time.time() * 1000)
    return User.objects.bulk_create(
        User(email=f"bench{made}-{number}@example.org", first_name="Bo", last_name="Bench", password="!")
        for number in range(count)
    )


def signed_in(base: str, user: User, *, verified: bool = False) -> Browser:
    """A browser with this person's session."""
    client = Client()
    client.force_login(user, backend="cms.accounts.backends.PasswordBackend")
    if verified:
        device, _made = TOTPDevice.objects.get_or_create(user=user, name="bench", confirmed=True)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    browser = Browser(base)
    browser.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return browser


def pages(base: str) -> None:
    """Lesson, anonymous page and reporting page against the floors."""
    text = next(text for text in current_texts("nl"))
    lesson = f"/nl/modules/{text.slug}/{text.lessons[0]['key']}/"
    people = [signed_in(base, user) for user in learners(AT_ONCE)]
    strangers = [Browser(base) for _number in range(AT_ONCE)]
    floor = hammer(base, lambda browser: browser.get("/floor/"), people, SECONDS)
    say("floor: session, user, 2 queries", floor.line())
    figures = hammer(base, lambda browser: browser.get(lesson), people, SECONDS)
    say("lesson page, signed in", f"{figures.line()}   {figures.rate / floor.rate:.2f} of the floor")
    bare = hammer(base, lambda browser: browser.get("/bare/"), strangers, SECONDS)
    say("floor without database", bare.line())
    area = "/nl/regios/noordzeekanaalgebied/"
    for name, path in (
        ("home page, anonymous, warm", "/nl/"),
        ("area page, anonymous, warm", area),
        ("reporting page", "/nl/melden/"),
    ):
        figures = hammer(base, lambda browser, path=path: browser.get(path), strangers, SECONDS)
        say(name, f"{figures.line()}   {figures.rate / bare.rate:.2f} of the floor")


def take_quiz(browser: Browser, path: str) -> int:
    """One whole quiz, from start to result; answers by chance. Returns how many requests it took."""
    browser.requests = 0
    browser.get(path)
    form = Form(browser.page, "start")
    browser.post(f"{path}vraag/", form.hidden)
    for _number in range(40):
        form = Form(browser.page, "answer")
        if not form.choices:
            break
        browser.post(f"{path}vraag/", [*form.hidden, random.choice(form.choices), ("go", "next")])
    form = Form(browser.page, "submit")
    if not form.hidden or browser.post(f"{path}vraag/", form.hidden) != 200:
        raise RuntimeError("the quiz did not reach its result")
    return browser.requests


def quizzes(base: str) -> None:
    """Whole quizzes at once, graded on the server, every answer stored."""
    text = next(text for text in current_texts("nl"))
    path = f"/nl/mijn/toets/{text.slug}/"
    todo = [signed_in(base, user) for user in learners(240)]
    figures, lock = Figures(), threading.Lock()
    requests: list[int] = []

    def one() -> None:
        while True:
            with lock:
                if not todo:
                    return
                browser = todo.pop()
            started = time.perf_counter()
            count = take_quiz(browser, path)
            with lock:
                figures.seconds.append(time.perf_counter() - started)
                requests.append(count)

    started = time.perf_counter()
    threads = [threading.Thread(target=one) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures.wall = time.perf_counter() - started
    per = sum(requests) / len(requests)
    say(
        "whole quiz, start to result",
        f"{figures.line()}   {per:.1f} requests each, {figures.rate * per:.0f} requests/s",
    )


def employer(base: str) -> None:
    """The dashboard and the download of a large organisation."""
    organisation = Organisation.objects.order_by("-pk")[0]
    manager = organisation.managers.get(accepted_at__isnull=False).user
    browser = signed_in(base, manager, verified=True)
    address = f"/nl/werkgever/{organisation.public_id}/"
    for name, path in (("dashboard", address), ("completions as CSV", f"{address}overzicht.csv")):
        browser.get(path)
        taken = []
        for _time in range(5):
            started = time.perf_counter()
            status = browser.get(path)
            taken.append(time.perf_counter() - started)
        say(
            f"{name}, {PEOPLE} people",
            f"median {1000 * sorted(taken)[2]:7.1f} ms   {len(browser.page)} characters, {status}",
        )


def upload() -> None:
    """A file of staff: read, check and stage, then apply."""
    organisation = Organisation.objects.create(name="Upload (voorbeeld)", sector="terminal")
    manager = User.objects.filter(manages__isnull=False)[0]
    rows = 20_000
    lines = ["personeelsnummer;voornaam;achternaam;e-mail;team;startdatum"]
    lines += [f"{n};Voor{n};Achter{n};u{n}@example.org;Team {n % 20};2026-01-05" for n in range(rows)]
    content = "\r\n".join(lines).encode("utf-8")
    started = time.perf_counter()
    staged = uploads.stage(organisation, manager, "staff.csv", content, timezone.now())
    read = time.perf_counter() - started
    uploads.confirm(staged, timezone.now())
    uploads.apply_upload.call(staged.pk)
    seconds = time.perf_counter() - started
    say(
        "staff upload",
        f"{rows} rows: staged in {read:.1f} s, applied after {seconds:.1f} s: {rows / seconds:.0f} rows/s",
    )


def main() -> None:
    """Prepares, measures, prints, tidies up."""
    from django.db import connection

    say("machine", f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    say("database", connection.vendor)
    prepare()
    server, base = serve()
    try:
        pages(base)
        quizzes(base)
        employer(base)
    finally:
        server.terminate()
        server.wait()
    upload()
    shutil.rmtree(SCRATCH, ignore_errors=True)


if __name__ == "__main__":
    main()
