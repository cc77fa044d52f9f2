"""Addresses outside the page tree."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache


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
