"""Serves the page tree: from the cache for who carries no cookie of ours, and in one language only.

A warm page costs no query. What is kept goes stale at once when an editor publishes (`bump`), in every
process that shares the cache, and by itself after a minute. Nothing is kept that could differ by
person: no answer but 200, none that set a cookie, read the session or varies by cookie.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeGuard

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from cms.pages.stamp import SECONDS_KEPT, bump, stamp

__all__ = ["SECONDS_KEPT", "WarmPages", "bump", "for_everyone", "serve", "stamp"]

#: Pages that a process keeps at hand, besides the cache that all processes share.
AT_HAND = 200
#: How the address of a page begins: its language.
_LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept, with the stamp that held when its making began, and until when it may be used."""

    stamp: str
    until: float
    body: bytes
    headers: dict[str, str]


_at_hand: dict[str, Kept] = {}


class WarmPages:
    """Answers a public page from the cache before anything else is asked of the request. It stands behind the
    middleware that writes headers and before sessions; a preview (`is_dummy`) passes it by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The kept page, or a fresh answer, which is kept when `serve` says it is the same for everyone."""
        if not _may_be_kept(request):
            return self.get_response(request)
        place = f"pages:{sha256(f'{request.get_host()}{request.path}'.encode()).hexdigest()}"
        now = stamp()
        kept = _kept(place, now)
        if kept is not None:
            return HttpResponse(kept.body, headers=kept.headers)
        response = self.get_response(request)
        if getattr(response, "is_for_everyone", False) and _is_for_everyone(response, request):
            cache.set(
                place, Kept(now, time.time() + SECONDS_KEPT, response.content, dict(response.items())), SECONDS_KEPT
            )
        return response


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at this path in the language of the address; raises `Http404` when there is none in it."""
    return for_everyone(request, _serve_in_its_language(request, path))


def for_everyone(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The same answer, marked for keeping when it would have been the same for anybody."""
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    if _may_be_kept(request) and _is_for_everyone(response, request):
        response.is_for_everyone = True  # type: ignore[attr-defined]
    return response


def _kept(place: str, stamp: str) -> Kept | None:
    """What is kept for this place under this stamp: at hand, else in the shared cache."""
    now = time.time()
    kept = _at_hand.get(place)
    if kept is None or kept.stamp != stamp or kept.until <= now:
        kept = cache.get(place)
        if kept is None or kept.stamp != stamp or kept.until <= now:
            return None
        if len(_at_hand) >= AT_HAND:
            _at_hand.clear()
        _at_hand[place] = kept
    return kept


def _may_be_kept(request: HttpRequest) -> bool:
    ours = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
    return (
        request.method in ("GET", "HEAD")
        and request.path_info.startswith(_LANGUAGES)
        and not getattr(request, "is_dummy", False)
        and not request.META.get("QUERY_STRING")
        and not any(name in request.COOKIES for name in ours)
    )


def _is_for_everyone(response: HttpResponseBase, request: HttpRequest) -> TypeGuard[HttpResponse]:
    """Whether this answer would have been the same for anybody."""
    session = getattr(request, "session", None)
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and request.method == "GET"
        and not response.cookies
        and not getattr(session, "accessed", False)
        and not getattr(session, "modified", False)
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "cookie" not in response.headers.get("Vary", "").lower()
        and "private" not in response.headers.get("Cache-Control", "")
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


def _serve_in_its_language(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's own view, but not with a page of another language: where a language has no home page,
    Wagtail hands out the Dutch one."""
    route = Page.route_for_request(request, path)
    if route is None and settings.SESSION_COOKIE_NAME in request.COOKIES:
        # A restricted page asks who is there before it isn't there: so does one that isn't there at all, or the
        # headers would tell one from the other.
        _ = request.user.is_authenticated
    if route is not None and route[0].locale.language_code != get_language():
        raise Http404
    return wagtail_serve(request, path)
