"""The page that searches. Its address holds the question, so nothing may keep that address: no cache, no search
engine, no other page (as referrer), no log."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.languages import own_name
from cms.pages import search
from cms.reporting.channels import for_block


@require_safe
@never_cache
def results(request: HttpRequest) -> HttpResponse:
    """What matches the question in this language, ten on a page; without any, where else to look."""
    language = get_language() or settings.LANGUAGE_CODE
    areas, themes = search.regions(language), search.themes(language)
    form = search.SearchForm(request.GET, areas, themes)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    found = search.find(
        asked.get("q", ""),
        language,
        kind=asked.get("soort", ""),
        region=next((area for area in areas if area.slug == asked.get("regio")), None),
        theme=next((theme for theme in themes if theme.slug == asked.get("thema")), None),
    )
    context = {
        "form": form,
        "found": found,
        "q": asked.get("q", ""),
        "page_obj": Paginator(found, search.PER_PAGE).get_page(request.GET.get("pagina")),  # type: ignore[arg-type]
        "querystring": urlencode(asked),
        "clear": f"?{urlencode({'q': asked['q']})}" if "q" in asked and len(asked) > 1 else "",
        "elsewhere": [] if found else search.elsewhere(language),
        "channel": for_block("m", language),
        "translations": [
            {"code": code, "label": own_name(code), "url": f"/{code}/zoeken/"}
            for code in settings.OFFERED_LANGUAGES
            if code != language
        ],
    }
    response = render(request, "pages/search.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
