"""What machines ask a site: which pages there are, what they may read, whom to tell of a weakness."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.pages import navigation, public_pages
from cms.reporting.addresses import REPORTING_PATHS

#: Addresses in one file; the protocol allows 50,000, with their alternates that would be far over 50 MB.
PER_FILE = 10_000
#: People's screens, printed codes and questions: no search engine has any business there.
PRIVATE = ("/beheer/", "/api/", "/q/", "/c/", "/start/", "/*/mijn/", "/*/werkgever/", "/*/uitnodiging/")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness of this platform."""
    return HttpResponse(
        f"Contact: {settings.SECURITY_CONTACT}\nExpires: {settings.SECURITY_TXT_EXPIRES}\n"
        f"Preferred-Languages: nl, en\nCanonical: {settings.BASE_URL}/.well-known/security.txt\n",
        content_type="text/plain; charset=utf-8",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: public pages, not people's screens."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that the public sees, with its other languages, and the reporting page. More than one file holds are
    named in an index of files."""
    keys = _keys()
    files = range(1, len(keys) // PER_FILE + 2)
    if len(files) == 1:
        return _file(request, keys, with_reporting=True)
    context = {"addresses": [f"{settings.BASE_URL}/sitemap-{number}.xml" for number in files]}
    return render(request, "pages/sitemap_index.xml", context, content_type="application/xml")


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One file of a site too large for one; raises `Http404` for a number that isn't there."""
    keys = _keys()[(number - 1) * PER_FILE : number * PER_FILE] if number > 0 else []
    if not keys:
        raise Http404
    return _file(request, keys, with_reporting=number == 1)


def _keys() -> list[Any]:
    """The translation keys of all public pages, in a fixed order."""
    found = {
        key for code in settings.OFFERED_LANGUAGES for key in _shown(code).values_list("translation_key", flat=True)
    }
    return sorted(found)


def _shown(language: str) -> Any:
    return public_pages.shown(language).filter(depth__gte=navigation.FRONT)


def _file(request: HttpRequest, keys: list[Any], *, with_reporting: bool) -> HttpResponse:
    rows = list(_rows(set(keys)))
    if with_reporting:
        rows += _group({code: (path, None) for code, path in REPORTING_PATHS.items()})
    return render(request, "pages/sitemap.xml", {"rows": rows}, content_type="application/xml")


def _rows(keys: set[Any]) -> Iterator[dict[str, Any]]:
    """Each page of these keys in each of its languages."""
    groups: dict[Any, dict[str, tuple[str, Any]]] = {}
    for code in settings.OFFERED_LANGUAGES:
        for page in _shown(code).select_related("locale").order_by("path").iterator(chunk_size=500):
            if page.translation_key in keys:
                written = (navigation.address_of(page), page.last_published_at)
                groups.setdefault(page.translation_key, {})[code] = written
    for group in groups.values():
        yield from _group(group)


def _group(group: dict[str, tuple[str, Any]]) -> list[dict[str, Any]]:
    """A page in its languages: each names all of them."""
    alternates = [{"code": code, "url": settings.BASE_URL + path} for code, (path, _at) in group.items()]
    return [
        {"url": settings.BASE_URL + path, "changed": at, "alternates": alternates if len(alternates) > 1 else []}
        for path, at in group.values()
    ]
