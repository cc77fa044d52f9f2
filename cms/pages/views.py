"""Addresses outside the page tree."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from wagtail.models import Page

from cms.pages.navigation import address_of
from cms.reporting.addresses import REPORTING_PATHS


@never_cache
def root(request: HttpRequest) -> HttpResponse:
    """From the bare address to the home page in the visitor's language, Dutch unless it is English."""
    language = get_language_from_request(request)
    return HttpResponseRedirect("/en/" if language == "en" else "/nl/")


def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness of this platform."""
    return HttpResponse(
        f"Contact: {settings.SECURITY_CONTACT}\nExpires: {settings.SECURITY_TXT_EXPIRES}\n"
        f"Preferred-Languages: nl, en\nCanonical: {settings.BASE_URL}/.well-known/security.txt\n",
        content_type="text/plain; charset=utf-8",
    )


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live public page, and the reporting page in every language."""
    pages = Page.objects.live().public().filter(depth__gte=2).select_related("locale").order_by("path")
    addresses = [settings.BASE_URL + address_of(page) for page in pages.iterator(chunk_size=500)]
    addresses += [settings.BASE_URL + path for path in REPORTING_PATHS.values()]
    return render(request, "pages/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: public pages, not people's screens."""
    private = ["/beheer/", "/api/", "/q/", "/c/", "/start/", "/*/mijn/", "/*/werkgever/", "/*/uitnodiging/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private), f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
