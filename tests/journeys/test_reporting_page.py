"""The reporting page in a real browser: nothing is asked of anybody else, and nothing is told to anybody."""

import socketserver
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import DESK, PHONE, assert_accessible, picture
from tests.journeys.content import load_pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGES = ["/nl/melden/", "/en/report/"]


@pytest.fixture
def content(tmp_path, settings, transactional_db):
    settings.REPORTING_DIR = tmp_path / "reporting"
    load_pages()


@pytest.fixture
def landing(tmp_path):
    """M.'s site, as a server of ours on loopback with a certificate of its own; keeps every request's headers."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=landing",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    seen: list[tuple[str, str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(
                (self.headers["Host"], self.path, {name.lower(): value for name, value in self.headers.items()})
            )
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>landing</title><p>landing")

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args):
            pass

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], seen
    server.shutdown()
    server.server_close()


@pytest.fixture
def watched(landing, live_server, launch):
    """A browser for which every other host is the landing server: whatever it asks of anybody, we see."""
    port, seen = landing
    chromium = launch(f"--host-resolver-rules=MAP * 127.0.0.1:{port}, EXCLUDE localhost, EXCLUDE 127.0.0.1")
    context = chromium.new_context(base_url=live_server.url, ignore_https_errors=True, viewport=PHONE)
    yield context, seen
    chromium.close()


def visits(seen):
    """What the landing server learned of each visit: host, path, referrer, cookie. Its own icon, which the
    browser asks for from its own page, aside."""
    return [
        (host, path, headers.get("referer"), headers.get("cookie"))
        for host, path, headers in seen
        if path != "/favicon.ico"
    ]


def test_a_visit_is_one_request_and_leaves_no_cookie_or_storage(content, watched):
    context, seen = watched
    for address in PAGES:
        page = context.new_page()
        requests, complaints = [], []
        page.on("request", lambda request, requests=requests: requests.append(request.url))
        page.on("console", lambda message, complaints=complaints: complaints.append(message.text))
        page.goto(address)
        page.wait_for_timeout(500)
        assert [urlsplit(url).path for url in requests if not url.startswith("data:")] == [address]
        assert complaints == []  # the policy had nothing to refuse
        storage = "[localStorage.length, sessionStorage.length, document.cookie, navigator.serviceWorker.controller]"
        assert page.evaluate(storage) == [0, 0, "", None]
        page.close()
    assert context.cookies() == []
    assert seen == []


def test_calling_and_going_to_m_tells_nobody_where_the_visitor_came_from(content, watched):
    context, seen = watched
    page = context.new_page()
    page.goto("/nl/melden/")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    for number in ("112", "08007000", "09008844"):
        page.locator(f'main a[href="tel:{number}"]').click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert requests
    assert all(url.startswith("tel:") for url in requests)
    assert seen == []

    page = context.new_page()
    page.goto("/nl/melden/")
    page.on("request", lambda request: requests.append(request.url))
    page.get_by_role("link", name="meldmisdaadanoniem.nl").first.click()
    page.wait_for_url("https://www.meldmisdaadanoniem.nl/")
    assert visits(seen) == [("www.meldmisdaadanoniem.nl", "/", None, None)]
    ours = [url for url in requests if urlsplit(url).hostname in ("localhost", "127.0.0.1")]
    assert ours == []


def test_leaving_quickly_stays_in_the_tab_and_sends_no_referrer(content, watched):
    context, seen = watched
    page = context.new_page()
    page.goto("/nl/melden/")
    page.keyboard.press("Tab")  # skip link
    page.keyboard.press("Tab")  # 112
    page.keyboard.press("Tab")
    leaving = page.evaluate("[document.activeElement.getAttribute('href'), document.activeElement.getAttribute('rel')]")
    assert leaving == ["https://www.knmi.nl/", "nofollow noreferrer"]
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.knmi.nl/")
    assert len(context.pages) == 1
    assert visits(seen) == [("www.knmi.nl", "/", None, None)]


def test_the_landing_server_would_have_seen_a_referrer(content, watched):
    """A planted fault: an ordinary page with an ordinary link."""
    context, seen = watched
    page = context.new_page()
    page.route("**/planted/", lambda route: route.fulfill(
        content_type="text/html", body='<a href="https://www.meldmisdaadanoniem.nl/" referrerpolicy="unsafe-url">go</a>'
    ))  # fmt: skip
    page.goto("/planted/")
    page.get_by_role("link", name="go").click()
    page.wait_for_url("https://www.meldmisdaadanoniem.nl/")
    assert any("planted" in headers.get("referer", "") for _host, _path, headers in seen)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_says_the_same_without_scripts(content, open_context, javascript):
    page = open_context(PHONE, javascript=javascript).new_page()
    page.goto("/nl/melden/")
    assert page.get_by_role("link", name="0800-7000").first.is_visible()
    assert page.locator(".exit a").is_visible()


@pytest.mark.parametrize("address", [*PAGES, "/nl/", "/en/", "/nl/privacy/", "/nl/contact/", "/en/accessibility/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_are_accessible_on_phone_and_desk(content, open_context, address, scheme):
    for viewport in ({"width": 320, "height": 640}, PHONE, DESK):
        context = open_context(viewport)
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        assert_accessible(page)
        picture(page, f"{address.strip('/').replace('/', '-')}-{viewport['width']}-{scheme}")
