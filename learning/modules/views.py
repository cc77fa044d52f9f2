"""Reading a module. Anyone may; the page is the same for everyone, so it asks for no session and may be kept
by any cache for a while."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from cms.pages import look
from cms.reporting import channels
from learning.modules import editions, rendered, shown
from learning.modules.models import EditionText

#: Seconds that a browser or proxy may keep a page before it asks again.
FRESH = 300


def _page(slug: str, part: str, render_it: Callable[[EditionText], str]) -> HttpResponse | None:
    """A page of the current edition at this address, in the language of the address; None when there is no
    edition. One query, and no rendering, when somebody saw the page before."""
    language = get_language() or ""
    mark = editions.current_mark(slug, language)
    if mark is None:
        return None

    def make() -> bytes:
        return render_it(EditionText.objects.select_related("edition__module").get(pk=mark[0])).encode()

    return HttpResponse(rendered.page((mark, part, channels.mark(language), look.current().address), make))


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

    def render_it(text: EditionText) -> str:
        context = shown.overview_context(text, editions.addresses(text))
        return render_to_string("modules/overview.html", context, request)

    return _page(slug, "", render_it) or _moved(slug)


@require_safe
@cache_control(public=True, max_age=FRESH)
@conditional_page
def lesson(request: HttpRequest, slug: str, lesson_key: str) -> HttpResponse:
    """One lesson, from the current edition."""

    def render_it(text: EditionText) -> str:
        place = shown.lesson_named(text, lesson_key)
        if place is None:
            raise Http404
        context = shown.lesson_context(text, place, editions.addresses(text, lesson_key))
        return render_to_string("modules/lesson.html", context, request)

    return _page(slug, lesson_key, render_it) or _moved(slug, lesson_key)
