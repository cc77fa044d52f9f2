"""Which language a page is in: that of its address, and no other.

Three kinds of language stand in `LANGUAGES`. Staff's (`STAFF_LANGUAGES`) have every screen; the others that are
offered (`OFFERED_LANGUAGES`) have all but the screens of managers and professionals, which are shown in English
instead; those that are only prepared have no page at all yet.
"""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.defaults import page_not_found

from cms.accounts import languages

#: Where staff work without a language in the address.
_STAFF_ROOMS = ("/beheer/", "/demo/", "/stijlgids/")
#: Screens of managers and of safety professionals, in the staff's languages only. A person's own employers
#: (`werkgever/mijn/`) are no such screen.
_STAFF_SCREENS = re.compile(r"/[^/]+/(werkgever(/(?!mijn(/|$))|$)|uitnodiging/beheer/|professionals(/|$))")
#: In which language they are shown when the address has another one.
_STAFF_LANGUAGE = "en"


class LanguageMiddleware(LocaleMiddleware):
    """The language of the address, else of the browser. Django's own also sends every 404 outside the
    languages on to the address with a language in front; here printed addresses (`/start/<code>`,
    `/c/<code>`) have pages of their own for what doesn't exist."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:  # type: ignore[override]
        """Chooses the language; answers at once what has no page in the language of its address."""
        path = request.path_info
        named = translation.get_language_from_path(path)
        language = named.lower() if named else self._unnamed(request)
        translation.activate(language if languages.is_offered(language) else languages.of_browser(request))
        request.LANGUAGE_CODE = translation.get_language()
        if named is None:
            return None
        if not languages.is_offered(language):
            return page_not_found(request, Http404())
        if request.method in ("GET", "HEAD"):
            return self._elsewhere(request, named, language)
        return None

    def _unnamed(self, request: HttpRequest) -> str:
        """The language of an address without one."""
        staff = request.path_info.startswith(_STAFF_ROOMS)
        return languages.of_browser(request, settings.STAFF_LANGUAGES if staff else None)

    def _elsewhere(self, request: HttpRequest, named: str, language: str) -> HttpResponse | None:
        """A redirect for what has no page under this address in this language: an address in capitals, and a
        screen of staff in a language of learners."""
        if language not in settings.STAFF_LANGUAGES and _STAFF_SCREENS.match(request.path_info):
            language = _STAFF_LANGUAGE
        if named == language:
            return None
        rest = request.get_full_path()[1 + len(named) :]
        return HttpResponseRedirect(f"/{language}{rest}")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
        """Names the language of the answer, and what it depends on."""
        named = translation.get_language_from_path(request.path_info)
        if named is None or not languages.is_offered(named.lower()):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response  # type: ignore[return-value]
