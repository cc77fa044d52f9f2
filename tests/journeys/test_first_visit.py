"""What a first visit weighs, on the server and with the compressed files that the demo and production use."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.db import connection

from learning.modules.models import EditionText
from tests.journeys import content
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MOST_BYTES = 60 * 1024
MOST_REQUESTS = 8


def database_url() -> str:
    """The test's own database, for a server of its own."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    return f"postgres://{parts['USER']}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"


@pytest.fixture
def server(transactional_db, tmp_path):
    """Gunicorn with collected, compressed static files."""
    content.load_everything()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "collectstatic", "--noinput", "-v0"], env=env, check=True, timeout=120)
    subprocess.run([*manage, "build_reporting"], env=env, check=True, timeout=60, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    process = subprocess.Popen(command, env=env)
    base = f"http://127.0.0.1:{port}"
    for _try in range(150):
        try:
            urllib.request.urlopen(f"{base}/livez", timeout=5)
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    yield base
    process.terminate()
    process.wait(timeout=20)


def weigh(browser, address):
    """(bytes over the wire with headers, requests, hosts) of a visit with an empty cache."""
    context = browser.new_context(viewport=PHONE, locale="nl-NL")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    seen = {"bytes": 0, "requests": 0}
    hosts = set()

    def finished(event):
        seen["bytes"] += event["encodedDataLength"]

    def sent(event):
        if not event["request"]["url"].startswith("data:"):
            seen["requests"] += 1
            hosts.add(event["request"]["url"].split("/")[2])

    devtools.on("Network.loadingFinished", finished)
    devtools.on("Network.requestWillBeSent", sent)
    page.goto(address, wait_until="networkidle")
    context.close()
    return seen["bytes"], seen["requests"], hosts


def test_a_first_visit_is_light_and_first_party(server, browser, record_property):
    text = EditionText.objects.get(language="nl", slug="terminalmedewerkers")
    lesson = f"/nl/modules/{text.slug}/{text.lessons[0]['key']}/"
    for path in (lesson, f"/nl/modules/{text.slug}/", "/nl/modules/", "/nl/", "/nl/melden/", "/nl/inloggen/"):
        size, requests, hosts = weigh(browser, server + path)
        record_property(path, f"{size} bytes, {requests} requests")
        print(f"{path}: {size / 1024:.1f} KB in {requests} requests")
        assert hosts == {server.split("/")[2]}
        assert size <= MOST_BYTES, f"{path}: {size} bytes"
        assert requests <= MOST_REQUESTS, f"{path}: {requests} requests"
