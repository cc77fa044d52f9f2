from typing import Any

from django.http import HttpRequest, HttpResponse


def axes_username(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username", "")).strip().lower()


def client_address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


def locked_out_response(request: HttpRequest, credentials: dict[str, Any] | None = None) -> HttpResponse:
    return HttpResponse("locked", status=429)
