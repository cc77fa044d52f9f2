"""django-axes, which stands before every `authenticate()`, on top of our own table of tries: its own
store would keep e-mail addresses, network addresses and user agents in the clear."""

from typing import Any

from axes.handlers.base import AxesHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cms.accounts import lockout
from cms.accounts.models import User


def username(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """What was typed as e-mail address, in the one spelling that is counted."""
    return str((credentials or {}).get("username") or "").strip().lower()


def locked_out_response(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page that says to wait and what else can be done, whoever was tried (status 429)."""
    at = timezone.now()
    until = getattr(request, "locked_until", None) or at + lockout.WINDOW
    minutes = lockout.LockedOut(until).minutes(at)
    answer = render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    answer["Cache-Control"] = "no-store"
    return answer


class LockoutHandler(AxesHandler):
    """What axes asks and reports, answered from `cms.accounts.lockout`."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Counts the try; False when the account or the address of the network is locked."""
        keys = {"account": username(request, credentials), "address": lockout.client_address(request)}
        try:
            lockout.take(timezone.now(), **keys)
        except lockout.LockedOut as locked:
            self._mark(request, locked.until)
            return False
        request.password_try = keys  # type: ignore[attr-defined]
        return True

    def user_login_failed(
        self, sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """The last try that was left: says so at once."""
        if request is not None and (until := lockout.check("account", username(request, credentials), timezone.now())):
            self._mark(request, until)

    def user_logged_in(self, sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
        """Gives the try back, when it was one with a password."""
        lockout.succeed(**getattr(request, "password_try", {}))

    def _mark(self, request: HttpRequest, until: object) -> None:
        """Tells axes' middleware to answer with the page above."""
        request.axes_locked_out = True  # type: ignore[attr-defined]
        request.locked_until = until  # type: ignore[attr-defined]
