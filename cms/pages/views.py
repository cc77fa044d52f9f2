"""Addresses outside the page tree."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.accounts.languages import of_browser, own_name
from cms.pages import navigation, serving


@never_cache
def root(request: HttpRequest) -> HttpResponse:
    """From the bare address to the front page in the visitor's language; Dutch when the browser names none."""
    written = [front.code for front in navigation.front_pages()]
    return HttpResponseRedirect(f"/{of_browser(request, written)}/")


@require_safe
def not_yet(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Says that a public page isn't there in the language of the address, and in which languages it is. What is no
    public page is not found, so that nobody learns of a draft."""
    language = get_language()
    page = get_object_or_404(Page.objects.live().public(), pk=page_id)
    found = navigation.addresses(page.get_translations(inclusive=True).live().public())
    if language in found:
        return HttpResponseRedirect(found[language])
    if language not in {front.code for front in navigation.front_pages()}:
        raise Http404
    codes = [code for code in settings.OFFERED_LANGUAGES if code in found]
    context = {
        "written": [{"code": code, "label": own_name(code), "url": found[code]} for code in codes],
        "translations": navigation.switch(page, found, language),
    }
    return serving.for_everyone(request, render(request, "pages/not_yet.html", context))
