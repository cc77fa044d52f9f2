"""What a visit to the reporting page leaves behind: nothing. Numbers are those of the measuring rules."""

import gzip
import hashlib
import logging
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from cms.reporting import gate
from cms.reporting.addresses import REPORTING_PATHS
from tests.conftest import signed_in

PAGES = list(REPORTING_PATHS.values())


@pytest.fixture
def log_lines(request):
    """Every record that any logger makes, from the lowest level up."""
    records: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record):
            records.append(record)

    handler = Keep(level=logging.NOTSET)
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in ("django", "django.server", "django.request", "wagtail"))]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    root.addHandler(handler)
    # The test client's own libraries may speak; ours and Django's may not.
    yield records
    root.removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def database_dump() -> dict[str, str]:
    """A hash of all rows of every table."""
    dump = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            dump[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return dump


def files_under(folder: Path) -> dict[str, tuple[int, str]]:
    """Name, time of change and content of every file."""
    return {
        str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".sqlite3" not in path.name
    }


# 1 ---------------------------------------------------------------------------------------------
def test_fifty_visits_of_a_learner_leave_database_cache_logs_and_mailbox_as_they_were(built, sam, log_lines):
    client = signed_in(sam)
    cache.set("a-cached-page", "as it was", None)
    client.get("/livez")
    var = Path(django_settings.VAR_DIR)
    before = database_dump(), files_under(var), [message.message() for message in mail.outbox]
    log_lines.clear()

    for _visit in range(50):
        for page in PAGES:
            assert client.get(page).status_code == 200

    assert log_lines == []
    assert (database_dump(), files_under(var), [message.message() for message in mail.outbox]) == before


def test_the_dump_would_have_seen_a_row_and_the_log_a_line(built, sam, log_lines):
    """A planted fault: without it the silence above would mean nothing."""
    client = signed_in(sam)
    before = database_dump()
    log_lines.clear()
    assert client.get("/nl/bestaat-niet/").status_code == 404
    session = client.session
    session["seen"] = "once"
    session.save()
    assert database_dump() != before
    assert any("bestaat-niet" in record.getMessage() for record in log_lines)


# 2 ---------------------------------------------------------------------------------------------
@pytest.fixture
def tripwires(monkeypatch):
    """Whoever touches a session, a user, the cache or the database falls."""

    class Touched(AssertionError):
        pass

    def fall(what):
        def touched(*args, **kwargs):
            raise Touched(what)

        return touched

    monkeypatch.setattr(SessionStore, "__init__", fall("session"))
    monkeypatch.setattr(SessionStore, "load", fall("session"))
    monkeypatch.setattr("django.contrib.auth.get_user", fall("user"))
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", fall("user"))
    for name in ("get", "set", "add", "get_many", "set_many", "incr", "touch"):
        monkeypatch.setattr(type(cache._connections["default"]), name, fall("cache"), raising=False)
    with connection.execute_wrapper(fall("database")):
        yield Touched


@pytest.mark.parametrize("page", PAGES)
def test_no_cookie_is_set_and_session_user_cache_and_database_are_never_touched(built, sam, page, tripwires):
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "a-session-that-somebody-has"
    client.cookies[django_settings.CSRF_COOKIE_NAME] = "a" * 32
    client.cookies["messages"] = "anything"
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get(page, headers={"accept-language": "en", "referer": "http://testserver/nl/mijn/"})
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_tripwires_catch_an_ordinary_page(built, tripwires):
    """A planted fault."""
    client = Client(raise_request_exception=True)
    with pytest.raises(tripwires):
        client.get("/nl/")


@pytest.mark.parametrize("page", PAGES)
def test_everybody_gets_the_same_bytes(built, sam, communicator, page):
    visitors = [Client(), signed_in(sam), signed_in(communicator, verified=True)]
    answers = [visitor.get(page, headers={"user-agent": f"agent {n}"}) for n, visitor in enumerate(visitors)]
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


# 4 ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_an_error_shows_the_three_numbers_and_reports_nothing(built, page, monkeypatch, log_lines):
    def broken(language):
        raise OSError("disk gone")

    monkeypatch.setattr(gate, "page_file", broken)
    response = Client(raise_request_exception=False).get(page)
    assert response.status_code == 200
    for number in ("tel:112", "tel:09008844", "tel:08007000"):
        assert number in response.content.decode()
    assert log_lines == []
    assert mail.outbox == []


def test_without_a_built_page_the_numbers_are_shown(client, reporting_dir):
    assert not reporting_dir.exists()
    for page in PAGES:
        assert b"0800-7000" in client.get(page).content
    assert not reporting_dir.exists()


# Duties ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_headers_forbid_referrer_storage_and_everything_from_elsewhere(built, client, page):
    headers = client.get(page).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert policy["style-src"].startswith("'sha256-")
    assert policy["img-src"] == "data:"
    assert policy["connect-src"] == "'self'"  # robots.txt, for tools; no script can run that would use it
    known = {"default-src", "style-src", "img-src", "connect-src", "base-uri", "form-action", "frame-ancestors"}
    assert set(policy) == known


@pytest.mark.parametrize("page", PAGES)
def test_head_answers_like_get_without_a_body(built, client, page):
    head, get = client.head(page), client.get(page)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.content))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused_and_leave_no_line(built, client, method, log_lines):
    response = getattr(client, method)("/nl/melden/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert log_lines == []


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("/nl/melden", "/nl/melden/"),
        ("/nl/melden/?bron=kantine-3", "/nl/melden/"),
        ("/en/report/?q=x&utm_source=y", "/en/report/"),
        ("/NL/MELDEN/", "/nl/melden/"),
        ("/nl/melden/nummers/", "/nl/melden/"),
        ("/en/melden/", "/en/report/"),
        ("/melden", "/nl/melden/"),
        ("/pl/melden", "/pl/zglos/"),
        ("/pl/zg\u0142o\u015b/", "/pl/zglos/"),
        ("/RO/Raporteaza", "/ro/raporteaza/"),
        ("/uk/\u043f\u043e\u0432\u0456\u0434\u043e\u043c\u0438\u0442\u0438/", "/uk/povidomyty/"),
        ("/de/report/", "/de/melden/"),
        ("/bg/melden/", "/en/report/"),
        ("/ru/report", "/en/report/"),
        ("/fr/melden", "/en/report/"),
    ],
)
def test_an_address_nearly_right_leads_to_the_bare_one_and_leaves_no_line(built, client, address, bare, log_lines):
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"] == bare
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert log_lines == []


def test_an_unprotected_request_is_sent_to_the_protected_address(built, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.BASE_URL = "https://weerbaar.example"
    response = client.get("/nl/melden/", headers={"host": "not-ours.example"})
    assert response.headers["Location"] == "https://weerbaar.example/nl/melden/"
    protected = client.get("/nl/melden/", secure=True)
    assert protected.status_code == 200
    assert protected.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_wrong_host_is_answered_without_a_report(built, client, log_lines):
    assert client.get("/nl/melden/", headers={"host": "somebody-else.example"}).status_code == 200
    assert log_lines == []


def test_a_phone_gets_the_page_compressed(built, client):
    plain = client.get("/nl/melden/")
    packed = client.get("/nl/melden/", headers={"accept-encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < 14_000  # one round trip of a fresh connection
