"""Which language a page is in."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers


class LanguageMiddleware(LocaleMiddleware):
    """The language of the address, else of the browser. Django's own also sends every 404 outside the
    languages on to the address with a language in front; here printed addresses (`/start/<code>`,
    `/c/<code>`) have pages of their own for what doesn't exist."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
        """Names the language of the answer, and what it depends on."""
        if translation.get_language_from_path(request.path_info) is None:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response  # type: ignore[return-value]
