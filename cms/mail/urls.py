"""Anymail's webhooks for what a provider reports; nothing comes in by mail, so none for inbound."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from anymail.exceptions import AnymailConfigurationError
from anymail.urls import urlpatterns as anymail_patterns
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, path

app_name = "mail"


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A webhook that refuses everything (403) while no secret is set (Anymail's own lets everybody in),
    and answers 400 to a body that it can't read."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.ANYMAIL.get("WEBHOOK_SECRET"):
            return HttpResponse("No webhook secret is set.\n", status=403, content_type="text/plain")
        try:
            return view(request, *args, **kwargs)
        except AnymailConfigurationError:
            return HttpResponse("This provider is not set up here.\n", status=403, content_type="text/plain")
        except (ValueError, KeyError, TypeError, AttributeError, LookupError):
            return HttpResponse("The event can't be read.\n", status=400, content_type="text/plain")

    return answer


urlpatterns: list[URLPattern | URLResolver] = [
    path(str(pattern.pattern), guarded(pattern.callback), name=pattern.name)
    for pattern in anymail_patterns
    if "tracking" in pattern.name or "mandrill" in pattern.name
]
