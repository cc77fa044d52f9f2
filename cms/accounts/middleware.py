"""What stands between a signed-in visitor and the pages: the second factor, and the page for who tried
too often."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject

from cms.accounts import second_factor
from cms.accounts.brute_force import locked_out_response
from cms.accounts.lockout import LockedOut

CMS_PREFIX = "/beheer/"
#: Nothing of anybody's: the script catalogue, the icons, and the way out.
CMS_OPEN = frozenset({"/beheer/jsi18n/", "/beheer/sprite/", "/beheer/logout/"})


class SecondFactorGate:
    """Half a sign-in is none. Who has a second factor and didn't pass it in this session is anonymous
    everywhere but on the page that asks for the code; and nobody sees a page of the CMS without one.

    The user is looked up only when a view asks for it, so that public pages stay free of the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, or the way to the step that is missing."""
        request.user = SimpleLazyObject(partial(_known, request, request.user))  # type: ignore[assignment]
        return self._refusal(request) or self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> None:
        """Who passed every step but has no business in the CMS is told so: its own answer would be the
        sign-in page, over and over."""
        if _in_cms(request) and request.user.is_authenticated and not second_factor.may_use_cms(request.user):
            raise PermissionDenied

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if not _in_cms(request) or second_factor.is_verified(request.user):
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        return HttpResponseRedirect(second_factor.missing_step(request))


def _in_cms(request: HttpRequest) -> bool:
    return request.path_info.startswith(CMS_PREFIX) and request.path_info not in CMS_OPEN


def _known(request: HttpRequest, user: object) -> object:
    """The user, or nobody while the code of their second factor is still to come."""
    if not user.is_authenticated or user.is_verified() or not request.session.get(second_factor.DUE):  # type: ignore[attr-defined]
        return user
    request.half_signed_in = user  # type: ignore[attr-defined]
    nobody = AnonymousUser()
    nobody.otp_device = None  # type: ignore[attr-defined]
    nobody.is_verified = lambda: False  # type: ignore[attr-defined]
    return nobody


class LockedOutPage:
    """Turns `LockedOut`, wherever it is raised, into the one page that says to wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page itself."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page `429` for `LockedOut`; anything else is not ours."""
        if not isinstance(exception, LockedOut):
            return None
        request.locked_until = exception.until  # type: ignore[attr-defined]
        return locked_out_response(request)
