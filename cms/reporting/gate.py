"""The gate: answers the reporting page before anything else could notice the visitor.

It is the first middleware. What lies behind it (sessions, sign-in, database, cache, logging of
requests) is never reached, and everybody gets the same bytes. The page is one file with its style in
it, so a visit is one request: a style sheet of its own would be a second line in somebody's log.
"""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.reporting import fallback
from cms.reporting.addresses import REPORTING_PATHS, language_of
from cms.reporting.build import page_file

_STYLES = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True)
class Built:
    """The page as it is handed out: plain and compressed, with the policy that fits it."""

    body: bytes
    compressed: bytes
    policy: str

    @classmethod
    def of(cls, body: bytes) -> "Built":
        """From the page's bytes. Nothing secret stands in it, so compressing it tells nothing."""
        return cls(body, gzip.compress(body, mtime=0), policy_for(body))


#: Per file: what it looked like when it was read, and what it held.
_read: dict[str, tuple[tuple[int, int], Built]] = {}


def policy_for(body: bytes) -> str:
    """A content security policy that lets in nothing but the styles and pictures inside this page. No script may
    run, so `connect-src` lets nothing happen; without it the tools that judge a page can't read `robots.txt`."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(style).digest()).decode()}'" for style in _STYLES.findall(body))
    return (
        f"default-src 'none'; style-src {hashes or chr(39) + 'none' + chr(39)}; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _page(language: str) -> Built:
    """The built page; its file is read again only when it was replaced. Whatever goes wrong, the numbers
    are shown, and nothing is written down about it."""
    try:
        path = page_file(language)
        status = path.stat()
        mark = (status.st_mtime_ns, status.st_size)
        known = _read.get(str(path))
        if known is None or known[0] != mark:
            known = (mark, Built.of(path.read_bytes()))
            _read[str(path)] = known
    except Exception:  # an error report would say that somebody was here
        return Built.of(fallback.page(language))
    return known[1]


class ReportingGate:
    """Django middleware, to be listed before every other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the reporting page in every spelling; passes all else on."""
        language = language_of(request.path_info)
        if language is None:
            return self.get_response(request)
        response = self.answer(request, language)
        # Django writes a line for every answer of 400 and up, unless it has been written already.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    def answer(self, request: HttpRequest, language: str) -> HttpResponse:
        """The page, or a redirect to its bare address: no place or person may be read from an address."""
        address = REPORTING_PATHS[language]
        secure = request.is_secure()
        if request.method not in ("GET", "HEAD"):
            response = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        elif settings.SECURE_SSL_REDIRECT and not secure and settings.BASE_URL.startswith("https://"):
            response = HttpResponse(status=302, headers={"Location": settings.BASE_URL + address})
        elif request.path_info != address or request.META.get("QUERY_STRING"):
            response = HttpResponse(status=302, headers={"Location": address})
        else:
            page = _page(language)
            compressed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
            body = page.compressed if compressed else page.body
            response = HttpResponse(b"" if request.method == "HEAD" else body, content_type="text/html; charset=utf-8")
            response.headers["Content-Length"] = str(len(body))
            response.headers["Content-Language"] = language
            response.headers["Content-Security-Policy"] = page.policy
            response.headers["Vary"] = "Accept-Encoding"
            if compressed:
                response.headers["Content-Encoding"] = "gzip"
        response.headers.setdefault("Content-Security-Policy", policy_for(b""))
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = (
            "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()"
        )
        if secure and settings.SECURE_HSTS_SECONDS:
            response.headers["Strict-Transport-Security"] = _transport_security()
        return response


def _transport_security() -> str:
    """The header Django's own middleware would have sent."""
    value = f"max-age={settings.SECURE_HSTS_SECONDS}"
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        value += "; includeSubDomains"
    return value + ("; preload" if settings.SECURE_HSTS_PRELOAD else "")
