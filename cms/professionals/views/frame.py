"""What the screens of this room share."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

#: Languages in which this room's texts are complete.
_LANGUAGES = settings.STAFF_LANGUAGES


def other_languages(path: str) -> list[dict[str, str]]:
    """This path in the other languages, for the switch."""
    return [
        {
            "code": code,
            "label": get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(path, code),
        }
        for code in _LANGUAGES
        if code != get_language()
    ]


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A screen of this room."""
    context = {"translations": other_languages(request.path), "section": "professionals", **context}
    return render(request, f"professionals/{name}.html", context, status=status)
