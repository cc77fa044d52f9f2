"""Reading a module. Anyone may; the page is the same for everyone, so it asks for no session and may be kept
by any cache for a while."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from learning.modules import editions, shown
from learning.modules.models import EditionText

#: Seconds that a browser or proxy may keep a page before it asks again.
FRESH = 300


def _text(slug: str) -> EditionText:
    """The current text at this address in the language of the address; raises `Http404`."""
    text = editions.current_text(slug, get_language() or "")
    if text is None:
        raise Http404
    return text


def _moved(slug: str, *rest: str) -> HttpResponse:
    """To today's address of a module that had this one in an earlier edition; raises `Http404`."""
    text = editions.formerly(slug, get_language() or "")
    if text is None:
        raise Http404
    target = shown.address("modules:lesson" if rest else "modules:overview", text.slug, *rest)
    return HttpResponseRedirect(target)


@require_safe
@cache_control(public=True, max_age=FRESH)
@conditional_page
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """What a module is about, and its lessons."""
    try:
        text = _text(slug)
    except Http404:
        return _moved(slug)
    return render(request, "modules/overview.html", shown.overview_context(text, editions.addresses(text)))


@require_safe
@cache_control(public=True, max_age=FRESH)
@conditional_page
def lesson(request: HttpRequest, slug: str, lesson_key: str) -> HttpResponse:
    """One lesson, from the current edition."""
    try:
        text = _text(slug)
    except Http404:
        return _moved(slug, lesson_key)
    place = shown.lesson_named(text, lesson_key)
    if place is None:
        raise Http404
    addresses = editions.addresses(text, lesson_key)
    return render(request, "modules/lesson.html", shown.lesson_context(text, place, addresses))
