"""The editors' guide, inside the CMS, in the language that the CMS speaks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

#: Languages in which the guide is written: `templates/pages/admin/guide/<language>.html`.
LANGUAGES = ("nl", "en")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The guide, for everyone who may open the CMS."""
    language = (get_language() or "nl")[:2]
    language = language if language in LANGUAGES else "en"
    text = f"pages/admin/guide/{language}.html"
    return render(request, "pages/admin/guide.html", {"text": text, "language": language})
