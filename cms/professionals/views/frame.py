"""What the screens of this room share."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.accounts.languages import address_in_others


def other_languages(path: str) -> list[dict[str, str]]:
    """This path in the other languages in which this room's texts are complete, for the switch."""
    return address_in_others(path, settings.STAFF_LANGUAGES)


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A screen of this room."""
    context = {"translations": other_languages(request.path), "section": "professionals", **context}
    return render(request, f"professionals/{name}.html", context, status=status)
